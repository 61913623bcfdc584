/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the way to the kernel log, and to the host. User programs,
 * too, link this file, for their reports.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

static int
diagctl(int code, endpoint_t ep, const char *text, size_t size)
{
	struct sys_diagctl_req req = { code, ep, vir_addr(text), size };

	return KCALL_REQ(SYS_DIAGCTL, &req);
}

int
sys_diagctl_print(const char *text, size_t size)
{
	return diagctl(DIAG_PRINT, SELF, text, size);
}

int
sys_diagctl_stacktrace(endpoint_t ep)
{
	return diagctl(DIAG_STACKTRACE, ep, NULL, 0);
}

int
sys_diagctl_report(const char *text, size_t size)
{
	return diagctl(DIAG_REPORT, SELF, text, size);
}
