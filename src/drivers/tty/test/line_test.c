/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The line discipline and the requests on it, with a device that is a string
 * and a VFS that is this program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/signal.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "drivers/tty/tty.h"

#define CTRL(c) ((char)((c)&0x1f))
#define HZ      100

struct tty ttys[NR_TTYS];
static struct tty *const tty = &ttys[1];
static struct line *const line = &ttys[1].line;

/* What the fake world has seen. */
static struct {
	char sent[20000]; /* by the device */
	uint32_t count;   /* bytes in it */
	uint32_t room;    /* bytes it still takes */
	bool busy;        /* the device has not sent all */
	bool breaking;
	int copy;            /* what copying gives */
	int sig;             /* last signal */
	int replies, status; /* of VFS: how many, the last one */
	uint32_t id, bytes;
	uint32_t news;
	clock_ticks now, alarm;
	uint32_t finished; /* request of termios_finish() */
} fake;

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid, (void)addr;
	assert_true(offset + bytes <= 8192);
	return fake.copy;
}

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid, (void)addr;
	assert_true(offset + bytes <= 8192);
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
	uint32_t n =
	    line_output(&t->line, (uint8_t *)fake.sent + fake.count, fake.room);

	fake.count += n;
	fake.room -= n;
	fake.sent[fake.count] = '\0';
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

static int
setup(void **state)
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

/* Cancel what a test has left waiting. */
static int
teardown(void **state)
{
	(void)state;
	while (tty->readers != NULL)
		tty_cancel(tty, tty->readers->io.id);
	while (tty->writers != NULL)
		tty_cancel(tty, tty->writers->io.id);
	return 0;
}

static void
type(const char *keys)
{
	for (; *keys != '\0'; keys++)
		line_receive(line, (uint8_t)*keys, LINE_BYTE);
	tty_run(tty);
}

/* What has been sent since the last time. */
static void
assert_sent(const char *text)
{
	tty_run(tty);
	assert_string_equal(fake.sent, text);
	fake.room += fake.count;
	fake.count = 0;
	fake.sent[0] = '\0';
}

/* Read at once, and expect this. */
static void
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

static struct cdev_io
request(uint32_t id, uint32_t bytes, uint32_t flags)
{
	return (struct cdev_io){ .id = id,
		.minor = SERIAL_MINOR,
		.bytes = bytes,
		.flags = flags };
}

static void
set(tcflag_t lflag, tcflag_t off, int min, int time)
{
	struct termios t = line->termios;

	t.c_lflag = (t.c_lflag | lflag) & ~off;
	t.c_cc[VMIN] = (cc_t)min;
	t.c_cc[VTIME] = (cc_t)time;
	line_set(line, &t);
}

static void
test_line_is_read_when_complete(void **state)
{
	(void)state;
	type("ab");
	assert_false(line_readable(line, 10));
	assert_int_equal(line_available(line), 0);
	type("c\rde");
	assert_int_equal(line_available(line), 4);
	assert_reads(10, "abc\n");
	assert_false(line_readable(line, 10));
	assert_sent("abc\r\nde");
}

static void
test_line_is_read_in_parts(void **state)
{
	(void)state;
	type("abcd\nef\n");
	assert_reads(3, "abc");
	assert_reads(3, "d\n");
	assert_reads(3, "ef\n");
	assert_int_equal(line_input_count(line), 0);
}

static void
test_erase_wipes_one_character(void **state)
{
	(void)state;
	type("\177ab\177c\n");
	assert_sent("ab\b \bc\r\n");
	assert_reads(10, "ac\n");
}

static void
test_erase_wipes_wide_echoes(void **state)
{
	(void)state;
	type("ab\t\001\177\177\177");
	assert_sent("ab\t^A\b \b\b \b"
		    "\b \b\b \b\b \b\b \b\b \b\b \b"
		    "\b \b");
	type("\n");
	assert_reads(10, "a\n");
}

static void
test_erase_stops_at_the_line_before(void **state)
{
	(void)state;
	type("a\nb\177\177\177c\n");
	assert_reads(10, "a\n");
	assert_reads(10, "c\n");
}

