/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * waitid: wait for news of the kinds asked for, and take them or leave them.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <proto/pm.h>

#define EVENTS (WEXITED | WSTOPPED | WCONTINUED)

_Static_assert(WNOWAIT == PM_WNOWAIT, "WNOWAIT");
_Static_assert(WEXITED == PM_WNOEXIT, "WEXITED");

/* The child as PM wants it; PM has no group 1 whose members could wait. */
static int
target(idtype_t type, id_t id, int32_t *pid)
{
	if (type == P_ALL)
		*pid = -1;
	else if (type == P_PID && id > 0)
		*pid = (int32_t)id;
	else if (type == P_PGID && id != 1)
		*pid = -(int32_t)id;
	else
		return -EINVAL;
	return OK;
}

static void
describe(const struct pm_wait_rep *rep, siginfo_t *info)
{
	const int w = rep->status;

	info->si_signo = SIGCHLD;
	info->si_pid = rep->pid;
	info->si_uid = (uid_t)rep->uid;
	if (WIFEXITED(w)) {
		info->si_code = CLD_EXITED;
		info->si_status = WEXITSTATUS(w);
	} else if (WIFCONTINUED(w)) {
		info->si_code = CLD_CONTINUED;
		info->si_status = SIGCONT;
	} else if (WIFSTOPPED(w)) {
		info->si_code = CLD_STOPPED;
		info->si_status = WSTOPSIG(w);
	} else {
		info->si_code = WCOREDUMP(w) ? CLD_DUMPED : CLD_KILLED;
		info->si_status = WTERMSIG(w);
	}
}

int
waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	/* PM tells of ends unless it is asked not to. */
	struct pm_wait_req req = { .options = options ^ WEXITED };
	struct pm_wait_rep rep;
	int r = target(type, id, &req.pid);

	if (r == OK &&
	    ((options & EVENTS) == 0 ||
		(options & ~(EVENTS | WNOHANG | WNOWAIT)) != 0))
		r = -EINVAL;
	if (r == OK)
		r = msg_call(PM_PROC_NR, PM_WAIT, &req, sizeof req, &rep,
		    sizeof rep);
	if (r != OK)
		return errno_return(r);
	if (info == NULL)
		return 0;
	memset(info, 0, sizeof *info);
	if (rep.pid != 0)
		describe(&rep, info);
	return 0;
}
