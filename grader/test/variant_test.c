/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variants of a solution: what their heads say, and which files come of a
 * patch, of whole files and of either upon another. Proves E4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/base/files.h"
#include "grader/lab/variant.h"

#define SOLUTION "one\ntwo\nthree\n"

static char root[] = "/tmp/variant-test-XXXXXX";

static void
put(const char *name, const char *data)
{
	char *path = text("%s/%s", root, name);

	file_write(path, data, strlen(data));
	free(path);
}

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(root) == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	remove_tree(root);
	return 0;
}

/* A patch that makes a word of the second line another. */
static void
put_patch(const char *name, const char *base, const char *old, const char *new)
{
	char *data = text("Change: %s\nScore: 7\n%s%s%s\n"
			  "--- a/src/x.c\n+++ b/src/x.c\n"
			  "@@ -1,3 +1,3 @@\n one\n-%s\n+%s\n three\n",
	    new, base != NULL ? "Base: " : "", base != NULL ? base : "",
	    base != NULL ? "\n" : "", old, new);

	put(name, data);
	free(data);
}

/* What is in the file when a variant has been laid over the solution; NULL:
 * that did not work, and *why says so. */
static char *
laid(const char *name, char **why)
{
	char *path = text("%s/%s", root, name), *to = text("%s/to", root);
	char *file = text("%s/src/x.c", to), *data = NULL;

	put("to/src/x.c", SOLUTION);
	if (variant_lay(root, path, to, why))
		assert_int_equal(file_read(file, &data, NULL), 0);
	free(file);
	free(path);
	free(to);
	return data;
}

static void
expect_laid(const char *name, const char *want)
{
	char *why = NULL, *data = laid(name, &why);

	assert_non_null(data);
	assert_string_equal(data, want);
	free(data);
}

static void
test_the_head_is_read(void **state)
{
	char *path = text("%s/right/a.patch", root), *why;
	struct variant v;

	(void)state;
	put("right/a.patch",
	    "Change: another order\nScore: 60..90\n"
	    "Fails: x y ...\nBase: right/b\n\n"
	    "--- a/src/x.c\nClass: no head any more\n");
	assert_true(variant_read(path, &v, &why));
	assert_string_equal(v.change, "another order");
	assert_string_equal(v.fails, "x y ...");
	assert_string_equal(v.base, "right/b");
	assert_null(v.class);
	assert_int_equal(v.low, 60);
	assert_int_equal(v.high, 90);
	variant_free(&v);
	free(path);
}

static void
test_a_score_must_be_one(void **state)
{
	static const char *const bad[] = { "", "Score:\n", "Score: all\n",
		"Score: 5..\n", "Score: 9..5\n", "Score: 101\n",
		"Score: 5x\n" };
	char *path = text("%s/right/bad.patch", root), *why;
	struct variant v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		put("right/bad.patch", bad[i]);
		assert_false(variant_read(path, &v, &why));
		assert_non_null(strstr(why, "does not say"));
		free(why);
	}
	remove_tree(path);
	free(path);
}

static void
test_a_patch_changes_the_solution(void **state)
{
	(void)state;
	put_patch("wrong/p.patch", NULL, "two", "2");
	expect_laid("wrong/p.patch", "one\n2\nthree\n");
}

static void
test_whole_files_replace_those_of_the_solution(void **state)
{
	(void)state;
	put("right/whole/head", "Change: all\nScore: 100\n");
	put("right/whole/src/x.c", "one\nzwei\nthree\n");
	expect_laid("right/whole", "one\nzwei\nthree\n");
}

static void
test_a_base_comes_first(void **state)
{
	(void)state;
	put("right/whole/head", "Change: all\nScore: 100\n");
	put("right/whole/src/x.c", "one\nzwei\nthree\n");
	put_patch("wrong/on-whole.patch", "right/whole", "zwei", "deux");
	expect_laid("wrong/on-whole.patch", "one\ndeux\nthree\n");
	put_patch("wrong/on-that.patch", "wrong/on-whole", "deux", "due");
	expect_laid("wrong/on-that.patch", "one\ndue\nthree\n");
}

static void
test_a_base_must_be_there(void **state)
{
	char *why = NULL;

	(void)state;
	put_patch("wrong/lost.patch", "right/nothing", "two", "2");
	assert_null(laid("wrong/lost.patch", &why));
	assert_non_null(strstr(why, "no variant right/nothing"));
	free(why);
}

static void
test_bases_do_not_go_round(void **state)
{
	char *why = NULL;

	(void)state;
	put_patch("wrong/round.patch", "wrong/round", "two", "2");
	assert_null(laid("wrong/round.patch", &why));
	assert_non_null(strstr(why, "too many bases"));
	free(why);
}

static void
test_both_kinds_are_listed(void **state)
{
	struct strings list = { 0 };
	char *dir = text("%s/list", root);

	(void)state;
	put("list/guide.tex", "");
	put("list/wrong/b.patch", "Score: 1\n");
	put("list/right/a/head", "Score: 100\n");
	put("list/right/a/src/x.c", "");
	variants_list(dir, &list);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.at[0], "right/a");
	assert_string_equal(list.at[1], "wrong/b.patch");
	strings_free(&list);
	free(dir);
}

static void
test_a_submission_is_no_variant(void **state)
{
	char *dir = text("%s/handed-in", root);

	(void)state;
	put("handed-in/src/x.c", "");
	assert_false(is_variant(dir));
	put("handed-in/head", "tail\n");
	assert_false(is_variant(dir));
	free(dir);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_head_is_read),
		cmocka_unit_test(test_a_score_must_be_one),
		cmocka_unit_test(test_a_patch_changes_the_solution),
		cmocka_unit_test(
		    test_whole_files_replace_those_of_the_solution),
		cmocka_unit_test(test_a_base_comes_first),
		cmocka_unit_test(test_a_base_must_be_there),
		cmocka_unit_test(test_bases_do_not_go_round),
		cmocka_unit_test(test_both_kinds_are_listed),
		cmocka_unit_test(test_a_submission_is_no_variant),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
