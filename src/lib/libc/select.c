/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * select: the sets travel in the message itself, both ways. A process that is
 * stopped asks again when it goes on; its time has not stood still meanwhile.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>

#include <proto/pm.h>
#include <proto/vfs.h>

#define SECONDS_MAX 2147482 /* longer times do not fit in 31 bits of ms */

_Static_assert(sizeof(fd_set) == VFS_FD_WORDS * sizeof(uint32_t), "fd_set");

/* Milliseconds, rounded up; -1 for ever; -EINVAL. */
static int
timeout_ms(const struct timeval *tv)
{
	if (tv == NULL)
		return -1;
	if (tv->tv_sec < 0 || tv->tv_usec < 0 || tv->tv_usec >= 1000000)
		return -EINVAL;
	if (tv->tv_sec > SECONDS_MAX)
		return SECONDS_MAX * 1000;
	return (int)tv->tv_sec * 1000 + (int)((tv->tv_usec + 999) / 1000);
}

static void
set_copy(void *to, const void *from)
{
	if (to != NULL && from != NULL)
		memcpy(to, from, sizeof(fd_set));
}

/* What is left of the time when a select is made again. */
static int
left_ms(clock_ticks deadline)
{
	struct pm_times_rep t;
	int32_t left;

	if (msg_call(PM_PROC_NR, PM_TIMES, NULL, 0, &t, sizeof t) != OK)
		return 0;
	left = (int32_t)(deadline - t.uptime);
	return left > 0 ? (int)((int64_t)left * 1000 / t.hz) : 0;
}

/* Wait, and go on with that after a stop. */
static int
ask(struct vfs_select_req *req, struct vfs_select_rep *rep)
{
	int r;

	for (;;) {
		r = msg_call_once(VFS_PROC_NR, VFS_SELECT, req, sizeof *req,
		    rep, sizeof *rep);
		if (r != -ECALLAGAIN)
			return r;
		if (rep->deadline != 0)
			req->timeout_ms = left_ms(rep->deadline);
	}
}

int
select(int n, fd_set *rd, fd_set *wr, fd_set *ex, struct timeval *timeout)
{
	struct vfs_select_req req = {
		.nfds = n,
		.timeout_ms = timeout_ms(timeout),
	};
	struct vfs_select_rep rep;
	int r;

	if (req.timeout_ms == -EINVAL || n < 0 || n > FD_SETSIZE)
		return errno_return(-EINVAL);
	set_copy(req.rd, rd);
	set_copy(req.wr, wr);
	set_copy(req.ex, ex);
	r = ask(&req, &rep);
	if (r != OK)
		return errno_return(r);
	set_copy(rd, rep.rd);
	set_copy(wr, rep.wr);
	set_copy(ex, rep.ex);
	return rep.ready;
}