static void
test_kill_wipes_the_line(void **state)
{
	(void)state;
	type("a\nbcd\025e\n");
	assert_sent("a\r\nbcd\b \b\b \b\b \be\r\n");
	assert_reads(10, "a\n");
	assert_reads(10, "e\n");
	set(0, ECHOE, 1, 0);
	type("xy\025z\177\n");
	assert_sent("xy^U\r\nz^?\r\n");
	assert_reads(10, "\n");
}

static void
test_eof_ends_a_read(void **state)
{
	(void)state;
	type("\004");
	assert_reads(10, "");
	type("abc\004\004");
	assert_int_equal(line_available(line), 3);
	assert_reads(10, "abc");
	assert_reads(10, "");
	assert_false(line_readable(line, 10));
	assert_sent("abc");
}

static void
test_eof_behind_a_full_buffer_is_no_end_of_file(void **state)
{
	(void)state;
	type("abc\004d\n");
	assert_reads(3, "abc");
	assert_reads(3, "d\n");
}

static void
test_eol_ends_a_line(void **state)
{
	(void)state;
	line->termios.c_cc[VEOL] = ';';
	type("a;b;");
	assert_reads(10, "a;");
	assert_reads(10, "b;");
}

static void
test_special_characters_can_be_off(void **state)
{
	(void)state;
	memset(line->termios.c_cc, 0, sizeof line->termios.c_cc);
	line_receive(line, 0, LINE_BYTE);
	type("\177\003\004\025\021\023\n");
	assert_int_equal(fake.sig, 0);
	assert_int_equal(line_available(line), 8);
	assert_sent("^@^?^C^D^U^Q^S\r\n");
}

static void
test_echo_can_be_off(void **state)
{
	(void)state;
	set(0, ECHO, 1, 0);
	type("pass\177word\n");
	assert_sent("");
	assert_reads(20, "pasword\n");
	set(ECHONL, 0, 1, 0);
	type("a\n");
	assert_sent("\r\n");
}

static void
test_carriage_return_is_mapped(void **state)
{
	(void)state;
	set(0, ICANON | ECHO, 1, 0);
	line->termios.c_iflag = ICRNL;
	type("\r\n");
	line->termios.c_iflag = INLCR;
	type("\r\n");
	line->termios.c_iflag = IGNCR;
	type("\r\n");
	assert_reads(10, "\n\n\r\r\n");
}

static void
test_keys_send_signals(void **state)
{
	(void)state;
	type("abc\003");
	assert_int_equal(fake.sig, SIGINT);
	type("\034");
	assert_int_equal(fake.sig, SIGQUIT);
	type("\032");
	assert_int_equal(fake.sig, SIGTSTP);
	type("\n");
	assert_reads(10, "\n");
	set(0, ISIG, 1, 0);
	fake.sig = 0;
	type("\003\n");
	assert_int_equal(fake.sig, 0);
	assert_reads(10, "\003\n");
}

static void
test_signal_flushes_unless_told_not_to(void **state)
{
	(void)state;
	fake.room = 0;
	(void)line_write(line, (const uint8_t *)"output", 6);
	type("abc\ndef\003");
	assert_int_equal(line_available(line), 0);
	fake.room = 100;
	assert_sent("^C");
	set(NOFLSH, 0, 1, 0);
	type("abc\n\003");
	assert_sent("abc\r\n^C");
	assert_reads(10, "abc\n");
}

static void
test_no_group_no_signal(void **state)
{
	(void)state;
	line->pgrp = 0;
	type("\003");
	assert_int_equal(fake.sig, 0);
}

static void
test_stop_holds_output(void **state)
{
	(void)state;
	type("\023ab");
	(void)line_write(line, (const uint8_t *)"x", 1);
	assert_sent("");
	type("\021");
	assert_sent("abx");
	type("\023a\003");
	assert_false(line->stopped);
	assert_sent("^C");
	line->termios.c_iflag &= ~(tcflag_t)IXON;
	type("\023\n");
	assert_reads(10, "\023\n");
}

