/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The arguments of `service update'. Proves: C6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/service/update.h"

#include <abi/errno.h>
#include <lacuna/sef_lu.h>

static struct rs_update_req req;

/* Read a label and up to two pairs of words. */
static int
read_words(char *a, char *b, char *c, char *d)
{
	char label[] = "tty";
	char *argv[] = { label, a, b, c, d, NULL };
	int argc = 0;

	while (argv[argc] != NULL)
		argc++;
	return update_read(argc, argv, &req);
}

static int
state_of(const char *word)
{
	char option[] = "-state", text[32];

	snprintf(text, sizeof text, "%s", word);
	return read_words(option, text, NULL, NULL) == 0 ? req.state : -1;
}

static int
time_of(const char *word)
{
	char option[] = "-maxtime", text[32];

	snprintf(text, sizeof text, "%s", word);
	return read_words(option, text, NULL, NULL) == 0 ? (int)req.max_ticks
							 : -1;
}

static void
test_nothing_said(void **state)
{
	(void)state;
	assert_int_equal(read_words(NULL, NULL, NULL, NULL), 0);
	assert_string_equal(req.label, "tty");
	assert_int_equal(req.state, SEF_LU_STATE_WORK_FREE);
	assert_int_equal(req.max_ticks, 0);
	assert_int_equal(req.flags, 0);
}

static void
test_states_by_name_and_number(void **state)
{
	(void)state;
	assert_int_equal(state_of("work_free"), SEF_LU_STATE_WORK_FREE);
	assert_int_equal(state_of("REQUEST_FREE"), SEF_LU_STATE_REQUEST_FREE);
	assert_int_equal(state_of("protocol_free"), SEF_LU_STATE_PROTOCOL_FREE);
	assert_int_equal(state_of("1"), 1);
	assert_int_equal(state_of("2147483647"), 2147483647);
	assert_int_equal(state_of("0"), -1);
	assert_int_equal(state_of("-1"), -1);
	assert_int_equal(state_of("2147483648"), -1);
	assert_int_equal(state_of("null"), -1);
	assert_int_equal(state_of("1x"), -1);
}

static void
test_times(void **state)
{
	(void)state;
	assert_int_equal(time_of("0"), 0);
	assert_int_equal(time_of("7"), 7);
	assert_int_equal(time_of("2HZ"), 2 * sysconf(_SC_CLK_TCK));
	assert_int_equal(time_of("20HZ"), 20 * sysconf(_SC_CLK_TCK));
	assert_int_equal(time_of("21HZ"), -1);
	assert_int_equal(time_of("-1"), -1);
	assert_int_equal(time_of("soon"), -1);
}

static void
test_options(void **state)
{
	char dump[] = "-dump", option[] = "-state", value[] = "2";
	char program[] = "-program", none[] = "/none/such";
	char unknown[] = "-wait", label[] = "a-label-too-long";
	char *argv[] = { label, NULL };

	(void)state;
	assert_int_equal(read_words(dump, option, value, NULL), 0);
	assert_int_equal(req.flags, RSU_DUMP);
	assert_int_equal(req.state, 2);
	assert_int_equal(read_words(option, NULL, NULL, NULL), EINVAL);
	assert_int_equal(read_words(unknown, value, NULL, NULL), EINVAL);
	assert_int_equal(read_words(program, none, NULL, NULL), ENOENT);
	assert_int_equal(update_read(0, argv, &req), EINVAL);
	assert_int_equal(update_read(1, argv, &req), EINVAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_said),
		cmocka_unit_test(test_states_by_name_and_number),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
