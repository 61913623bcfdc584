/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: text for the kernel log and stack traces, for services; and
 * reports, lines for the host alone, for everybody: so a test needs no
 * driver to say how it went.
 */
#include "kernel/call/call.h"

#include "kernel/klog.h"
#include "kernel/panic.h"

static int
write_text(struct proc *caller, const struct sys_diagctl_req *req)
{
	char text[DIAG_MAX];
	int r;

	if (req->size > sizeof text)
		return -EINVAL;
	r = copy_from_user(caller, place_in(caller, req->addr), text,
	    req->size);
	if (r == OK && req->code == DIAG_REPORT)
		klog_report(caller, text, req->size);
	else if (r == OK)
		klog_write(text, req->size);
	return r;
}

static int
stacktrace(struct proc *caller, endpoint_t ep)
{
	struct proc *p;
	int r;

	r = target_find(caller, ep, &p);
	if (r == OK)
		proc_stacktrace(p);
	return r;
}

int
do_sys_diagctl(struct proc *caller, const struct sys_diagctl_req *req,
    struct sys_diagctl_rep *rep)
{
	(void)rep;
	if (req->code == DIAG_REPORT)
		return write_text(caller, req);
	if (!priv_is_own(caller))
		return -EPERM;
	if (req->code == DIAG_PRINT)
		return write_text(caller, req);
	if (req->code == DIAG_STACKTRACE)
		return stacktrace(caller, req->ep);
	return -EINVAL;
}
