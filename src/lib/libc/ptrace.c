/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ptrace: PM serves it. A word that was read may be -1, so errno tells an
 * error from it.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/ptrace.h>

#include <proto/pm.h>

_Static_assert(sizeof(struct ptrace_range) == sizeof(struct trace_range) &&
	offsetof(struct ptrace_range, pr_ptr) ==
	    offsetof(struct trace_range, ptr) &&
	offsetof(struct ptrace_range, pr_size) ==
	    offsetof(struct trace_range, size),
    "range");

long
ptrace(int request, pid_t pid, long addr, long data)
{
	struct pm_ptrace_req req = { .request = request,
		.pid = pid,
		.addr = (vir_bytes)addr,
		.data = (int32_t)data };
	struct pm_ptrace_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_PTRACE, &req, sizeof req, &rep, sizeof rep);
	if (r != OK)
		return errno_return(r);
	if (rep.data == -1)
		errno = 0;
	return rep.data;
}
