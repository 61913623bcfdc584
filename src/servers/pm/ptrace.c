/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The requests of tracers: who may trace whom, and what is checked in which
 * order. The request is known; there is such a process, which is traced by
 * the caller; it is stopped; the arguments make sense. Only then is anything
 * done.
 */
#include <abi/errno.h>
#include <abi/ptrace.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>

#include "servers/pm/table.h"
#include "servers/pm/trace.h"
#include "servers/pm/tracer.h"

/* The caller has its parent trace it. */
static int
trace_me(struct mproc *mp)
{
	if (mp->tracer != NO_TRACER)
		return -EBUSY;
	if ((mp->flags & PRIV_PROC) != 0 || mproc[mp->parent].pid <= INIT_PID)
		return -EPERM; /* RS and init would not know what to do */
	tracer_set(mp, &mproc[mp->parent], 0);
	return OK;
}

/* May nobody trace it? Without these a tracer could not go on, or nobody. */
static bool
is_exempt(const struct mproc *mp)
{
	return mp->ep == PM_PROC_NR || mp->ep == VM_PROC_NR ||
	    mp->ep == RS_PROC_NR || mp->pid == INIT_PID;
}

/* Is it one of the user's own, and has it never been another's? */
static bool
is_own(const struct mproc *mp, const struct mproc *target)
{
	return target->euid == mp->euid && target->egid == mp->egid &&
	    target->uid == target->euid && target->gid == target->egid;
}

/* May the caller trace the target? */
static bool
may_trace(const struct mproc *mp, const struct mproc *target)
{
	if (mp->euid != 0 &&
	    (!is_own(mp, target) || (target->flags & PRIV_PROC) != 0))
		return false;
	return (mp->flags & PRIV_PROC) == 0 && mp != target &&
	    !is_exempt(target);
}

/* Is it about to become another program, perhaps another user's? */
static bool
is_in_exec(const struct mproc *mp)
{
	return (mp->flags & VFS_CALL) != 0 && mp->request == VFS_PM_EXEC;
}

static int
attach(const struct mproc *mp, struct mproc *target)
{
	if (target == NULL || (target->flags & EXITING) != 0)
		return -ESRCH;
	if (!may_trace(mp, target))
		return -EPERM;
	if (target->tracer != NO_TRACER)
		return -EBUSY;
	if (is_in_exec(target))
		return -EBUSY;
	tracer_set(target, mp, TO_NOEXEC);
	tracer_event(target, SIGSTOP);
	return OK;
}

/* Copy a range between the memories of tracer and process. */
static int
range_copy(const struct mproc *mp, const struct mproc *child, int request,
    vir_bytes where)
{
	struct trace_range range;
	int r = sys_datacopy(mp->ep, where, SELF, (vir_bytes)(uintptr_t)&range,
	    sizeof range);

	if (r != OK)
		return r;
	if ((range.space != TS_INS && range.space != TS_DATA) ||
	    range.size == 0 || range.size > INT32_MAX)
		return -EINVAL;
	if (request == T_GETRANGE)
		return sys_datacopy(child->ep, range.addr, mp->ep, range.ptr,
		    range.size);
	return sys_vircopy(mp->ep, range.ptr, child->ep, range.addr, range.size,
	    VIRCOPY_FORCE);
}

/* The process exits, now or when VFS has answered what it has of it. */
static int
exit_request(struct mproc *child, int status)
{
	if ((child->flags & PRIV_PROC) != 0)
		return -EPERM; /* RS would not know */
	child->flags |= TRACE_EXIT;
	child->exit_status = status;
	if ((child->flags & VFS_CALL) == 0)
		(void)trace_exit_due(child);
	return SUSPEND; /* trace_exit_done() answers */
}

static int
set_options(struct mproc *child, int32_t data)
{
	uint32_t options = (uint32_t)data;

	if ((options & ~TO_ALL) != 0)
		return -EINVAL;
	child->trace_options = options;
	return OK;
}

/* Let the process go on, with a signal or without. */
static int
go_on_request(struct mproc *child, int request, int sig)
{
	if (sig < 0 || sig >= _NSIG)
		return -EINVAL;
	if (request == T_DETACH)
		tracer_detach(child, sig);
	else
		tracer_resume(child, request, sig);
	return OK;
}

/* A word of memory or of the tables. */
static int
word(const struct mproc *child, const struct pm_ptrace_req *req,
    struct pm_ptrace_rep *rep)
{
	uint32_t data = (uint32_t)req->data;
	int r = sys_trace(child->ep, req->request, req->addr, &data);
	bool get = req->request == T_GETINS || req->request == T_GETDATA ||
	    req->request == T_GETUSER;

	if (r == OK)
		rep->data = get ? (int32_t)data : 0;
	return r;
}

/* A request about a process that is stopped for the caller. */
static int
control(const struct mproc *mp, struct mproc *child,
    const struct pm_ptrace_req *req, struct pm_ptrace_rep *rep)
{
	switch (req->request) {
	case T_EXIT:
		return exit_request(child, req->data);
	case T_SETOPT:
		return set_options(child, req->data);
	case T_GETRANGE:
	case T_SETRANGE:
		return range_copy(mp, child, req->request, req->addr);
	case T_RESUME:
	case T_STEP:
	case T_SYSCALL:
	case T_DETACH:
		return go_on_request(child, req->request, req->data);
	default:
		return word(child, req, rep);
	}
}

int
do_pm_ptrace(struct mproc *mp, const struct pm_ptrace_req *req,
    struct pm_ptrace_rep *rep)
{
	struct mproc *child;

	if (req->request < T_OK || req->request > T_SETRANGE)
		return -EINVAL;
	if (req->request == T_OK)
		return trace_me(mp);
	child = proc_by_pid(req->pid);
	if (req->request == T_ATTACH)
		return attach(mp, child);
	if (child == NULL || (child->flags & EXITING) != 0 ||
	    !tracer_is(mp, child))
		return -ESRCH;
	if (!trace_is_stopped(child) || (child->flags & TRACE_EXIT) != 0)
		return -EBUSY;
	return control(mp, child, req, rep);
}
