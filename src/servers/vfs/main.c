/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS, the file server's server: paths, descriptors, pipes, devices, mounts.
 * The main loop only sorts messages - answers of file servers and drivers,
 * requests of PM, requests of processes - and lets workers run; it waits for
 * nobody.
 */
#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/dump.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/services.h"
#include "servers/vfs/shutdown.h"
#include "servers/vfs/watch.h"
#include "servers/vfs/worker.h"

static void
message_in(const struct message *m, int status)
{
	struct fproc *fp;

	if (is_ipc_notify(status))
		return;
	/* Who waits for an answer does not give one. */
	if (IPC_STATUS_CALL(status) != SENDREC &&
	    (fs_answer(m) || dev_answer(m)))
		return;
	if (m->m_source == PM_PROC_NR) {
		pm_request(m);
		return;
	}
	if (m->m_source == RS_PROC_NR && shutdown_request(m))
		return;
	fp = fproc_get(m->m_source);
	if (fp == NULL && fproc_ended(m->m_source))
		return; /* it waits for nothing any more */
	if (fp == NULL)
		printf("vfs: message %#x from unknown %d\n", m->m_type,
		    m->m_source);
	else if (IPC_STATUS_CALL(status) == SENDREC ||
	    m->m_source == RS_PROC_NR)
		fproc_request(fp, m);
	/* Whoever does not wait for an answer has nothing to ask; but RS, which
	 * waits for nobody, asks one thing at a time. */
}

static void
after(void)
{
	worker_run_ready();
	fproc_next_any();
	worker_run_ready();
}

static void
alarm(clock_ticks now)
{
	watch_alarm(now);
	after(); /* what it woke does not wait for the next message */
}

static int
init_fresh(int type, const struct sef_init_info *info)
{
	int r;

	(void)type;
	worker_init();
	services_init(info->rproctab_gid);
	r = dmap_init();
	if (r == OK)
		r = fproc_init();
	if (r == OK)
		mount_root_start();
	return r;
}

int
main(void)
{
	static struct server vfs = {
		.name = "vfs",
		.init_fresh = init_fresh,
		.alarm = alarm,
		.notified = mount_news,
		.dump = vfs_dump,
		.after = after,
	};

	vfs.other = server_slowed(vfs.name, message_in);
	return server_run(&vfs);
}
