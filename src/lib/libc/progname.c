/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The program's name, for messages.
 */
#include "lib/libc/port.h"

#include <err.h>
#include <string.h>

const char *__progname = "?";

const char *
getprogname(void)
{
	const char *slash = strrchr(__progname, '/');

	return slash != NULL ? slash + 1 : __progname;
}

void
setprogname(const char *name)
{
	__progname = name;
}
