/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Packets of the remote protocol. Proves: F10 (gdb over a line). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/gdbstub/rsp.h"

#define MANY 200000 /* bytes of noise */

static struct rsp_in in;

/* Give bytes; returns what the last one has completed. All before it must
 * complete nothing. */
static enum rsp_event
give(const char *bytes, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		assert_int_equal(rsp_take(&in, (uint8_t)bytes[i]), RSP_NONE);
	return rsp_take(&in, (uint8_t)bytes[n - 1]);
}

static enum rsp_event
give_text(const char *text)
{
	return give(text, strlen(text));
}

static int
setup(void **state)
{
	(void)state;
	memset(&in, 0, sizeof in);
	return 0;
}

static void
test_packet_is_taken(void **state)
{
	(void)state;
	assert_int_equal(give_text("$m1000,4#8e"), RSP_PACKET);
	assert_string_equal(in.data, "m1000,4");
	assert_int_equal(in.n, 7);
	assert_int_equal(give_text("$#00"), RSP_PACKET);
	assert_int_equal(in.n, 0);
	assert_int_equal(give_text("$g#67"), RSP_PACKET);
	assert_int_equal(give_text("$O#4F"), RSP_PACKET);
}

static void
test_wrong_sum_is_bad(void **state)
{
	static const char *const wrong[] = { "$g#66", "$g#6g", "$g#g7", "$g##7",
		"$g#\x03\x03", "$#01", "$}#7d" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(give_text(wrong[i]), RSP_BAD);
		assert_int_equal(give_text("$g#67"), RSP_PACKET);
	}
}

static void
test_escape_restores_a_byte(void **state)
{
	(void)state;
	assert_int_equal(give_text("$}\x03}\x04}]}\x0a#5e"), RSP_BAD);
	assert_int_equal(give("$X}\x03}\x04}]}\x0a#ba", 13), RSP_PACKET);
	assert_int_equal(in.n, 5);
	assert_memory_equal(in.data, "X#$}*", 5);
}

static void
test_cut_packet_is_bad_and_the_next_is_taken(void **state)
{
	static const char *const cut[] = { "$", "$m10", "$m}", "$m#", "$m#6" };

	(void)state;
	for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
		assert_int_equal(give_text(cut[i]), RSP_NONE);
		assert_int_equal(rsp_take(&in, '$'), RSP_BAD);
		assert_int_equal(give_text("g#67"), RSP_PACKET);
		assert_string_equal(in.data, "g");
	}
}

static void
test_bytes_between_packets(void **state)
{
	(void)state;
	assert_int_equal(rsp_take(&in, '+'), RSP_ACK);
	assert_int_equal(rsp_take(&in, '-'), RSP_NAK);
	assert_int_equal(rsp_take(&in, 3), RSP_BREAK);
	assert_int_equal(give_text("noise#12\r\n"), RSP_NONE);
	assert_int_equal(give_text("$g#67"), RSP_PACKET);
}

/* The same bytes are data in a packet. */
static void
test_break_in_a_packet_is_data(void **state)
{
	(void)state;
	assert_int_equal(give("$\x03+-#5b", 7), RSP_PACKET);
	assert_int_equal(in.n, 3);
}

/* A packet of n times the byte a. */
static enum rsp_event
give_long(size_t n)
{
	char end[4];

	assert_int_equal(rsp_take(&in, '$'), RSP_NONE);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(rsp_take(&in, 'a'), RSP_NONE);
	snprintf(end, sizeof end, "#%02x", (unsigned int)(n * 'a' & 0xff));
	return give_text(end);
}

static void
test_length_has_a_limit(void **state)
{
	(void)state;
	assert_int_equal(give_long(RSP_MAX), RSP_PACKET);
	assert_int_equal(in.n, RSP_MAX);
	assert_int_equal(give_long(RSP_MAX + 1), RSP_LONG);
	assert_int_equal(give_long((size_t)10 * RSP_MAX), RSP_LONG);
	assert_int_equal(give_text("$g#67"), RSP_PACKET);
}

static void
test_noise_does_no_harm(void **state)
{
	unsigned int seed = 1;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		seed = seed * 1103515245u + 12345u;
		/* Mostly bytes that mean something. */
		(void)rsp_take(&in,
		    (seed >> 16 & 3) != 0
			? (uint8_t) "$#}+-09af\x03"[seed >> 24 & 7]
			: (uint8_t)(seed >> 24));
		assert_true(in.n <= RSP_MAX);
	}
	(void)rsp_take(&in, '$');
	assert_int_equal(give_text("g#67"), RSP_PACKET);
}

