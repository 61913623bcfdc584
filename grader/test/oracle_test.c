/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking at memory from outside. Proves E3. Two processes of a small guest
 * share a frame, then one gets a frame of its own.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <abi/endpoint.h>
#include <abi/ipc.h>
#include <cmocka.h>

#include "grader/base/base.h"
#include "grader/judge/expr.h"
#include "grader/test/small_guest.h"

static void
test_variables_are_found_by_name(void **state)
{
	struct program *p = open_below("kernel/kernel");
	uint32_t start, end;
	struct variable v;

	(void)state;
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[3].low", NULL, NULL, &v), 0);
	assert_int_equal(v.size, 2);
	assert_true(v.is_signed);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[3].big", NULL, NULL, &v), 0);
	assert_int_equal(v.size, 8);
	program_range(p, &start, &end);
	assert_int_equal(start, 0xC0100000);
	assert_in_range(v.addr, start, end);
	assert_int_equal(program_find(p, "c.c:proc_table", NULL, NULL, &v),
	    -ENOENT);
	assert_int_equal(program_find(p, "proc.c:proc_tab", NULL, NULL, &v),
	    -ENOENT);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[0].x", NULL, NULL, &v), -ENOENT);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[261]", NULL, NULL, &v), -ERANGE);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[-1]", NULL, NULL, &v), -EINVAL);
	assert_int_equal(program_find(p, "proc_table", NULL, NULL, &v),
	    -EINVAL);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table.low", NULL, NULL, &v), -EINVAL);
	assert_int_equal(program_find(p, "proc.c:first.low", NULL, NULL, &v),
	    -EFAULT);
	program_close(p);
	assert_null(open_below("kernel/proc.c"));
	assert_null(open_below("nothing"));
	assert_null(oracle_new("/nothing", 1));
}

/* Both have frame 0x320 as page 0; then Alice gets 0x321. */
static void
test_checkpoints_are_taken(void **state)
{
	static char first[] = "first", second[] = "second";

	(void)state;
	set_entry(0x301, 0, 0x320u << PAGE_SHIFT | USER);
	set_entry(0x311, 0, 0x320u << PAGE_SHIFT | USER);
	set_entry(0x311, 1, 0x322u << PAGE_SHIFT | USER | PTE_PINNED);
	put(0x320u << PAGE_SHIFT, 12345);
	set_count(0x320, 2);
	set_count(0x322, 1);
	set_count(0x321, FRAME_IS_FREE);
	assert_false(take(first, 0x310, 1000)); /* it was Bob who stopped */
	assert_false(take(first, 0x305, 1000)); /* nobody */
	assert_true(take(first, 0x300, 1000));
	assert_null(oracle_snapshot(oracle, "t", "second"));
	set_entry(0x301, 0, 0x321u << PAGE_SHIFT | USER | PTE_W);
	put(0x321u << PAGE_SHIFT, 12345);
	set_count(0x320, 1);
	set_count(0x321, 2);
	assert_true(take(second, 0x300, 5000));
	memset(memory, 0, NFRAMES << PAGE_SHIFT); /* what was kept is kept */
	assert_non_null(oracle_snapshot(oracle, "t", "second"));
	assert_null(oracle_snapshot(oracle, "u", "second"));
	assert_null(oracle_snapshot(NULL, "t", "second"));
}

/* A stop after a word of memory was changed must be told as this. */
static void
expect_told(enum oracle_take what, uint32_t phys, const char *why)
{
	static char name[] = "forged";
	uint32_t was;

	memcpy(&was, memory + phys, sizeof was);
	put(phys, ~was);
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, what);
	if (strstr(oracle_fault(oracle), why) == NULL)
		fail_msg("%s", oracle_fault(oracle));
	put(phys, was);
	assert_null(oracle_snapshot(oracle, "t", name));
}

