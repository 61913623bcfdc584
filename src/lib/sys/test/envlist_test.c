/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Lists in boot parameters: their forms, and what is not one. */
#include <lacuna/envlist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <lacuna/sysinfo.h>

static const char *value; /* of the parameter; NULL: there is none */

int
env_get_param(const char *key, char *buf, size_t size)
{
	assert_string_equal(key, "slow");
	if (value == NULL)
		return -ESRCH;
	if (strlen(value) >= size)
		return -E2BIG;
	(void)snprintf(buf, size, "%s", value);
	return OK;
}

/* The first item of a list. */
static struct env_item
first(const char *list)
{
	struct env_item item;

	assert_non_null(env_item_next(list, &item));
	return item;
}

static void
test_a_list_is_taken_item_by_item(void **state)
{
	const char *rest = "pm:12,vfs:0";
	struct env_item item;

	(void)state;
	rest = env_item_next(rest, &item);
	assert_true(item.sound);
	assert_string_equal(item.text, "pm:12");
	assert_string_equal(item.name, "pm");
	assert_int_equal(item.number, 12);
	rest = env_item_next(rest, &item);
	assert_true(item.sound);
	assert_string_equal(item.name, "vfs");
	assert_int_equal(item.number, 0);
	assert_null(env_item_next(rest, &item));
}

static void
test_what_is_no_item_is_shown_as_it_stands(void **state)
{
	static const char *const wrong[] = { "pm", "pm:", ":3", ":", "pm:x",
		"pm:3x", "pm:-3", "pm: 3", "pm:3:4", "pm:1234567890",
		"a-name-that-is-16:3" };
	struct env_item item;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		item = first(wrong[i]);
		assert_false(item.sound);
		assert_string_equal(item.text, wrong[i]);
	}
	item = first(",pm:3");
	assert_false(item.sound);
	assert_string_equal(item.text, "");
}

static void
test_the_ends_of_what_fits(void **state)
{
	struct env_item item = first("a-name-of-15-by:999999999");

	(void)state;
	assert_true(item.sound);
	assert_string_equal(item.name, "a-name-of-15-by");
	assert_int_equal(item.number, 999999999);
	item = first("pm:0000000000000000000000000003"); /* 31 */
	assert_int_equal(strlen(item.text), 31);
	item = first("pm:00000000000000000000000000003,x:1");
	assert_false(item.sound);
	assert_string_equal(item.text, "pm:0000000000000000000000000000");
}

static void
test_the_last_number_within_bounds_counts(void **state)
{
	static const struct {
		const char *value;
		uint32_t number;
	} tries[] = { { NULL, 7 }, { "", 7 }, { "vfs:3", 7 }, { "pm:3", 3 },
		{ "pm:3,vfs:5,pm:4", 4 }, { "pm:3,pm:101", 3 },
		{ "pm:100", 100 }, { "pm:3,pm:x", 3 }, { "pmx:3,xpm:4", 7 } };

	size_t i;

	(void)state;
	for (i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		value = tries[i].value;
		assert_int_equal(env_number_of("slow", "pm", 100, 7),
		    tries[i].number);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_list_is_taken_item_by_item),
		cmocka_unit_test(test_what_is_no_item_is_shown_as_it_stands),
		cmocka_unit_test(test_the_ends_of_what_fits),
		cmocka_unit_test(test_the_last_number_within_bounds_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