static void
test_frame_is_what_is_taken(void **state)
{
	static struct rsp_out out;
	static char frame[RSP_FRAME_MAX];
	size_t n;

	(void)state;
	for (size_t size = 0; size <= RSP_MAX; size += 256) {
		memset(&out, 0, sizeof out);
		for (size_t i = 0; i < size; i++) {
			char c = (char)i;

			rsp_bytes(&out, &c, 1);
		}
		n = rsp_frame(&out, frame);
		assert_true(n <= sizeof frame);
		assert_int_equal(give(frame, n), RSP_PACKET);
		assert_int_equal(in.n, size);
		assert_memory_equal(in.data, out.data, size);
	}
	/* All of it escaped: the longest there is. */
	memset(out.data, '}', sizeof out.data);
	n = rsp_frame(&out, frame);
	assert_int_equal(n, RSP_FRAME_MAX);
	assert_int_equal(give(frame, n), RSP_PACKET);
}

static void
test_answer_that_is_too_long_says_so(void **state)
{
	static struct rsp_out out;
	static char bytes[RSP_MAX];

	(void)state;
	rsp_bytes(&out, bytes, RSP_MAX);
	assert_false(out.is_full);
	rsp_text(&out, "");
	assert_false(out.is_full);
	rsp_hex(&out, bytes, 1);
	assert_true(out.is_full);
	assert_int_equal(out.n, RSP_MAX);
}

static void
test_numbers_are_written_and_read(void **state)
{
	static const uint32_t numbers[] = { 0, 1, 9, 10, 0xff, 0x100,
		0x7fffffff, 0x80000000, 0xffffffff };
	struct rsp_out out;
	const char *at;
	uint32_t value;

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		memset(&out, 0, sizeof out);
		rsp_number(&out, numbers[i]);
		at = out.data;
		assert_true(rsp_read_number(&at, &value));
		assert_int_equal(value, numbers[i]);
		assert_ptr_equal(at, out.data + out.n);
	}
}

static void
test_what_is_no_number(void **state)
{
	static const char *const wrong[] = { "", "x", "-1", ",1", "100000000",
		"0fffffffff" };
	uint32_t value = 77;
	const char *at;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		at = wrong[i];
		assert_false(rsp_read_number(&at, &value));
		assert_ptr_equal(at, wrong[i]);
		assert_int_equal(value, 77);
	}
}

static void
test_hex_is_read(void **state)
{
	const char *at = "00fF7a;";
	uint8_t bytes[3];
	size_t n;

	(void)state;
	assert_true(rsp_read_hex(&at, bytes, sizeof bytes, &n));
	assert_int_equal(n, 3);
	assert_memory_equal(bytes, "\x00\xff\x7a", 3);
	assert_int_equal(*at, ';');
	at = "00ff7a";
	assert_false(rsp_read_hex(&at, bytes, 2, &n)); /* no room */
	at = "00f";
	assert_false(rsp_read_hex(&at, bytes, sizeof bytes, &n));
	at = "";
	assert_true(rsp_read_hex(&at, bytes, sizeof bytes, &n));
	assert_int_equal(n, 0);
	assert_false(rsp_read_char(&at, ';'));
	assert_false(rsp_read_char(&at, '\0'));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_packet_is_taken, setup),
		cmocka_unit_test_setup(test_wrong_sum_is_bad, setup),
		cmocka_unit_test_setup(test_escape_restores_a_byte, setup),
		cmocka_unit_test_setup(
		    test_cut_packet_is_bad_and_the_next_is_taken, setup),
		cmocka_unit_test_setup(test_bytes_between_packets, setup),
		cmocka_unit_test_setup(test_break_in_a_packet_is_data, setup),
		cmocka_unit_test_setup(test_length_has_a_limit, setup),
		cmocka_unit_test_setup(test_noise_does_no_harm, setup),
		cmocka_unit_test_setup(test_frame_is_what_is_taken, setup),
		cmocka_unit_test_setup(test_answer_that_is_too_long_says_so,
		    setup),
		cmocka_unit_test_setup(test_numbers_are_written_and_read,
		    setup),
		cmocka_unit_test_setup(test_what_is_no_number, setup),
		cmocka_unit_test_setup(test_hex_is_read, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
