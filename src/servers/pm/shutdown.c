/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's part of the way down. A request to end the machine only tells RS, by a
 * TERM signal; then RS has the users ended, first by TERM, and by KILL those
 * that are still there when RS has waited long enough. PM itself waits for
 * nobody: it looks at its table whenever a process is gone, and tells RS when
 * the last one is.
 */

#include "servers/pm/shutdown.h"

#include <abi/errno.h>
#include <abi/kcall.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <proto/sef.h>
#include <proto/shutdown.h>

#include "servers/pm/proc.h"
#include "servers/pm/sigcalls.h"
#include "servers/pm/signal.h"
#include "servers/pm/stop.h"
#include "servers/pm/table.h"

static bool begun; /* RS knows that the machine is to end */
static int how;    /* enum abort_how: and in which way */
static int sent;   /* the signal users were ended by last; 0: none yet */
static bool asked; /* RS waits for the last of them */

static void
tell_rs(int type, const void *payload, size_t size)
{
	struct message m;
	int r;

	memset(&m, 0, sizeof m);
	m.m_type = type;
	memcpy(m.m_body, payload, size);
	r = asynsend3(RS_PROC_NR, &m, AMF_NOREPLY);
	if (r != OK)
		panic("pm: cannot reach rs: %d", r);
}

int
do_pm_reboot(struct mproc *mp, const struct pm_reboot_req *req,
    struct pm_reboot_rep *rep)
{
	const struct sigs_signal_msg term = { .signo = SIGTERM };

	(void)rep;
	if (mp->euid != 0)
		return -EPERM;
	if (req->how < ABORT_HALT || req->how > ABORT_PANIC)
		return -EINVAL;
	if (begun)
		return -EBUSY; /* it is under way */
	begun = true;
	how = req->how;
	stop_hold(proc_by_ep(INIT_PROC_NR)); /* it would start new shells */
	tell_rs(SIGS_SIGNAL_RECEIVED, &term, sizeof term);
	return SUSPEND;
}

/* A process of a user, but for init, whose end the system would not survive;
 * it counts until VFS has closed its files. */
static bool
is_left(const struct mproc *mp)
{
	if (mp->flags & PRIV_PROC || mp->pid == INIT_PID)
		return false;
	return !(mp->flags & EXITING) || (mp->flags & VFS_CALL) != 0;
}

static uint32_t
users_left(void)
{
	const struct mproc *mp;
	uint32_t n = 0;

	FOR_EACH_PROC(mp)
	{
		n += is_left(mp);
	}
	return n;
}

/* Tell RS how many users there are; of the last one's end it wants to know. */
static void
users_tell(uint32_t left)
{
	const struct shutdown_users users = { sent, how, left };

	asked = left > 0;
	tell_rs(SHUTDOWN_USERS, &users, sizeof users);
}

void
shutdown_check(void)
{
	if (asked && users_left() == 0)
		users_tell(0);
}

bool
shutdown_allows_fork(void)
{
	return sent != SIGKILL;
}

/* Interactive shells do not mind TERM: for them, the line is cut. */
static void
hang_up_sessions(void)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->sid == mp->pid && mp->pid > INIT_PID &&
		    !(mp->flags & (PRIV_PROC | EXITING)))
			sig_raise(mp, SIGHUP, false);
	}
}

bool
shutdown_request(const struct message *m)
{
	struct shutdown_users users;

	if (m->m_source != RS_PROC_NR || m->m_type != SHUTDOWN_USERS)
		return false;
	memcpy(&users, m->m_body, sizeof users);
	sent = users.signo;
	(void)sig_kill(proc_by_ep(INIT_PROC_NR), -1,
	    sent); /* or none is left */
	if (sent == SIGTERM) {
		hang_up_sessions();
		(void)sig_kill(proc_by_ep(INIT_PROC_NR), -1, SIGCONT);
	}
	users_tell(users_left());
	return true;
}
