/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigaction: besides the handler PM is told where handlers return to, which is
 * __sigtramp. All are called with three arguments; SA_SIGINFO says only which
 * type the program has for its own.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>

#include <proto/pm.h>

/* PM knows these. */
#define FLAGS                                                                  \
	(SA_NOCLDSTOP | SA_RESETHAND | SA_NODEFER | SA_RESTART | SA_SIGINFO |  \
	    SA_NOCLDWAIT | SA_ONSTACK)

_Static_assert(SA_NOCLDSTOP == PM_SA_NOCLDSTOP, "SA_NOCLDSTOP");
_Static_assert(SA_RESETHAND == PM_SA_RESETHAND, "SA_RESETHAND");
_Static_assert(SA_NODEFER == PM_SA_NODEFER, "SA_NODEFER");
_Static_assert(SA_RESTART == PM_SA_RESTART, "SA_RESTART");
_Static_assert(SA_SIGINFO == PM_SA_SIGINFO, "SA_SIGINFO");
_Static_assert(SA_NOCLDWAIT == PM_SA_NOCLDWAIT, "SA_NOCLDWAIT");
_Static_assert(SA_ONSTACK == PM_SA_ONSTACK, "SA_ONSTACK");

/* The kernel lays a struct sig_info out for the handler. */
#define SAME(mine, its)                                                        \
	_Static_assert(                                                        \
	    offsetof(siginfo_t, mine) == offsetof(struct sig_info, its), #its)

SAME(si_signo, signo);
SAME(si_code, code);
SAME(si_pid, pid);
SAME(si_uid, uid);
SAME(si_addr, addr);
SAME(si_status, status);
SAME(si_value, value);
_Static_assert(sizeof(siginfo_t) <= sizeof(struct sig_info), "siginfo_t");

int
sigaction(int sig, const struct sigaction *act, struct sigaction *old)
{
	struct pm_sigaction_req req = { .sig = sig };
	struct pm_sigaction_rep rep;
	int r;

	if (act != NULL) {
		req.set = 1;
		req.handler = (vir_bytes)act->sa_handler;
		req.mask = act->sa_mask;
		req.flags = (uint32_t)act->sa_flags & FLAGS;
		req.trampoline = (vir_bytes)__sigtramp;
	}
	r = msg_call(PM_PROC_NR, PM_SIGACTION, &req, sizeof req, &rep,
	    sizeof rep);
	if (r == OK && old != NULL) {
		old->sa_handler = (_sig_func_ptr)rep.handler;
		old->sa_mask = rep.mask;
		old->sa_flags = (int)rep.flags;
	}
	return errno_return(r);
}
