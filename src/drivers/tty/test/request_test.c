/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests that wait: for a line, for bytes and time, for room, for the end
 * of the output; and those that are cancelled.
 */
#include "drivers/tty/test/fake.h"

#include <abi/dev.h>

static struct cdev_io
request(uint32_t id, uint32_t bytes, uint32_t flags)
{
	return (struct cdev_io){ .id = id,
		.minor = SERIAL_MINOR,
		.bytes = bytes,
		.flags = flags };
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
	tty_alarm(false);
	assert_int_equal(fake.alarm, 0);
	type("a");
	tty_alarm(false);
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
	tty_alarm(false);
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
test_big_writer_lets_others_in(void **state)
{
	struct cdev_io io = request(1, 20000, 0);
	uint32_t moved = 0;

	(void)state;
	line->termios.c_oflag = 0;
	fake.room = 1000000;
	fake.endless = true;
	assert_int_equal(tty_write(tty, &io, &moved), SUSPEND);
	tty_run(tty);
	assert_in_range(fake.total, 8192, 12000);
	fake.now++;
	tty_run(tty);
	assert_in_range(fake.total, 16384, 19999);
	assert_int_equal(fake.replies, 0);
	fake.now++;
	tty_run(tty);
	assert_int_equal(fake.total, 20000);
	assert_int_equal(fake.replies, 1);
	assert_int_equal(fake.bytes, 20000);
	io.flags = CDEV_NONBLOCK;
	assert_int_equal(tty_write(tty, &io, &moved), OK);
	assert_in_range(moved, 8192, 12000);
	tty_run(tty);
	tty_alarm(false);
	assert_int_equal(fake.alarm, 0);
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
	tty_alarm(false);
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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
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
		TEST(test_big_writer_lets_others_in),
		TEST(test_writer_that_may_not_wait),
		TEST(test_cancelled_writer_tells_what_it_wrote),
		TEST(test_drain_waits_for_the_device),
		TEST(test_break_lasts_a_quarter_of_a_second),
		TEST(test_select_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