static void
test_what_was_changed_is_forged(void **state)
{
	uint32_t said = address("test/t/t", "report/report.c:said");
	uint32_t idt = gates - KERNEL_BASE;
	static char name[] = "end", empty[] = "";

	(void)state;
	expect_told(ORACLE_FORGED, 0x101u << PAGE_SHIFT,
	    "the code of the kernel was changed while it ran, at 0xc0101000 in "
	    "start");
	expect_told(ORACLE_FORGED, 0x230u << PAGE_SHIFT,
	    "the code of VM was changed");
	expect_told(ORACLE_DOUBTED, 0x330u << PAGE_SHIFT,
	    "the code of t was changed");
	expect_told(ORACLE_DOUBTED, (0x331u << PAGE_SHIFT) + said % PAGE_SIZE,
	    "t has not said");
	expect_told(ORACLE_DOUBTED,
	    (0x331u << PAGE_SHIFT) + said % PAGE_SIZE + 4, "t has not said");
	expect_told(ORACLE_FORGED, idt + 8 * 14, "gate 14 ");
	expect_told(ORACLE_FORGED, idt + 8 * 0x5F + 4, "gate 95 ");
	expect_told(ORACLE_FORGED, idt + 8 * KCALL_VECTOR, "gate 32 ");
	pc = 0x00400FFF;
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, ORACLE_DOUBTED);
	pc = 0x00401000;
	stream.said = 7;
	assert_false(take(name, 0x300, 6000));
	put((0x331u << PAGE_SHIFT) + said % PAGE_SIZE, 7);
	assert_true(take(empty, 0x300, 6000)); /* the end of a stream */
	assert_null(oracle_snapshot(oracle, "t", ""));
	put((0x331u << PAGE_SHIFT) + said % PAGE_SIZE, 0);
	stream.said = 0;
}

/* The table of gates is in another file than the one that is looked into. */
static void
test_gates_that_are_not_found_are_refused(void **state)
{
	struct oracle *own = oracle;
	static char name[] = "unknown";

	(void)state;
	compile_kernel("kernel/i386/elsewhere.c");
	oracle = oracle_new(dir, NFRAMES << PAGE_SHIFT);
	assert_non_null(oracle);
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, ORACLE_FORGED);
	assert_string_equal(oracle_fault(oracle),
	    "the kernel's gates cannot be compared");
	oracle_free(oracle);
	oracle = own;
	compile_kernel("kernel/i386/gates.c");
}

/* Does a condition hold? What is missing counts as no. */
static bool
holds(const char *source)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	assert_int_equal(expr_expect(source, &env, &e), 0);
	assert_true(e.memory);
	assert_false(e.seen);
	return e.holds;
}

static void
test_frames_are_looked_up(void **state)
{
	(void)state;
	assert_true(holds("frame('first', 'a') == 0x320"));
	assert_true(holds("frame('first', 'a') == frame('first', 'b')"));
	assert_true(holds("frame('second', 'a', 0) == 0x321"));
	assert_true(holds("frame('first', 'a', 1) == -1"));
	assert_true(holds("frame('first', 'a', 2) == -1"));
	assert_true(holds("pte('second', 'a') == 0x321007"));
	assert_true(holds("refs('first', 'a') == 2"));
	assert_true(holds("refs('second', 'b') == 1"));
	assert_true(holds("vm_refs('second', 'b') == 1"));
	assert_true(holds("vm_refs('second', 'a') == 2"));
	assert_true(holds("content('second', 'a', 0)"
			  " == content('first', 'a', 0)"));
	assert_true(holds("content('second', 'a') == ''"));
	assert_true(holds("content('second', 'b') != ''"));
}

static void
test_places_are_counted(void **state)
{
	(void)state;
	assert_true(holds("pages('first', 'b') == 2"));
	assert_true(holds("present('first', 'a') == 1"));
	assert_true(holds("present('first', 'b') == 2"));
	assert_true(holds("present('first', 'a', 1) == 0"));
	assert_true(holds("writable('first', 'a') == 0"));
	assert_true(holds("writable('second', 'a') == 1"));
	assert_true(holds("pinned('first', 'b') == 1"));
	assert_true(holds("shared('first', 'b') == 0"));
	assert_true(holds("held('first', 'b', 2) == 1"));
	assert_true(holds("held('second', 'b', 1) == 2"));
	assert_true(holds("same('first', 'a', 'b') == 1"));
	assert_true(holds("same('second', 'a', 'b') == 0"));
	assert_true(holds("moved('first', 'second', 'a') == 1"));
	assert_true(holds("moved('first', 'second', 'b') == 0"));
}

