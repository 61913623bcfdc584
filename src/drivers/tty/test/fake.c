/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See drivers/tty/test/fake.h. */
#include "drivers/tty/test/fake.h"

#include <abi/dev.h>
#include <lacuna/syslib.h>

struct tty ttys[NR_TTYS];
struct tty *const tty = &ttys[1];
struct line *const line = &ttys[1].line;
struct fake fake;

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid, (void)addr;
	assert_true(offset + bytes <= 20000);
	return fake.copy;
}

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid, (void)addr;
	assert_true(offset + bytes <= 20000);
	return fake.copy;
}

int
getticks(clock_ticks *ticks)
{
	*ticks = fake.now;
	return OK;
}

uint32_t
sys_hz(void)
{
	return HZ;
}

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	(void)left;
	fake.alarm = ticks;
	return OK;
}

void
chardriver_reply(int minor, uint32_t id, int status, uint32_t bytes)
{
	(void)minor;
	fake.replies++;
	fake.id = id;
	fake.status = status;
	fake.bytes = bytes;
}

void
chardriver_ready(int minor, uint32_t ops)
{
	(void)minor;
	fake.news |= ops;
}

int
termios_finish(struct tty *t, const struct cdev_io *io)
{
	(void)t;
	fake.finished = io->request;
	return OK;
}

static void
device_output(struct tty *t)
{
	uint32_t n;

	do {
		if (fake.endless)
			fake.count = 0;
		n = sizeof fake.sent - 1 - fake.count;
		n = line_output(&t->line, (uint8_t *)fake.sent + fake.count,
		    n < fake.room ? n : fake.room);
		fake.count += n;
		fake.total += n;
		fake.room -= n;
		fake.sent[fake.count] = '\0';
	} while (fake.endless && n > 0);
}

static bool
device_idle(struct tty *t)
{
	(void)t;
	return !fake.busy;
}

static bool
device_resume(struct tty *t)
{
	(void)t;
	return false;
}

static void
device_break(struct tty *t, bool on)
{
	(void)t;
	fake.breaking = on;
}

static const struct tty_device device = {
	.output = device_output,
	.idle = device_idle,
	.resume = device_resume,
	.set_break = device_break,
};

static void
signalled(const struct line *l, int sig)
{
	assert_ptr_equal(l, line);
	fake.sig = sig;
}

int
fake_setup(void **state)
{
	(void)state;
	memset(&fake, 0, sizeof fake);
	fake.room = 16000;
	memset(tty, 0, sizeof *tty);
	tty->dev = &device;
	tty->present = true;
	tty->minor = SERIAL_MINOR;
	line_init(line, signalled);
	line->pgrp = 7;
	return 0;
}

int
fake_teardown(void **state)
{
	(void)state;
	while (tty->readers != NULL)
		tty_cancel(tty, tty->readers->io.id);
	while (tty->writers != NULL)
		tty_cancel(tty, tty->writers->io.id);
	return 0;
}

void
type(const char *keys)
{
	for (; *keys != '\0'; keys++)
		line_receive(line, (uint8_t)*keys, LINE_BYTE);
	tty_run(tty);
}

void
assert_sent(const char *text)
{
	tty_run(tty);
	assert_string_equal(fake.sent, text);
	fake.room += fake.count;
	fake.count = 0;
	fake.sent[0] = '\0';
}

void
assert_reads(uint32_t size, const char *text)
{
	uint8_t buf[LINE_INPUT];
	uint32_t n, items;

	assert_true(line_readable(line, size));
	n = line_peek(line, buf, size, &items);
	assert_int_equal(n, strlen(text));
	assert_memory_equal(buf, text, n);
	line_consume(line, items);
}

void
set(tcflag_t on, tcflag_t off, int min, int time)
{
	struct termios t = line->termios;

	t.c_lflag = (t.c_lflag | on) & ~off;
	t.c_cc[VMIN] = (cc_t)min;
	t.c_cc[VTIME] = (cc_t)time;
	line_set(line, &t);
}
