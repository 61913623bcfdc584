/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way to the kernel: a diagnostic call, which any process may make. The
 * trap is written out, because programs and services have different
 * libraries and this file must work in both.
 */
#include "test/report/report.h"

#include <abi/ipc.h>
#include <abi/kcall.h>

int
report_line(const char *line, size_t len)
{
	struct message m = { .m_type = SYS_DIAGCTL };
	struct sys_diagctl_req *req = (void *)m.m_body;
	int status;

	req->code = DIAG_REPORT;
	req->addr = (vir_bytes)(uintptr_t)line;
	req->size = (uint32_t)len;
	__asm__ volatile("int %1"
			 : "=a"(status)
			 : "i"(KCALL_VECTOR), "b"(&m)
			 : "ecx", "edx", "memory", "cc");
	return status;
}