static void
test_other_side_is_held(void **state)
{
	uint32_t i;

	(void)state;
	set(0, ICANON | ECHO, 1, 0);
	line->termios.c_iflag |= IXOFF;
	for (i = 0; i < INPUT_HIGH; i++)
		line_receive(line, 'x', LINE_BYTE);
	assert_sent("\023");
	line_consume(line, INPUT_HIGH - INPUT_LOW - 1);
	assert_sent("");
	line_consume(line, 1);
	assert_sent("\021");
}

static void
test_output_is_processed(void **state)
{
	(void)state;
	(void)line_write(line, (const uint8_t *)"a\nb\r\n", 5);
	assert_sent("a\r\nb\r\r\n");
	line->termios.c_oflag = ONLCR;
	(void)line_write(line, (const uint8_t *)"a\n", 2);
	assert_sent("a\n");
}

static void
test_flood_of_input_loses_only_the_end(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < 3 * LINE_INPUT; i++) {
		assert_true(line_input_room(line) > 0);
		line_receive(line, 'x', LINE_BYTE);
		tty_run(tty);
	}
	type("\n");
	assert_int_equal(line_available(line), LINE_INPUT);
	assert_int_equal(line_input_room(line), 0);
	type("y\n");
	assert_int_equal(line_available(line), LINE_INPUT);
	line_flush_input(line);
	type("\001\177z\n");
	assert_reads(10, "z\n");
}

static void
test_flood_of_raw_input_is_refused(void **state)
{
	uint32_t n = 0;

	(void)state;
	set(0, ICANON, 1, 0);
	line->termios.c_iflag |= PARMRK | INPCK;
	fake.room = 0;
	for (; line_input_room(line) > 0; n++)
		line_receive(line, 0, LINE_BAD);
	assert_int_equal(line_input_count(line), 3 * n);
	for (n = 0; n < 10000; n++)
		line_receive(line, 0xff, LINE_BYTE);
	assert_true(line_input_count(line) <= LINE_INPUT);
	assert_true(line->out_tail - line->out_head <= LINE_OUTPUT);
}

static void
test_errors_are_marked(void **state)
{
	(void)state;
	set(0, ICANON | ECHO, 1, 0);
	line->termios.c_iflag = 0;
	line_receive(line, 'a', LINE_BAD);
	line->termios.c_iflag = INPCK | IGNPAR;
	line_receive(line, 'b', LINE_BAD);
	line->termios.c_iflag = INPCK | PARMRK;
	line_receive(line, 'c', LINE_BAD);
	line_receive(line, 0xff, LINE_BYTE);
	line_receive(line, 'd', LINE_BREAK);
	assert_int_equal(line_available(line), 1 + 3 + 2 + 3);
	line->termios.c_iflag = BRKINT;
	line_receive(line, 0, LINE_BREAK);
	assert_int_equal(fake.sig, SIGINT);
	assert_int_equal(line_available(line), 0);
	line->termios.c_iflag = IGNBRK;
	line_receive(line, 0, LINE_BREAK);
	line->termios.c_iflag = ISTRIP;
	type("\341");
	assert_reads(10, "a");
	line->termios.c_cflag &= ~(tcflag_t)CREAD;
	type("x");
	assert_int_equal(line_available(line), 0);
}

static void
test_typed_ahead_input_becomes_lines(void **state)
{
	(void)state;
	set(0, ICANON | ECHO, 1, 0);
	line->termios.c_iflag = 0;
	type("ab\rcd\004e");
	line->termios.c_iflag = ICRNL;
	set(ICANON, 0, 0, 0);
	assert_reads(10, "ab\n");
	assert_reads(10, "cd");
	assert_false(line_readable(line, 10));
	type("\177f\n");
	assert_reads(10, "f\n");
}

static void
test_reader_waits_for_its_line(void **state)
{
	struct cdev_io a = request(1, 100, 0), b = request(2, 100, 0);
	uint32_t moved = 0;

	(void)state;
	assert_int_equal(tty_read(tty, &a, &moved), SUSPEND);
	assert_int_equal(tty_read(tty, &b, &moved), SUSPEND);
	type("abc");
	assert_int_equal(fake.replies, 0);
	type("\nde\n");
	assert_int_equal(fake.replies, 2);
	assert_int_equal(fake.id, 2);
	assert_int_equal(fake.bytes, 3);
	type("f\n");
	assert_int_equal(tty_read(tty, &a, &moved), OK);
	assert_int_equal(moved, 2);
}

