/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * wait4: the general form of waitpid. PM replies when a child has something
 * to report, and says what the child and its children have used.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm.h>

_Static_assert(WNOHANG == PM_WNOHANG, "WNOHANG");
_Static_assert(WUNTRACED == PM_WUNTRACED, "WUNTRACED");
_Static_assert(WCONTINUED == PM_WCONTINUED, "WCONTINUED");

#define OPTIONS (WNOHANG | WUNTRACED | WCONTINUED)

static void
ticks_to_timeval(clock_ticks ticks, struct timeval *tv)
{
	const uint32_t hz = (uint32_t)sysconf(_SC_CLK_TCK);

	tv->tv_sec = ticks / hz;
	tv->tv_usec = (suseconds_t)((uint64_t)(ticks % hz) * 1000000 / hz);
}

pid_t
wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	struct pm_wait_req req = { .pid = pid, .options = options };
	struct pm_wait_rep rep;
	int r = -EINVAL;

	if ((options & ~OPTIONS) == 0)
		r = msg_call(PM_PROC_NR, PM_WAIT, &req, sizeof req, &rep,
		    sizeof rep);
	if (r != OK)
		return errno_return(r);
	if (status != NULL && rep.pid != 0)
		*status = rep.status;
	if (usage != NULL && rep.pid != 0) {
		memset(usage, 0, sizeof *usage);
		ticks_to_timeval(rep.user, &usage->ru_utime);
		ticks_to_timeval(rep.system, &usage->ru_stime);
	}
	return rep.pid;
}
