/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of tracing: words and ranges of memory, registers. Proves: D8.
 */
#include "servers/pm/test/trace_scene.h"

#include <string.h>

#include <abi/kcall_copy.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const int reads[] = { T_GETINS, T_GETDATA, T_GETUSER };
static const int writes[] = { T_SETINS, T_SETDATA, T_SETUSER };

static void
test_words_are_read(void **state)
{
	static const uint32_t words[] = { 0, 1, 0x12345678, UINT32_MAX };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(reads) * COUNT(words); i++) {
		uint32_t word = words[i % COUNT(words)];

		asked.data = word;
		assert_status(ask(DEBUGGER, reads[i / COUNT(words)], CHILD,
				  0xfffffff1u - (uint32_t)i, 55),
		    OK);
		assert_int_equal(asked.request, reads[i / COUNT(words)]);
		assert_int_equal(asked.addr, 0xfffffff1u - (uint32_t)i);
		assert_int_equal((uint32_t)answer_word(), word);
	}
	assert_true(kernel[CHILD].stopped);
	assert_int_equal(kernel[SECOND].calls, 0);
}

static void
test_words_are_written(void **state)
{
	static const int32_t words[] = { 0, 1, 0x12345678, -1 };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(writes) * COUNT(words); i++) {
		int32_t word = words[i % COUNT(words)];

		assert_status(ask(DEBUGGER, writes[i / COUNT(words)], CHILD,
				  0x1001u, word),
		    OK);
		assert_int_equal(asked.request, writes[i / COUNT(words)]);
		assert_int_equal(asked.addr, 0x1001u);
		assert_int_equal((int32_t)asked.data, word);
		assert_int_equal(answer_word(), 0);
	}
}

static void
test_an_error_is_told_and_no_word(void **state)
{
	static const int errors[] = { -EFAULT, -ENOMEM };

	(void)state;
	attached(DEBUGGER, CHILD);
	asked.data = 77;
	for (size_t i = 0; i < COUNT(errors); i++) {
		asked.status = errors[i];
		for (size_t j = 0; j < COUNT(reads); j++) {
			assert_status(ask(DEBUGGER, reads[j], CHILD, 4, 0),
			    errors[i]);
			assert_int_equal(answer_word(), 0);
		}
		for (size_t j = 0; j < COUNT(writes); j++)
			assert_status(ask(DEBUGGER, writes[j], CHILD, 4, 0),
			    errors[i]);
	}
	assert_true(kernel[CHILD].stopped);
}

/* Where in a tracer's memory it says what is to be copied. */
static vir_bytes
say(int tracer, int32_t space, vir_bytes addr, vir_bytes ptr, uint32_t size)
{
	const struct trace_range r = { space, addr, ptr, size };

	memcpy(memory[tracer], &r, sizeof r);
	return MEMORY;
}

static int
range(int request, int32_t space, vir_bytes addr, vir_bytes ptr, uint32_t size)
{
	vir_bytes where = say(DEBUGGER, space, addr, ptr, size);

	return ask(DEBUGGER, request, CHILD, where, 0);
}

#define WORD(n) (MEMORY + 4 * (n))

static void
test_ranges_are_read(void **state)
{
	static const int spaces[] = { TS_INS, TS_DATA };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(spaces); i++) {
		memset(memory[CHILD], 0x11 + (int)i, sizeof memory[0]);
		memory[DEBUGGER][6] = 3;
		assert_status(range(T_GETRANGE, spaces[i], WORD(1), WORD(4), 8),
		    OK);
		assert_int_equal(memory[DEBUGGER][4], memory[CHILD][1]);
		assert_int_equal(memory[DEBUGGER][5], memory[CHILD][2]);
		assert_int_equal(memory[DEBUGGER][6], 3);
		/* What the tracer may not write stays so. */
		assert_int_equal(asked.flags, 0);
	}
}

static void
test_ranges_are_written_where_only_text_is(void **state)
{
	static const int spaces[] = { TS_INS, TS_DATA };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(spaces); i++) {
		memory[DEBUGGER][4] = 100 + (uint32_t)i;
		memory[DEBUGGER][5] = 200;
		assert_status(range(T_SETRANGE, spaces[i], WORD(7), WORD(4), 4),
		    OK);
		assert_int_equal(memory[CHILD][7], 100 + i);
		assert_int_equal(asked.flags, VIRCOPY_FORCE);
		assert_int_equal(memory[CHILD][6], 0);
	}
	assert_status(range(T_SETRANGE, TS_DATA, WORD(0), WORD(5), 1), OK);
	assert_int_equal(memory[CHILD][0], 200);
}

static void
test_ranges_make_sense(void **state)
{
	static const int requests[] = { T_GETRANGE, T_SETRANGE };
	static const int32_t spaces[] = { -1, 2, INT32_MIN };
	static const uint32_t sizes[] = { 0, (uint32_t)INT32_MAX + 1,
		UINT32_MAX };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(requests); i++) {
		int request = requests[i], n;

		for (size_t j = 0; j < COUNT(spaces); j++) {
			n = asked.copies;
			assert_status(
			    range(request, spaces[j], WORD(0), WORD(4), 4),
			    -EINVAL);
			assert_int_equal(asked.copies,
			    n + 1); /* of the range */
		}
		for (size_t j = 0; j < COUNT(sizes); j++)
			assert_status(
			    range(request, TS_DATA, WORD(0), WORD(4), sizes[j]),
			    -EINVAL);
		n = asked.copies; /* too much for memory, not for a range */
		assert_status(
		    range(request, TS_DATA, WORD(0), WORD(4), INT32_MAX),
		    -EFAULT);
		assert_int_equal(asked.copies, n + 2);
	}
}

static void
test_ranges_that_are_not_there(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	assert_status(ask(DEBUGGER, T_GETRANGE, CHILD, 16, 0), -EFAULT);
	assert_status(ask(DEBUGGER, T_SETRANGE, CHILD, 16, 0), -EFAULT);
	assert_status(range(T_GETRANGE, TS_DATA, 16, WORD(4), 4), -EFAULT);
	assert_status(range(T_SETRANGE, TS_DATA, 16, WORD(4), 4), -EFAULT);
	assert_status(range(T_GETRANGE, TS_DATA, WORD(7), WORD(0), 5), -EFAULT);
	assert_status(range(T_GETRANGE, TS_DATA, WORD(0), 16, 4), -EFAULT);
	assert_status(range(T_SETRANGE, TS_DATA, WORD(0), 16, 4), -EFAULT);
	assert_true(kernel[CHILD].stopped);
	assert_true(trace_is_stopped(at(CHILD)));
}

#define CASE(f) cmocka_unit_test_setup(f, scene_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_words_are_read),
		CASE(test_words_are_written),
		CASE(test_an_error_is_told_and_no_word),
		CASE(test_ranges_are_read),
		CASE(test_ranges_are_written_where_only_text_is),
		CASE(test_ranges_make_sense),
		CASE(test_ranges_that_are_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