static void
test_reader_that_may_not_wait(void **state)
{
	struct cdev_io io = request(1, 100, CDEV_NONBLOCK);
	uint32_t moved = 0;

	(void)state;
	assert_int_equal(tty_read(tty, &io, &moved), -EAGAIN);
	set(0, ICANON, 5, 0);
	type("ab");
	assert_int_equal(tty_read(tty, &io, &moved), OK);
	assert_int_equal(moved, 2);
	io.bytes = 0;
	moved = 0;
	assert_int_equal(tty_read(tty, &io, &moved), OK);
	assert_int_equal(moved, 0);
}

static void
test_cancelled_reader_gets_eintr(void **state)
{
	struct cdev_io a = request(1, 100, 0), b = request(2, 100, 0);
	uint32_t moved = 0;

	(void)state;
	(void)tty_read(tty, &a, &moved);
	(void)tty_read(tty, &b, &moved);
	tty_cancel(tty, 99);
	assert_int_equal(fake.replies, 0);
	tty_cancel(tty, 1);
	assert_int_equal(fake.id, 1);
	assert_int_equal(fake.status, -EINTR);
	type("x\n");
	assert_int_equal(fake.id, 2);
	assert_int_equal(fake.status, OK);
}

static void
test_failed_copy_keeps_the_input(void **state)
{
	struct cdev_io io = request(1, 100, 0);
	uint32_t moved = 0;

	(void)state;
	type("abc\n");
	fake.copy = -EFAULT;
	assert_int_equal(tty_read(tty, &io, &moved), -EFAULT);
	assert_int_equal(moved, 0);
	assert_int_equal(tty_write(tty, &io, &moved), -EFAULT);
	assert_reads(10, "abc\n");
}

static void
test_too_many_readers_are_refused(void **state)
{
	uint32_t id = 0, moved = 0;
	struct cdev_io io = request(0, 100, 0);

	(void)state;
	while (tty_read(tty, &io, &moved) == SUSPEND && id < 1000)
		io.id = ++id;
	assert_true(id >= 32 && id < 1000);
}

static void
test_min_counts_bytes(void **state)
{
	struct cdev_io io = request(1, 100, 0);
	uint32_t moved = 0;

	(void)state;
	set(0, ICANON | ECHO, 3, 0);
	assert_int_equal(tty_read(tty, &io, &moved), SUSPEND);
	type("ab");
	assert_int_equal(fake.replies, 0);
	type("c");
	assert_int_equal(fake.bytes, 3);
	io.bytes = 2; /* never more than asked for */
	type("ab");
	assert_int_equal(tty_read(tty, &io, &moved), OK);
	set(0, 0, 0, 0);
	moved = 99;
	assert_int_equal(tty_read(tty, &io, &moved), OK);
	assert_int_equal(moved, 0);
}

static void
test_time_runs_between_bytes(void **state)
{
	struct cdev_io io = request(1, 100, 0);
	uint32_t moved = 0;

	(void)state;
	set(0, ICANON | ECHO, 3, 2);
	assert_int_equal(tty_read(tty, &io, &moved), SUSPEND);
	tty_run(tty);
	tty_alarm();
	assert_int_equal(fake.alarm, 0);
	type("a");
	tty_alarm();
	assert_in_range(fake.alarm, 20, 21);
	fake.now += 15;
	type("b");
	fake.now += 15;
	tty_run(tty);
	assert_int_equal(fake.replies, 0);
	fake.now += 10;
	tty_run(tty);
	assert_int_equal(fake.replies, 1);
	assert_int_equal(fake.bytes, 2);
	tty_alarm();
	assert_int_equal(fake.alarm, 0);
}

