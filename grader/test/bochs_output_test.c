/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The reader of Bochs' output keeps guest and debugger apart.
 */
#include "grader/emulator/bochs_output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START "0x11111111 286331153\n"
#define STOP  "0x12222222 304226850\n"
#define DUMP  "0x13333333 322122547\n"
#define END   "0x14444444 340018244\n"

/* A reader, and the guest's lines it delivered, joined by '|'. */
struct fixture {
	struct bochs_config config;
	struct bochs_stdout s;
	char lines[512];
};

static int
on_line(void *ctx, const char *line)
{
	struct fixture *f = ctx;

	strncat(f->lines, line, sizeof f->lines - strlen(f->lines) - 2);
	strcat(f->lines, "|");
	return strcmp(line, "stop") == 0;
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->config.ctx = f;
	f->config.on_line = on_line;
	f->s.config = &f->config;
	f->s.mark[PART_BANNER] = 0x11111111;
	f->s.mark[PART_GUEST] = 0x12222222;
	f->s.mark[PART_STATE] = 0x13333333;
	f->s.mark[PART_DUMP] = 0x14444444;
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	free(f->s.state.bytes);
	free(f->s.dump.bytes);
	free(f);
	return 0;
}

static void
feed(struct fixture *f, const char *text)
{
	stdout_add(&f->s, text, strlen(text));
}

static void
test_parts_are_told_apart(void **state)
{
	struct fixture *f = *state;

	feed(f, "banner\n" START "hello\r\nworld\n");
	feed(f, "Next at t=99\n(0) [0x00100236] here\n" STOP "ptime: 99\n");
	feed(f, DUMP "dumped\n" END "(0).[99] bye\n");
	stdout_end(&f->s);
	assert_string_equal(f->lines, "hello|world|");
	assert_string_equal(f->s.state.bytes, "ptime: 99\n");
	assert_string_equal(f->s.dump.bytes, "dumped\n");
	assert_int_equal(f->s.part, PART_END);
}

static void
test_unfinished_line_is_the_guests(void **state)
{
	struct fixture *f = *state;

	feed(f, START "pip(0) Caught time breakpoint\nNext at t=9\n");
	feed(f, "(0) [0x00100236] here\n" STOP);
	stdout_end(&f->s);
	assert_string_equal(f->lines, "pip|");
}

static void
test_a_line_cut_by_a_stop_is_made_whole(void **state)
{
	struct fixture *f = *state;

	feed(f, START "one\nhal(0) Caught time breakpoint\nNext at t=9\n");
	feed(f, "(0) [0x00100236] here\n" STOP DUMP);
	assert_string_equal(f->lines, "one|");
	stdout_again(&f->s);
	feed(f, "banner\n" START "f a line\n");
	assert_string_equal(f->lines, "one|half a line|");
}

static void
test_guest_cannot_forge_the_stop(void **state)
{
	struct fixture *f = *state;

	feed(f, START "Next at t=1\n(0) [0x1] no\n0x12222223 304226851\nx\n");
	assert_string_equal(f->lines,
	    "Next at t=1|(0) [0x1] no|0x12222223 304226851|x|");
	assert_int_equal(f->s.part, PART_GUEST);
}

static void
test_panic_and_stop_are_noticed(void **state)
{
	struct fixture *f = *state;

	feed(f, START "panic: first\npanic: second\nstop\nafter\n");
	assert_true(f->s.panicked);
	assert_string_equal(f->s.first_panic, "panic: first");
	assert_true(f->s.stop);
	assert_string_equal(f->lines, "panic: first|panic: second|stop|");
}

static void
test_output_has_a_limit(void **state)
{
	struct fixture *f = *state;

	f->config.output_max = 10;
	feed(f, START "12345\n");
	assert_false(f->s.flooded);
	feed(f, "12345\n");
	assert_true(f->s.flooded);
	assert_string_equal(f->lines, "12345|");
}

static void
test_a_stop_can_be_gone_on_from(void **state)
{
	struct fixture *f = *state;
	struct bochs_stop stop;

	feed(f, START "one\n(0) Magic breakpoint\nNext at t=12\n");
	feed(f, "(0) [0x0001] 001b:00400000 (unk. ctxt): ret\n" STOP);
	assert_true(f->s.magic);
	feed(f, "ptime: 12345678901\nrip: 00000000_00401234\n");
	assert_false(stop_parse(f->s.state.bytes, &stop));
	feed(f, "CR3=0x0000002bc000\ncs:0x001b, dh=0x00cffb00, valid=1\n");
	assert_false(stop_parse(f->s.state.bytes, &stop));
	feed(f, "idtr:base=0x00000000c010f000, limit=0x2ff\n" DUMP);
	assert_true(stop_parse(f->s.state.bytes, &stop));
	assert_true(stop.user);
	assert_int_equal(stop.idt, 0xc010f000);
	assert_true(stop.ticks == 12345678901);
	assert_int_equal(stop.page_dir, 0x2bc000);
	assert_int_equal(stop.pc, 0x401234);
	stdout_again(&f->s);
	feed(f, "dumping\n" START "two\n(0) Caught time breakpoint\n");
	feed(f, "Next at t=99\n(0) [0x1] here\n" STOP "ptime: 99\n" DUMP END);
	assert_false(f->s.magic);
	assert_string_equal(f->lines, "one|two|");
	assert_string_equal(f->s.state.bytes, "ptime: 99\n");
}

static void
test_screen_is_read_from_the_dump(void **state)
{
	char *text;

	(void)state;
	text = screen_text("[bochs]:\n"
			   "0x00000000000b8000 <bogus+       0>:\t0x42\t0x0b"
			   "\t0x6f\t0x0b\n"
			   "0x00000000000b80a0 <bogus+     160>:\t0x01\t0x0b"
			   "\t0x78\t0x0b\n");
	assert_memory_equal(text, "Bo\n x\n\n", 7);
	free(text);
	text = screen_text("no dump");
	assert_string_equal(text, "");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_parts_are_told_apart,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_unfinished_line_is_the_guests, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_a_line_cut_by_a_stop_is_made_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_guest_cannot_forge_the_stop, setup, teardown),
		cmocka_unit_test_setup_teardown(test_panic_and_stop_are_noticed,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_output_has_a_limit, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_a_stop_can_be_gone_on_from,
		    setup, teardown),
		cmocka_unit_test(test_screen_is_read_from_the_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
