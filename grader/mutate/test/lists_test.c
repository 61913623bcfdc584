/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the lists of equivalent and surviving mutants.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/mutate/lists.h"

static const char *
written(const char *yaml)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/list.yaml",
	    scratch_dir("/tmp/mutate-lists"));
	file_write(path, yaml, strlen(yaml));
	return path;
}

static void
entries_are_found_by_key(void **state)
{
	struct listing list;
	char *why;

	(void)state;
	assert_int_equal(listing_load(written("- { key: f.a.1, reason: same }\n"
					      "- key: f.b.2\n"
					      "  reason: >\n"
					      "    two\n    lines\n"),
			     "reason", &list, &why),
	    0);
	assert_int_equal(list.n, 2);
	assert_true(list.there);
	assert_string_equal(listing_find(&list, "f.a.1")->why, "same");
	assert_non_null(strstr(listing_find(&list, "f.b.2")->why, "two lines"));
	assert_null(listing_find(&list, "f.a"));
	listing_free(&list);
	assert_int_equal(listing_load(written("- { key: f.a.1, remark: so }\n"),
			     "remark", &list, &why),
	    0);
	assert_int_equal(list.n, 1);
	listing_free(&list);
}

static void
no_file_is_an_empty_list(void **state)
{
	struct listing list;
	char *why;

	(void)state;
	assert_int_equal(
	    listing_load("/nowhere/list.yaml", "reason", &list, &why), 0);
	assert_int_equal(list.n, 0);
	assert_false(list.there);
	assert_null(listing_find(&list, "f"));
	listing_free(&list);
}

static void
what_is_wrong_is_told(void **state)
{
	static const struct {
		const char *yaml, *word;
	} bad[] = {
		{ "- { key: f.a.1 }\n", "reason" },
		{ "- { key: f.a.1, reason: '' }\n", "reason" },
		{ "- { key: f.a.1, reason: ' . ' }\n", "reason" },
		{ "- { reason: because }\n", "reason" },
		{ "- { key: f.a.1, remark: because }\n", "reason" },
		{ "- { key: f.a.1, reason: because }\n", "remark" },
		{ "- { key: f.a.1, reason: a, other: b }\n", "reason" },
		{ "- { key: f, reason: a }\n- { key: f, reason: b }\n",
		    "reason" },
		{ "key: f\n", "reason" },
		{ "- [\n", "reason" },
	};
	struct listing list;
	size_t i;
	char *why;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (listing_load(written(bad[i].yaml), bad[i].word, &list,
			&why) == 0)
			fail_msg("taken: %s", bad[i].yaml);
		assert_non_null(strstr(why, "list.yaml"));
		free(why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_found_by_key),
		cmocka_unit_test(no_file_is_an_empty_list),
		cmocka_unit_test(what_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