static void
test_the_system_is_looked_at(void **state)
{
	(void)state;
	assert_true(holds("free_frames('first') == 1"));
	assert_true(holds("free_frames('second') == 0"));
	assert_true(holds("fresh_frames('first', 'second') == 1"));
	assert_true(holds("used_frames('second') == used_frames('first') + 1"));
	assert_true(holds("miscounted('first') == 0"));
	assert_true(holds("miscounted('second') == 1"));
	assert_true(holds("ticks('first', 'second') == 3990"));
	assert_true(
	    holds("kernel('first', 'proc.c:proc_table[25].low') == -3"));
	assert_true(holds("kernel('first', 'proc.c:proc_table[25].endpoint')"
			  " == 100"));
	assert_true(
	    holds("vm('second', 'frames.c:frame_table[801].refs') == 2"));
}

static void
test_what_is_missing_proves_nothing(void **state)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	(void)state;
	assert_false(holds("frame('third', 'a') == 0 || 1"));
	assert_false(holds("frame('first', 'c') == 0 || 1"));
	assert_false(holds("kernel('first', 'proc.c:nothing') == 0 || 1"));
	assert_int_equal(expr_expect("!refs('third', 'a')", &env, &e), 0);
	assert_string_equal(e.missing, "checkpoint third was never reached");
	env.test = "u"; /* another test has no checkpoints */
	assert_int_equal(expr_expect("refs('first', 'a') == 2", &env, &e), 0);
	assert_false(e.holds);
}

static void
test_people_are_told_the_numbers(void **state)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	(void)state;
	assert_int_equal(
	    expr_expect("refs('first', 'a') == vm_refs('second', 'a') + 1",
		&env, &e),
	    0);
	assert_false(e.holds);
	assert_string_equal(e.expected,
	    "refs('first', 'a') == vm_refs('second', 'a') + 1");
	assert_string_equal(e.found,
	    "refs('first', 'a') = 2, vm_refs('second', 'a') = 2");
	assert_int_equal(e.time, 5000);
	assert_int_equal(expr_expect("miscounted('second') == 0", &env, &e), 0);
	assert_non_null(strstr(e.found, "miscounted('second') = 1 ("));
	assert_non_null(strstr(e.found, "frame 0x"));
	assert_non_null(strstr(e.found, "map"));
	env.seen = "2"; /* together with what the guest says */
	assert_int_equal(expr_expect("seen == refs('first', 'a')", &env, &e),
	    0);
	assert_true(e.holds && e.seen && e.memory);
	env.seen = NULL;
	assert_int_equal(expr_expect("seen == refs('first', 'a')", &env, &e),
	    0);
	assert_false(e.holds);
}

static void
test_questions_have_a_form(void **state)
{
	static const char *const bad[] = { "frame('x')", "frame(1, 'a')",
		"frame('x', 'a', 'b')", "frame('x', 'a', 1, 2)",
		"held('x', 'a')", "ticks('x')", "frames('x', 'a')" };
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce };
	struct expectation e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(expr_expect(bad[i], &env, &e), -EINVAL);
	assert_int_equal(expr_expect("content('x', 'y') == ''", &env, &e), 0);
	assert_true(e.memory); /* which is how a boot learns to stop */
	assert_int_equal(expr_expect("1 + seed", &env, &e), 0);
	assert_false(e.memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_variables_are_found_by_name),
		cmocka_unit_test(test_what_was_changed_is_forged),
		cmocka_unit_test(test_gates_that_are_not_found_are_refused),
		cmocka_unit_test(test_checkpoints_are_taken),
		cmocka_unit_test(test_frames_are_looked_up),
		cmocka_unit_test(test_places_are_counted),
		cmocka_unit_test(test_the_system_is_looked_at),
		cmocka_unit_test(test_what_is_missing_proves_nothing),
		cmocka_unit_test(test_people_are_told_the_numbers),
		cmocka_unit_test(test_questions_have_a_form),
	};

	return cmocka_run_group_tests(tests, guest_setup, guest_teardown);
}
