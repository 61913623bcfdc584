/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Control requests. The argument is the user's: it is copied, checked, and
 * only then put in force. Requests that wait for the output come here twice.
 */
#include "drivers/tty/tty.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/signal.h>
#include <lacuna/asynsend.h>
#include <lacuna/ds.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/pm_srv.h>

#include "drivers/tty/jobs.h"

#define NO_GROUP 0x7fffffff /* what TIOCGPGRP gives without a group */

static int
fetch(const struct cdev_io *io, void *arg, size_t size)
{
	return sys_safecopyfrom(VFS_PROC_NR, io->gid, 0,
	    (vir_bytes)(uintptr_t)arg, size);
}

static int
store(const struct cdev_io *io, const void *arg, size_t size)
{
	return sys_safecopyto(VFS_PROC_NR, io->gid, 0,
	    (vir_bytes)(uintptr_t)arg, size);
}

void
tty_signal(const struct line *l, int sig)
{
	struct pm_kill_group_req req = { l->pgrp, sig };
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = PM_KILL_GROUP;
	memcpy(m.m_body, &req, sizeof req);
	(void)asynsend3(PM_PROC_NR, &m, 0); /* without PM nobody is there */
}

/* Where DS keeps the group of a terminal. */
static const char *
group_key(const struct tty *t)
{
	static const char *const keys[NR_TTYS] = { "tty.vga.group",
		"tty.serial.group", "tty.serial2.group" };

	return keys[t - ttys];
}

void
tty_set_group(struct tty *t, int32_t pgrp)
{
	t->line.pgrp = pgrp;
	/* Without DS a crash makes us forget it: not worse than no DS. */
	(void)ds_publish_u32(group_key(t), (uint32_t)pgrp, DSF_OVERWRITE);
}

void
tty_get_group(struct tty *t)
{
	uint32_t pgrp;

	if (ds_retrieve_u32(group_key(t), &pgrp) == OK)
		t->line.pgrp = (int32_t)pgrp;
}

/* 0 has a meaning: hang up; or, for input, the speed of the output. */
static bool
speed_ok(speed_t speed)
{
	return speed == B0 || (speed >= B50 && speed <= B115200);
}

static int
attributes_set(struct tty *t, const struct cdev_io *io)
{
	struct termios wanted;
	int r = fetch(io, &wanted, sizeof wanted);

	if (r != OK)
		return r;
	if (!speed_ok(wanted.c_ospeed) || !speed_ok(wanted.c_ispeed))
		return -EINVAL;
	if (io->request == TCSETSF)
		line_flush_input(&t->line);
	line_set(&t->line, &wanted);
	t->dev->configure(t);
	return OK;
}

int
termios_finish(struct tty *t, const struct cdev_io *io)
{
	return io->request == TCDRAIN ? OK : attributes_set(t, io);
}

static int
group_get(const struct tty *t, const struct cdev_io *io)
{
	int32_t pgrp = t->line.pgrp > 0 ? t->line.pgrp : NO_GROUP;

	return store(io, &pgrp, sizeof pgrp);
}

static int
group_set(struct tty *t, const struct cdev_io *io)
{
	int32_t pgrp;
	int r = fetch(io, &pgrp, sizeof pgrp);

	if (r != OK)
		return r;
	if (pgrp <= 0)
		return -EINVAL;
	r = tty_group_check(t, io, pgrp);
	if (r == OK)
		tty_set_group(t, pgrp);
	return r;
}

static int
size_set(struct tty *t, const struct cdev_io *io)
{
	struct winsize wanted;
	int r = fetch(io, &wanted, sizeof wanted);

	if (r != OK)
		return r;
	if (memcmp(&wanted, &t->line.winsize, sizeof wanted) == 0)
		return OK;
	t->line.winsize = wanted;
	if (t->line.pgrp > 0)
		tty_signal(&t->line, SIGWINCH);
	return OK;
}

static int
flow(struct tty *t, const struct cdev_io *io)
{
	int32_t action;
	int r = fetch(io, &action, sizeof action);

	if (r != OK)
		return r;
	switch (action) {
	case TCOOFF:
		t->line.stopped = true;
		return OK;
	case TCOON:
		t->line.stopped = false;
		return OK;
	case TCIOFF:
	case TCION:
		line_hold(&t->line, action == TCIOFF);
		return OK;
	default:
		return -EINVAL;
	}
}

static int
flush(struct tty *t, const struct cdev_io *io)
{
	int32_t queues;
	int r = fetch(io, &queues, sizeof queues);

	if (r != OK)
		return r;
	if (queues < TCIFLUSH || queues > TCIOFLUSH)
		return -EINVAL;
	if (queues != TCOFLUSH)
		line_flush_input(&t->line);
	if (queues != TCIFLUSH)
		line_flush_output(&t->line);
	return OK;
}

static int
input_count(const struct tty *t, const struct cdev_io *io)
{
	int32_t n = (int32_t)line_available(&t->line);

	return store(io, &n, sizeof n);
}

/* Is a request none for the background? */
static bool
is_change(uint32_t request)
{
	switch (request) {
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
	case TCDRAIN:
	case TCSBRK:
	case TCFLOW:
	case TCFLSH:
	case TIOCSPGRP:
		return true;
	default:
		return false;
	}
}

static int
serve(struct tty *t, const struct cdev_io *io)
{
	switch (io->request) {
	case TCGETS:
		return store(io, &t->line.termios, sizeof t->line.termios);
	case TCSETS:
		return attributes_set(t, io);
	case TCSETSW:
	case TCSETSF:
	case TCDRAIN:
	case TCSBRK:
		return tty_drain(t, io);
	case TCFLOW:
		return flow(t, io);
	case TCFLSH:
		return flush(t, io);
	case TIOCGPGRP:
		return group_get(t, io);
	case TIOCSPGRP:
		return group_set(t, io);
	case TIOCGWINSZ:
		return store(io, &t->line.winsize, sizeof t->line.winsize);
	case TIOCSWINSZ:
		return size_set(t, io);
	case FIONREAD:
		return input_count(t, io);
	default:
		return -ENOTTY;
	}
}

int
termios_ioctl(struct tty *t, const struct cdev_io *io)
{
	int r = OK;

	if (is_change(io->request))
		r = tty_access(t, io, SIGTTOU);
	return r == OK ? serve(t, io) : r;
}
