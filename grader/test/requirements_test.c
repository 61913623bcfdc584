/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of requirements in a tree of the test's own: only what is
 * declared counts, and only what passed the last time proves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/requirements/kept.h"
#include "grader/requirements/table.h"

static char root[] = "/tmp/requirements-test-XXXXXX";
static struct requirement_table table;

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
	strcpy(strrchr(root, '-') + 1, "XXXXXX");
	if (mkdtemp(root) == NULL)
		return -1;
	put("mk/requirements.txt",
	    "# Words about A9.\n\nA1  now    one\n"
	    "A2  later  two\n");
	put("src/test/x/tests.yaml",
	    "- { id: x-a, title: A2 in a title, proves: [A1] }\n"
	    "- { id: x-b, title: b, proves: [A1], variants: [v=1, v=2] }\n");
	put("mk/test.steps", "always s true\nproves A1 s\n");
	put("COURSE.md", "About A1.\n## Head <!-- explains: A1 -->\n");
	put("build/results/suite", "ok x-a\nok x-b\n");
	put("build/results/steps", "ok s\n");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	table_free(&table);
	remove_tree(root);
	return 0;
}

/* Load the table; is what A1 lacks as expected (NULL: nothing)? */
static void
lacks(const char *expected)
{
	char *objects = text("%s/build", root);
	const char *seen;

	table_free(&table);
	assert_int_equal(table_load(&table, root, objects), 0);
	free(objects);
	seen = row_lacks(&table.at[0]);
	if (expected == NULL)
		assert_null(seen);
	else
		assert_string_equal(seen != NULL ? seen : "", expected);
}

static void
test_done(void **state)
{
	(void)state;
	lacks(NULL);
	assert_int_equal(table.n, 2);
	assert_int_equal(table.faults.n, 0);
	assert_true(table.at[0].due);
	assert_false(table.at[1].due);
	assert_int_equal(table.at[0].evidence_count, 3);
	assert_string_equal(table.at[0].text, "one");
	assert_int_equal(table.at[0].documents.n, 1);
}

/* A word that looks like an id is no evidence, and no explanation. */
static void
test_words_do_not_count(void **state)
{
	(void)state;
	put("src/test/x/a.c", "/* Proves A2. */\n");
	put("src/man/man1/x.1", "see A2\n");
	lacks(NULL);
	assert_int_equal(table.at[1].evidence_count, 0);
	assert_int_equal(table.at[1].documents.n, 0);
}

static void
test_each_proof_must_pass(void **state)
{
	(void)state;
	put("build/results/suite", "ok x-a\nFAIL x-b\n");
	lacks("a proof failed");
	put("build/results/suite", "ok x-a\n");
	lacks("not all proofs were run");
	put("build/results/suite", "ok x-a\nok x-b\n");
	put("build/results/steps", "FAIL s\n");
	lacks("a proof failed");
	put("build/results/steps", "nonsense\nok\nok \nok st\n");
	lacks("not all proofs were run");
}

/* A failure is told before what was not run, in any order. */
static void
test_failure_comes_first(void **state)
{
	(void)state;
	put("build/results/suite", "FAIL x-b\n");
	lacks("a proof failed");
	put("build/results/suite", "FAIL x-a\n");
	lacks("a proof failed");
}

static void
test_nothing(void **state)
{
	(void)state;
	put("COURSE.md", "About A1.\n");
	lacks("nothing explains it");
	put("src/man/man1/x.1", "x\n.\\\" explains: A2, A1\n");
	lacks(NULL);
	assert_int_equal(table.at[1].documents.n, 1);
	put("handouts/x/handout.tex", "% explains: A2\n");
	lacks(NULL);
	assert_int_equal(table.at[1].documents.n, 2);
	put("src/test/x/tests.yaml", "- { id: x-a, title: a }\n");
	put("mk/test.steps", "always s true\n");
	lacks("nothing proves it");
}

/* A lab proves with all of its verdicts, the solution's and the stub's
 * among them. */
static void
test_lab(void **state)
{
	(void)state;
	put("labs/toy/manifest.yaml",
	    "id: toy\ntitle: Toy\nworks: all\nproves: [A1]\nstub-score: 0\n"
	    "schedules: 1\nbudget: 10\n"
	    "requirements:\n- { id: R1, text: one }\n"
	    "exercises:\n- { id: E1, title: a, difficulty: easy, hours: \"1\" "
	    "}\n"
	    "tests:\n- { id: a, title: a, exercise: E1, points: 100, "
	    "proves: [R1] }\n");
	put("labs/toy/check/a.yaml", "- { obs: x, expect: \"1\" }\n");
	put("labs/toy/stub/toy.c", "int toy;\n");
	lacks("not all proofs were run");
	put("build/results/verify-toy", "ok solution\nok wrong/a\n");
	lacks("not all proofs were run");
	put("build/results/verify-toy", "ok solution\nok stub\nok wrong/a\n");
	lacks(NULL);
	put("build/results/verify-toy", "ok solution\nok stub\nFAIL wrong/a\n");
	lacks("a proof failed");
}

static void
test_faults(void **state)
{
	(void)state;
	put("mk/requirements.txt", "A1 now one\nA1 now again\nA3 soon x\n");
	put("COURSE.md", "explains: A1 A7\n");
	lacks(NULL);
	assert_int_equal(table.n, 1);
	assert_int_equal(table.faults.n, 3);
	put("src/test/x/tests.yaml", "- { id: x, title: x, proves: [B1] }\n");
	lacks(NULL);
	assert_int_equal(table.faults.n, 4);
}

/* A run that checks some leaves the others; in one run all must be well. */
static void
test_kept(void **state)
{
	char *objects = text("%s/build", root);
	struct kept k;

	(void)state;
	put("build/results/r", "FAIL a\nok b\nok c\n");
	kept_open(&k, objects, "r");
	kept_note(&k, "a", true);
	kept_note(&k, "b", true);
	kept_note(&k, "b", false);
	kept_note(&k, "b", true);
	kept_note(&k, "d e", true);
	kept_save(&k);
	kept_close(&k);
	kept_open(&k, objects, "r");
	assert_int_equal(k.n, 4);
	assert_true(kept_find(&k, "a")->ok);
	assert_false(kept_find(&k, "b")->ok);
	assert_true(kept_find(&k, "c")->ok);
	assert_true(kept_find(&k, "d-e")->ok);
	assert_null(kept_find(&k, "f"));
	kept_close(&k);
	kept_open(&k, objects, "none");
	assert_int_equal(k.n, 0);
	kept_close(&k);
	free(objects);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_done),
		TEST(test_words_do_not_count),
		TEST(test_each_proof_must_pass),
		TEST(test_failure_comes_first),
		TEST(test_nothing),
		TEST(test_lab),
		TEST(test_faults),
		TEST(test_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