static void
test_time_without_min_limits_the_wait(void **state)
{
	struct cdev_io io = request(1, 100, 0);
	uint32_t moved = 0;

	(void)state;
	fake.now = UINT32_MAX - 5; /* the clock may overflow */
	set(0, ICANON | ECHO, 0, 1);
	assert_int_equal(tty_read(tty, &io, &moved), SUSPEND);
	tty_run(tty);
	fake.now += 20;
	tty_run(tty);
	assert_int_equal(fake.replies, 1);
	assert_int_equal(fake.status, OK);
	assert_int_equal(fake.bytes, 0);
	assert_int_equal(tty_read(tty, &io, &moved), SUSPEND);
	type("x");
	assert_int_equal(fake.bytes, 1);
}

static void
test_timed_reader_of_a_line_that_turns_canonical(void **state)
{
	struct cdev_io io = request(1, 100, 0);
	uint32_t moved = 0;

	(void)state;
	set(0, ICANON | ECHO, 0, 1);
	(void)tty_read(tty, &io, &moved);
	tty_run(tty);
	set(ICANON, 0, 0, 1);
	fake.now += 50;
	tty_run(tty);
	assert_int_equal(fake.replies, 0);
	type("a\n");
	assert_int_equal(fake.bytes, 2);
}

static void
test_writer_waits_for_room(void **state)
{
	struct cdev_io a = request(1, 6000, 0), b = request(2, 4, 0);
	uint32_t moved = 0;

	(void)state;
	line->termios.c_oflag = 0;
	fake.room = 0;
	assert_int_equal(tty_write(tty, &a, &moved), SUSPEND);
	assert_int_equal(tty_write(tty, &b, &moved), SUSPEND);
	b.flags = CDEV_NONBLOCK;
	assert_int_equal(tty_write(tty, &b, &moved), -EAGAIN);
	assert_int_equal(tty_ready(tty, CDEV_OP_WR), 0);
	fake.room = 3000;
	tty_run(tty);
	assert_int_equal(fake.replies, 2);
	assert_int_equal(fake.id, 2);
	fake.room = 10000;
	tty_run(tty);
	assert_int_equal(fake.count, 6004);
	assert_int_equal(tty_ready(tty, CDEV_OP_WR), CDEV_OP_WR);
}

static void
test_writer_that_may_not_wait(void **state)
{
	struct cdev_io io = request(1, 8000, CDEV_NONBLOCK);
	uint32_t moved = 0;

	(void)state;
	fake.room = 0;
	assert_int_equal(tty_write(tty, &io, &moved), OK);
	assert_in_range(moved, LINE_OUTPUT / 2, LINE_OUTPUT);
	assert_int_equal(tty_write(tty, &io, &moved), -EAGAIN);
	type("x"); /* there is still room for the echo */
	fake.room = 8000;
	tty_run(tty);
	assert_int_equal(fake.sent[fake.count - 1], 'x');
}

static void
test_cancelled_writer_tells_what_it_wrote(void **state)
{
	struct cdev_io a = request(1, 8000, 0), b = request(2, 8000, 0);
	uint32_t moved = 0;

	(void)state;
	fake.room = 0;
	(void)tty_write(tty, &a, &moved);
	(void)tty_write(tty, &b, &moved);
	tty_cancel(tty, 2);
	assert_int_equal(fake.status, -EINTR);
	tty_cancel(tty, 1);
	assert_int_equal(fake.status, OK);
	assert_in_range(fake.bytes, 1, LINE_OUTPUT);
}

static void
test_drain_waits_for_the_device(void **state)
{
	struct cdev_io io = request(1, 0, 0);

	(void)state;
	io.request = TCDRAIN;
	fake.room = 0;
	fake.busy = true;
	(void)line_write(line, (const uint8_t *)"abc", 3);
	assert_int_equal(tty_drain(tty, &io), SUSPEND);
	tty_run(tty);
	fake.room = 10;
	tty_run(tty);
	assert_int_equal(fake.replies, 0);
	tty_alarm();
	assert_int_equal(fake.alarm, 1);
	fake.now++;
	fake.busy = false;
	tty_run(tty);
	assert_int_equal(fake.replies, 1);
	assert_int_equal(fake.finished, TCDRAIN);
}

