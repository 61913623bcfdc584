/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The words of cmocka that unit tests use, for programs inside the system: a
 * test's source is compiled against cmocka on the building machine and against
 * this file for the guest (mk/rules.mk, `osunit').
 *
 * Each case runs in a child of its own, with a limit, so one that crashes,
 * hangs or leaves its subject in pieces takes no other with it. The child tells
 * its parent how the case ended, and the parent reports it: an observation
 * named as the case, 1 or 0, and for 0 the check that failed, under a rule of
 * the same name. A last observation, `cases', says how many there were.
 *
 * Fixtures of a group run in the child as well, so every case gets a fresh
 * one.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A case: a function, and what comes before and after it. */
struct CMUnitTest {
	const char *name;
	void (*test_func)(void **state);
	int (*setup_func)(void **state);
	int (*teardown_func)(void **state);
	void *initial_state;
};

#define cmocka_unit_test_setup_teardown(f, setup, teardown)                    \
	{                                                                      \
#f, f, setup, teardown, NULL                                   \
	}
#define cmocka_unit_test(f) cmocka_unit_test_setup_teardown(f, NULL, NULL)
#define cmocka_unit_test_setup(f, setup)                                       \
	cmocka_unit_test_setup_teardown(f, setup, NULL)
#define cmocka_unit_test_teardown(f, teardown)                                 \
	cmocka_unit_test_setup_teardown(f, NULL, teardown)

#define cmocka_run_group_tests(tests, setup, teardown)                         \
	unit_run((tests), sizeof(tests) / sizeof((tests)[0]), (setup),         \
	    (teardown))

/**
 * Run all cases and report them.
 *
 * @param[in] tests    the cases
 * @param[in] n        how many
 * @param[in] setup    of the group, or NULL
 * @param[in] teardown of the group, or NULL
 * @return how many failed
 */
int unit_run(const struct CMUnitTest *tests, size_t n,
    int (*setup)(void **state), int (*teardown)(void **state));

/** The test's main(), which the runner calls from its own. */
int unit_main(void);
#define main unit_main

/* What a claim compares, as wide as anything. */
#define UNIT_WIDE(value) ((uint64_t)(value))

#define assert_true(c)  unit_claim((c), #c, __FILE__, __LINE__)
#define assert_false(c) unit_claim(!(c), "!(" #c ")", __FILE__, __LINE__)
#define assert_null(p)                                                         \
	unit_claim((p) == NULL, #p " == NULL", __FILE__, __LINE__)
#define assert_non_null(p)                                                     \
	unit_claim((p) != NULL, #p " != NULL", __FILE__, __LINE__)
#define assert_ptr_equal(a, b)                                                 \
	unit_equal((uintptr_t)(a), (uintptr_t)(b), #a " == " #b, __FILE__,     \
	    __LINE__)
#define assert_ptr_not_equal(a, b)                                             \
	unit_claim((a) != (b), #a " != " #b, __FILE__, __LINE__)
#define assert_int_equal(a, b)                                                 \
	unit_equal(UNIT_WIDE(a), UNIT_WIDE(b), #a " == " #b, __FILE__, __LINE__)
#define assert_int_not_equal(a, b)                                             \
	unit_claim(UNIT_WIDE(a) != UNIT_WIDE(b), #a " != " #b, __FILE__,       \
	    __LINE__)
#define assert_in_range(a, low, high)                                          \
	unit_claim(UNIT_WIDE(a) >= UNIT_WIDE(low) &&                           \
		UNIT_WIDE(a) <= UNIT_WIDE(high),                               \
	    #low " <= " #a " <= " #high, __FILE__, __LINE__)
#define assert_string_equal(a, b)                                              \
	unit_equal_strings((a), (b), #a " == " #b, __FILE__, __LINE__)
#define assert_string_not_equal(a, b)                                          \
	unit_claim(strcmp((a), (b)) != 0, #a " != " #b, __FILE__, __LINE__)
#define assert_memory_equal(a, b, n)                                           \
	unit_equal_memory((a), (b), (n), #a " == " #b, __FILE__, __LINE__)

#define fail() _fail(__FILE__, __LINE__)
#define fail_msg(...)                                                          \
	do {                                                                   \
		print_error(__VA_ARGS__);                                      \
		fail();                                                        \
	} while (0)

/**
 * Fail unless a claim holds.
 *
 * @param[in] holds whether it does
 * @param[in] claim its source text
 * @param[in] file  where
 * @param[in] line  in it
 */
void unit_claim(bool holds, const char *claim, const char *file, int line);

/** Fail unless two numbers are equal. @see unit_claim() */
void unit_equal(uint64_t seen, uint64_t expected, const char *claim,
    const char *file, int line);

/** Fail unless two strings are equal. @see unit_claim() */
void unit_equal_strings(const char *seen, const char *expected,
    const char *claim, const char *file, int line);

/** Fail unless n bytes are equal. @see unit_claim() */
void unit_equal_memory(const void *seen, const void *expected, size_t n,
    const char *claim, const char *file, int line);

/**
 * Stands for every function that the tested code calls and the test does not
 * have (mk/isolate): the case fails.
 *
 * @param[in] name of the function
 */
void unit_absent(const char *name) __attribute__((noreturn));

/** Say what the next _fail() is about. @param[in] format as printf() */
void print_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * End the case: it has failed.
 *
 * @param[in] file where
 * @param[in] line in it
 */
void _fail(const char *file, int line) __attribute__((noreturn));
