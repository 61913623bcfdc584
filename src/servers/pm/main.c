/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM, the process manager: life, death, identity, signals and time of
 * processes. It blocks on VM and the kernel only; to VFS it speaks
 * asynchronously, so that no slow device can hold up a fork or a kill, and so
 * does RS to it.
 */
#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/string.h>

#include "servers/pm/boot.h"
#include "servers/pm/dump.h"
#include "servers/pm/proc.h"
#include "servers/pm/rs.h"
#include "servers/pm/shutdown.h"
#include "servers/pm/signal.h"
#include "servers/pm/table.h"
#include "servers/pm/timer.h"
#include "servers/pm/vfs.h"

/* No process has these while PM executes a request of it. */
#define NOT_EXECUTING (PROC_STOPPED | VFS_CALL | UNPAUSED)

/* A process has sent a request before it had the answer to its last one. It
 * must be a service; or it was killed meanwhile, and needs no answer. */
static void
too_many(struct mproc *mp)
{
	if (!(mp->flags & EXITING))
		proc_reply(mp, -EBUSY, NULL, 0);
}

/* A request of a process. */
static void
request(struct mproc *mp, const struct message *in)
{
	struct message out;
	int r;

	if (mp->flags & (EXITING | NOT_EXECUTING)) {
		too_many(mp);
		return;
	}
	memset(&out, 0, sizeof out);
	r = call_dispatch(mp, in, &out);
	if (r != SUSPEND)
		proc_reply(mp, r, out.m_body, sizeof out.m_body);
}

static void
message_in(const struct message *m, int status)
{
	struct mproc *mp = proc_by_ep(m->m_source);

	if (is_ipc_notify(status))
		return; /* of no meaning here, and never answered */
	if (m->m_source == RS_PROC_NR && m->m_type >= PM_RS_BASE &&
	    m->m_type < PM_RS_END) {
		rs_request(m);
		return;
	}
	if (mp == NULL) {
		printf("pm: message %d from unknown %d\n", m->m_type,
		    m->m_source);
		return;
	}
	if (m->m_source == VFS_PROC_NR && m->m_type >= VFS_PM_REPLY_BASE &&
	    m->m_type < VFS_PM_REPLY(VFS_PM_END))
		vfs_answer(m);
	else if (m->m_source != RS_PROC_NR || !shutdown_request(m))
		request(mp, m);
}

static int
init_fresh(int type, const struct sef_init_info *info)
{
	int r = boot_procs();

	(void)type, (void)info;
	return r != OK ? r : vfs_announce();
}

static void
alarm(clock_ticks now)
{
	(void)now;
	timers_expire();
}

int
main(void)
{
	static struct server pm = {
		.name = "pm",
		.init_fresh = init_fresh,
		.signal_manager = sig_from_kernel,
		.alarm = alarm,
		.dump = pm_dump,
	};

	pm.other = server_slowed(pm.name, message_in);
	return server_run(&pm);
}