static void
test_break_lasts_a_quarter_of_a_second(void **state)
{
	struct cdev_io io = request(1, 4, 0);

	(void)state;
	io.request = TCSBRK;
	assert_int_equal(tty_drain(tty, &io), SUSPEND);
	tty_run(tty);
	assert_true(fake.breaking);
	fake.now += HZ / 8;
	tty_run(tty);
	assert_true(fake.breaking);
	fake.now += HZ / 8 + 2;
	tty_run(tty);
	assert_false(fake.breaking);
	assert_int_equal(fake.replies, 1);
	(void)tty_drain(tty, &io);
	tty_run(tty);
	tty_cancel(tty, 1);
	assert_false(fake.breaking);
	assert_int_equal(fake.status, -EINTR);
}

static void
test_select_is_told_once(void **state)
{
	(void)state;
	tty->news[0] = CDEV_OP_RD;
	type("a");
	assert_int_equal(fake.news, 0);
	type("\n");
	assert_int_equal(fake.news, CDEV_OP_RD);
	fake.news = 0;
	type("b\n");
	assert_int_equal(fake.news, 0);
	line_flush_input(line);
	type("\004");
	assert_int_equal(tty_ready(tty, CDEV_OP_RD), CDEV_OP_RD);
}

/* Any settings, any bytes: nothing overflows, nothing is owed. */
static void
test_noise_does_no_harm(void **state)
{
	uint32_t random = 1, i, n;
	uint8_t buf[64];

	(void)state;
	for (i = 0; i < 200000; i++) {
		random = random * 1664525 + 1013904223;
		if (i % 500 == 0) {
			struct termios t = { .c_iflag = random >> 7,
				.c_oflag = random >> 9,
				.c_cflag = random >> 3 | CREAD,
				.c_lflag = random >> 11 };

			memset(t.c_cc, (int)(random >> 24), 4);
			line_set(line, &t);
		}
		if (line_input_room(line) > 0)
			line_receive(line, (uint8_t)(random >> 24),
			    random >> 20 & 2 ? LINE_BAD : LINE_BYTE);
		if (random >> 16 & 1 && line_readable(line, 10)) {
			(void)line_peek(line, buf, random >> 26, &n);
			line_consume(line, n);
		}
		assert_true(line_input_count(line) <= LINE_INPUT);
		assert_true(line->ends <= line_input_count(line));
		assert_true(line_available(line) <= line_input_count(line));
		(void)line_write(line, buf, random >> 28);
		(void)line_output(line, buf, random >> 26);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_line_is_read_when_complete),
		TEST(test_line_is_read_in_parts),
		TEST(test_erase_wipes_one_character),
		TEST(test_erase_wipes_wide_echoes),
		TEST(test_erase_stops_at_the_line_before),
		TEST(test_kill_wipes_the_line),
		TEST(test_eof_ends_a_read),
		TEST(test_eof_behind_a_full_buffer_is_no_end_of_file),
		TEST(test_eol_ends_a_line),
		TEST(test_special_characters_can_be_off),
		TEST(test_echo_can_be_off),
		TEST(test_carriage_return_is_mapped),
		TEST(test_keys_send_signals),
		TEST(test_signal_flushes_unless_told_not_to),
		TEST(test_no_group_no_signal),
		TEST(test_stop_holds_output),
		TEST(test_other_side_is_held),
		TEST(test_output_is_processed),
		TEST(test_flood_of_input_loses_only_the_end),
		TEST(test_flood_of_raw_input_is_refused),
		TEST(test_errors_are_marked),
		TEST(test_typed_ahead_input_becomes_lines),
		TEST(test_reader_waits_for_its_line),
		TEST(test_reader_that_may_not_wait),
		TEST(test_cancelled_reader_gets_eintr),
		TEST(test_failed_copy_keeps_the_input),
		TEST(test_too_many_readers_are_refused),
		TEST(test_min_counts_bytes),
		TEST(test_time_runs_between_bytes),
		TEST(test_time_without_min_limits_the_wait),
		TEST(test_timed_reader_of_a_line_that_turns_canonical),
		TEST(test_writer_waits_for_room),
		TEST(test_writer_that_may_not_wait),
		TEST(test_cancelled_writer_tells_what_it_wrote),
		TEST(test_drain_waits_for_the_device),
		TEST(test_break_lasts_a_quarter_of_a_second),
		TEST(test_select_is_told_once),
		TEST(test_noise_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
