/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The line discipline: editing, echo, signals, flow control, hostile input.
 */
#include "drivers/tty/test/fake.h"

#include <abi/signal.h>

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
test_input_waits_for_its_echo(void **state)
{
	uint32_t n = 0;

	(void)state;
	fake.room = 0;
	for (; line_input_room(line) > 0; n++)
		line_receive(line, 'x', LINE_BYTE);
	assert_in_range(n, LINE_OUTPUT / 2, LINE_OUTPUT);
	line->stopped = true;
	assert_true(line_input_room(line) > 0);
	line->stopped = false;
	fake.room = LINE_OUTPUT;
	tty_run(tty);
	assert_true(line_input_room(line) > 0);
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
		TEST(test_input_waits_for_its_echo),
		TEST(test_noise_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
