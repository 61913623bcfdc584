/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The calls with which a process says what it wants of its signals, and
 * kill, with which it sends them.
 */
#include "servers/pm/sigcalls.h"

#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/pm/proc.h"
#include "servers/pm/signal.h"
#include "servers/pm/signote.h"
#include "servers/pm/table.h"

/* Room for a frame and a small handler: MINSIGSTKSZ of programs. */
#define ALT_STACK_MIN 2048

#define UNBLOCKABLE (KSIG_BIT(SIGKILL) | KSIG_BIT(SIGSTOP))

static bool
sig_valid(int sig)
{
	return sig > 0 && sig < _NSIG;
}

/* Make a checked action the one in force. */
static void
action_set(struct mproc *mp, const struct pm_sigaction_req *req)
{
	ksigset_t bit = KSIG_BIT(req->sig);

	mp->action[req->sig] = (struct sig_action){
		.handler = req->handler,
		.mask = req->mask & ~UNBLOCKABLE,
		.flags = req->flags,
	};
	mp->ignored &= ~bit;
	mp->caught &= ~bit;
	if (req->handler == PM_SIG_IGN) {
		mp->ignored |= bit;
		mp->pending &= ~bit;
		mp->kernel_pending &= ~bit;
	} else if (req->handler != PM_SIG_DFL) {
		mp->caught |= bit;
	}
	mp->trampoline = req->trampoline;
}

int
do_pm_sigaction(struct mproc *mp, const struct pm_sigaction_req *req,
    struct pm_sigaction_rep *rep)
{
	if (!sig_valid(req->sig))
		return -EINVAL;
	if (req->set && UNBLOCKABLE & KSIG_BIT(req->sig))
		return -EINVAL;
	rep->handler = mp->action[req->sig].handler;
	rep->mask = mp->action[req->sig].mask;
	rep->flags = mp->action[req->sig].flags;
	if (req->set)
		action_set(mp, req);
	return OK;
}

int
do_pm_sigprocmask(struct mproc *mp, const struct pm_sigprocmask_req *req,
    struct pm_sigprocmask_rep *rep)
{
	ksigset_t new = mp->mask;

	switch (req->how) {
	case PM_SIG_BLOCK:
		new |= req->set;
		break;
	case PM_SIG_UNBLOCK:
		new &= ~req->set;
		break;
	case PM_SIG_SETMASK:
		new = req->set;
		break;
	case PM_SIG_INQUIRE:
		break;
	default:
		return -EINVAL;
	}
	rep->old = mp->mask;
	mp->mask = new & ~UNBLOCKABLE;
	check_pending(mp);
	return mp->flags & EXITING ? SUSPEND : OK;
}

int
do_pm_sigpending(struct mproc *mp, const struct pm_sigpending_req *req,
    struct pm_sigpending_rep *rep)
{
	(void)req;
	rep->set = mp->pending;
	return OK;
}

int
do_pm_sigsuspend(struct mproc *mp, const struct pm_sigsuspend_req *req,
    struct pm_sigsuspend_rep *rep)
{
	(void)rep;
	mp->saved_mask = mp->mask;
	mp->mask = req->mask & ~UNBLOCKABLE;
	mp->flags |= SIGSUSPENDED;
	check_pending(mp);
	return SUSPEND;
}

int
do_pm_sigreturn(struct mproc *mp, const struct pm_sigreturn_req *req,
    struct pm_sigreturn_rep *rep)
{
	ksigset_t mask;
	int r;

	(void)rep;
	if (mp->pending != 0)
		proc_stop(mp); /* what it unblocks comes first */
	r = sys_sigreturn(mp->ep, req->context, &mask);
	if (r == OK)
		mp->mask = mask & ~UNBLOCKABLE;
	restart_sigs(mp);
	return r != OK && !(mp->flags & EXITING) ? r : SUSPEND;
}

static bool
is_on_alt(const struct mproc *mp, vir_bytes sp)
{
	return sp - mp->alt_stack - 1 < mp->alt_size;
}

int
do_pm_sigaltstack(struct mproc *mp, const struct pm_sigaltstack_req *req,
    struct pm_sigaltstack_rep *rep)
{
	rep->stack = mp->alt_stack;
	rep->size = mp->alt_size;
	rep->active = is_on_alt(mp, req->sp);
	if (!req->set)
		return OK;
	if (rep->active)
		return -EPERM;
	if (req->size != 0 && req->size < ALT_STACK_MIN)
		return -ENOMEM;
	mp->alt_stack = req->stack;
	mp->alt_size = req->size;
	return OK;
}

/* May one process signal another? */
static bool
may_signal(const struct mproc *who, const struct mproc *mp, int sig)
{
	if (who->euid == 0)
		return true;
	if (mp->flags & PRIV_PROC)
		return false;
	if (sig == SIGCONT && who->sid == mp->sid)
		return true; /* for a shell, whatever its jobs have become */
	return who->uid == mp->uid || who->euid == mp->uid ||
	    who->uid == mp->euid || who->euid == mp->euid;
}

/* Does the whole system end with a process? */
static bool
is_core(const struct mproc *mp)
{
	return mp->ep == PM_PROC_NR || mp->ep == VFS_PROC_NR ||
	    mp->ep == RS_PROC_NR || mp->ep == VM_PROC_NR;
}

/* Is a process one of those that pid means? */
static bool
is_target(const struct mproc *who, const struct mproc *mp, int32_t pid)
{
	if (pid > 0)
		return mp->pid == pid;
	if (pid == 0)
		return mp->pgrp == who->pgrp;
	if (pid == -1)
		return mp->pid > INIT_PID && !(mp->flags & PRIV_PROC);
	return mp->pgrp == -pid;
}

/* What a signal says of its sender; a service speaks for the system. */
static struct sig_note
note_of(const struct mproc *who)
{
	if (who->flags & PRIV_PROC)
		return sig_note_system;
	return (struct sig_note){ SI_USER, 0, (int16_t)who->pid, who->uid };
}

int
sig_kill(struct mproc *who, int32_t pid, int sig)
{
	struct mproc *mp;
	const struct sig_note note = note_of(who);
	bool found = false, permitted = false;

	if (sig < 0 || sig >= _NSIG || (pid == INIT_PID && sig == SIGKILL))
		return -EINVAL;

	FOR_EACH_PROC(mp)
	{
		/* Whoever has been waited for is no more. */
		if (!is_target(who, mp, pid) || mp->flags & TOLD_PARENT)
			continue;
		found = true;
		if (!may_signal(who, mp, sig) || (sig != 0 && is_core(mp)))
			continue;
		permitted = true;
		if (sig != 0 && !(mp->flags & EXITING))
			sig_raise_noted(mp, sig, note);
	}
	if (!found)
		return -ESRCH;
	return permitted ? OK : -EPERM;
}

int
do_pm_kill(struct mproc *mp, const struct pm_kill_req *req,
    struct pm_kill_rep *rep)
{
	int r = sig_kill(mp, req->pid, req->sig);

	(void)rep;
	return mp->flags & EXITING ? SUSPEND
				   : r; /* it may have killed itself */
}

int
do_pm_kill_group(struct mproc *mp, const struct pm_kill_group_req *req,
    struct pm_kill_group_rep *rep)
{
	(void)rep;
	/* The terminal does not wait for an answer. */
	if (req->pgrp > 1 && sig_valid(req->sig))
		(void)sig_kill(mp, -req->pgrp, req->sig);
	return SUSPEND;
}
