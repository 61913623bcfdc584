/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A small driver to begin with, explained in service(7). What is
 * written to its device can be read once, with each letter moved by
 * thirteen places. A reader waits until there is something.
 */
#include <abi/errno.h>
#include <lacuna/chardriver.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

static char text[512];
static uint32_t length;        /* bytes of text to be read */
static struct cdev_io waiting; /* the read that waits ... */
static bool is_waiting;        /* ... if there is one */
static bool is_selected;       /* VFS wants to know of text */

static char
rotated(char c)
{
	char small = (char)(c | 0x20);

	if (small >= 'a' && small <= 'm')
		return (char)(c + 13);
	if (small >= 'n' && small <= 'z')
		return (char)(c - 13);
	return c;
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Give a reader what there is, or as much of it as it wants. */
static int
deliver(const struct cdev_io *io, uint32_t *moved)
{
	uint32_t n = smaller(io->bytes, length);
	int r = sys_safecopyto(VFS_PROC_NR, io->gid, 0,
	    (vir_bytes)(uintptr_t)text, n);

	if (r != OK)
		return r;
	length -= n;
	memmove(text, text + n, length);
	*moved = n;
	return OK;
}

static int
rot13_open(const struct cdev_io *io)
{
	return io->minor == 0 ? OK : -ENXIO;
}

static int
rot13_read(const struct cdev_io *io, uint32_t *moved)
{
	if (length != 0)
		return deliver(io, moved);
	if ((io->flags & CDEV_NONBLOCK) != 0)
		return -EAGAIN;
	if (is_waiting)
		return -EBUSY;
	waiting = *io;
	is_waiting = true;
	return SUSPEND; /* rot13_write() answers it */
}

/* There is text: tell those that wait for it. */
static void
announce(void)
{
	uint32_t moved = 0;
	int r;

	if (is_waiting) {
		is_waiting = false;
		r = deliver(&waiting, &moved);
		chardriver_reply(0, waiting.id, r, moved);
	}
	if (is_selected && length != 0) {
		is_selected = false;
		chardriver_ready(0, CDEV_OP_RD);
	}
}

static int
rot13_write(const struct cdev_io *io, uint32_t *moved)
{
	uint32_t i, n = smaller(io->bytes, sizeof text);
	int r = sys_safecopyfrom(VFS_PROC_NR, io->gid, 0,
	    (vir_bytes)(uintptr_t)text, n);

	if (r != OK)
		return r;
	for (i = 0; i < n; i++)
		text[i] = rotated(text[i]);
	length = n;
	*moved = n;
	if (n != 0)
		announce();
	return OK;
}

/* The reader has been interrupted. */
static void
rot13_cancel(int minor, uint32_t id)
{
	if (!is_waiting || waiting.id != id)
		return;
	is_waiting = false;
	chardriver_reply(minor, id, -EINTR, 0);
}

static void
rot13_select(int minor, uint32_t ops, uint32_t *ready)
{
	const uint32_t later = CDEV_OP_RD | CDEV_NOTIFY;

	(void)minor;
	*ready = ops & CDEV_OP_WR;
	if (length != 0)
		*ready |= ops & CDEV_OP_RD;
	else if ((ops & later) == later)
		is_selected = true;
}

int
main(void)
{
	static const struct chardriver rot13 = {
		.name = "rot13",
		/* What was not read is lost with the driver. */
		.init_restart = sef_cb_init_null,
		.open = rot13_open,
		.read = rot13_read,
		.write = rot13_write,
		.cancel = rot13_cancel,
		.select = rot13_select,
	};

	return chardriver_run(&rot13);
}
