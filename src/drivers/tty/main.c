/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The terminal driver: the screen with the keyboard, and two serial lines.
 * The screen or the first line is the console, by the boot parameter console.
 *
 * After a crash the driver starts with fresh lines and hardware. Requests
 * that waited have failed in VFS; the foreground groups are found in DS, and
 * after an update settings and input, too.
 */
#include "drivers/tty/tty.h"

#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "drivers/tty/jobs.h"
#include "drivers/tty/update.h"

struct tty ttys[NR_TTYS];

struct tty *
tty_find(int minor)
{
	struct tty *t;

	for (t = ttys; t < ttys + NR_TTYS; t++)
		if (t->present &&
		    (minor == t->minor ||
			(minor == CONSOLE_MINOR && t->console)))
			return t;
	return NULL;
}

/* After each event: do what has become possible. */
static void
settle(bool rang)
{
	struct tty *t;

	for (t = ttys; t < ttys + NR_TTYS; t++)
		if (t->present)
			tty_run(t);
	tty_alarm(rang);
}

static int
tty_op_open(const struct cdev_io *io)
{
	struct tty *t = tty_find(io->minor);

	if (t == NULL)
		return -ENXIO;
	if ((io->flags & CDEV_NOCTTY) == 0 && io->pgrp > 0)
		tty_set_group(t, io->pgrp);
	return OK;
}

static int
tty_op_read(const struct cdev_io *io, uint32_t *moved)
{
	struct tty *t = tty_find(io->minor);
	int r = t != NULL ? tty_access(t, io, SIGTTIN) : -ENXIO;

	if (r == OK)
		r = tty_read(t, io, moved);
	settle(false);
	return r;
}

static int
tty_op_write(const struct cdev_io *io, uint32_t *moved)
{
	struct tty *t = tty_find(io->minor);
	int r = t != NULL ? OK : -ENXIO;

	if (r == OK && (t->line.termios.c_lflag & TOSTOP) != 0)
		r = tty_access(t, io, SIGTTOU);
	if (r == OK)
		r = tty_write(t, io, moved);
	settle(false);
	return r;
}

static int
tty_op_ioctl(const struct cdev_io *io)
{
	struct tty *t = tty_find(io->minor);
	int r = t != NULL ? termios_ioctl(t, io) : -ENXIO;

	settle(false);
	return r;
}

static void
tty_op_cancel(int minor, uint32_t id)
{
	struct tty *t = tty_find(minor);

	if (t != NULL)
		tty_cancel(t, id);
	settle(false); /* the next one in the queue may go on */
}

static void
tty_op_select(int minor, uint32_t ops, uint32_t *ready)
{
	struct tty *t = tty_find(minor);

	if (t == NULL)
		return;
	*ready = tty_ready(t, ops);
	if ((ops & CDEV_NOTIFY) != 0)
		t->news[minor != t->minor] |=
		    ops & ~*ready & (CDEV_OP_RD | CDEV_OP_WR);
}

static void
tty_op_irq(uint32_t lines)
{
	if ((lines & 1u << TTY_KEYBOARD) != 0)
		keyboard_irq();
	for (int i = 0; i < NR_SERIALS; i++)
		if ((lines & 1u << (TTY_SERIAL + i)) != 0)
			serial_irq(&ttys[1 + i]);
	settle(false);
}

static void
tty_op_alarm(clock_ticks when)
{
	(void)when;
	settle(true);
}

static void
tty_op_signal(int signo)
{
	if (signo != SIGTERM)
		return;
	for (int i = 0; i < NR_SERIALS; i++)
		if (ttys[1 + i].present)
			serial_finish(&ttys[1 + i]);
	sef_exit(OK);
}

static void
tty_op_dump(void)
{
	const struct tty *t;

	for (t = ttys; t < ttys + NR_TTYS; t++)
		printf("tty %d: %s%s, group %d, input %u (%u lines), output "
		       "%u%s, lflag %x, %s%s\n",
		    t->minor, t->present ? "present" : "absent",
		    t->console ? " (console)" : "", (int)t->line.pgrp,
		    (unsigned)line_input_count(&t->line),
		    (unsigned)t->line.ends,
		    (unsigned)(t->line.out_tail - t->line.out_head),
		    t->line.stopped ? " held" : "",
		    (unsigned)t->line.termios.c_lflag,
		    t->readers != NULL ? "a reader " : "",
		    t->writers != NULL ? "a writer" : "");
}

bool
tty_irq_open(int irq, enum tty_irq bit)
{
	int hook, r;

	r = sys_irqsetpolicy(irq, IRQ_REENABLE, (int)bit, &hook);
	if (r == OK)
		r = sys_irqenable(hook);
	if (r != OK)
		printf("tty: no interrupt line %d: %d\n", irq, r);
	return r == OK;
}

static int
tty_init(int type, const struct sef_init_info *info)
{
	char console[8] = "vga";
	bool serial;
	struct tty *t;

	(void)info;
	ttys[0].minor = VGA_MINOR;
	ttys[0].dev = &console_device;
	for (int i = 0; i < NR_SERIALS; i++) {
		ttys[1 + i].minor = SERIAL_MINOR + i;
		ttys[1 + i].dev = &serial_device;
	}
	for (t = ttys; t < ttys + NR_TTYS; t++) {
		line_init(&t->line, tty_signal);
		t->present = t->dev->init(t);
		if (t->present && type != SEF_INIT_FRESH)
			tty_get_group(t);
		if (t->present && type == SEF_INIT_LU)
			tty_update_restore(t);
	}
	(void)env_get_param("console", console, sizeof console); /* or VGA */
	serial = ttys[1].present && strcmp(console, "com1") == 0;
	ttys[0].console = !serial;
	ttys[1].console = serial;
	return OK;
}

int
main(void)
{
	static const struct chardriver tty = {
		.name = "tty",
		.init_fresh = tty_init,
		.init_restart = tty_init,
		.open = tty_op_open,
		.read = tty_op_read,
		.write = tty_op_write,
		.ioctl = tty_op_ioctl,
		.cancel = tty_op_cancel,
		.select = tty_op_select,
		.irq = tty_op_irq,
		.alarm = tty_op_alarm,
		.signal = tty_op_signal,
		.dump = tty_op_dump,
		.cannot_fail = true,
	};

	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	sef_setcb_lu_prepare(tty_update_prepare);
	sef_setcb_lu_state_save(tty_update_save);
	return chardriver_run(&tty);
}
