/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end of a service that cannot go on.
 */
#include <lacuna/printf.h>

#include <abi/endpoint.h>
#include <lacuna/syslib.h>

_Noreturn void
panic(const char *fmt, ...)
{
	static bool panicking;
	char name[PROC_NAME_MAX] = "?";
	va_list ap;

	if (panicking)
		sys_exit(); /* printing is what has failed */
	panicking = true;
	(void)sys_whoami(NULL, name, NULL); /* else the name stays unknown */
	printf("\n%s: panic: ", name);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	(void)sys_diagctl_stacktrace(SELF);
	sys_exit();
}
