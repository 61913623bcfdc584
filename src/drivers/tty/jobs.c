/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Job control: who may use a terminal. The line knows the foreground group, VFS
 * says with each request which terminal controls its user, and PM knows the
 * rest. It is asked only where it matters: a reader has to type first, and a
 * writer is not held up unless the terminal has TOSTOP.
 */
#include "drivers/tty/jobs.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/pm_srv.h>

bool
tty_controls(const struct tty *t, const struct cdev_io *io)
{
	return io->tty != NO_TTY && tty_find(io->tty) == t;
}

int
tty_access(const struct tty *t, const struct cdev_io *io, int sig)
{
	const struct pm_tty_access_req req = { io->user, t->line.pgrp, sig };
	int r;

	if (t->line.pgrp <= 0 || !tty_controls(t, io))
		return OK;
	r = msg_call(PM_PROC_NR, PM_TTY_ACCESS, &req, sizeof req, NULL, 0);
	return r == -EIO ? CHARDRIVER_REFUSED : r;
}

int
tty_group_check(const struct tty *t, const struct cdev_io *io, int32_t pgrp)
{
	const struct pm_tty_group_req req = { io->user, pgrp };

	if (!tty_controls(t, io))
		return -ENOTTY;
	return msg_call(PM_PROC_NR, PM_TTY_GROUP, &req, sizeof req, NULL, 0);
}
