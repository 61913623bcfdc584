/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Solutions cut back to an exercise. Proves E4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/lab/stages.h"
#include "grader/stage/cut.h"

static const char full[] =
    "int one(int x);\n"
    "static int\nhelp(int x)\n{\n\treturn x;\n}\n\n"
    "int\none(int x)\n{\n\tif (x) {\n\t\tx++;\n\t}\n"
    "\treturn one_more(help(x));\n}\n\n"
    "void\none_more(int a,\n    int b)\n{\n\ttwo();\n}\n";
static const char stub[] = "int\none(int x)\n{\n\treturn -1;\n}\n";

static char root[] = "/tmp/stages-test-XXXXXX";
static char id[] = "toy", e1[] = "E1", e2[] = "E2";
static struct lab lab = { .id = id };
static struct exercise exercises[] = { { .id = e1 }, { .id = e2 } };
static struct stages stages;

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
	if (mkdtemp(root) == NULL)
		return -1;
	put("src/a.c", full);
	put("src/b.c", full);
	put("labs/toy/stub/a.c", stub);
	put("labs/toy/stub/b.c", stub);
	lab.dir = text("%s/labs/toy", root);
	lab.exercises = exercises;
	lab.exercises_count = 2;
	strings_add(&lab.stubs, "src/a.c");
	strings_add(&lab.stubs, "src/b.c");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	remove_tree(root);
	strings_free(&lab.stubs);
	free(lab.dir);
	return 0;
}

/* Load a list of stages; what is wrong with it, or "". */
static char *
fault_of(const char *yaml)
{
	char *why;

	put("solutions/toy/stages.yaml", yaml);
	return stages_load(root, &lab, &stages, &why) ? text("%s", "") : why;
}

static void
expect(const char *yaml, const char *fault)
{
	char *why = fault_of(yaml);

	if (*fault == '\0')
		assert_string_equal(why, "");
	else if (strstr(why, fault) == NULL)
		fail_msg("\"%s\" instead of \"%s\"", why, fault);
	free(why);
}

/* Cut the solution; what is wrong, or "". */
static char *
lay(bool first, bool second)
{
	const bool missing[] = { first, second };
	char *to = text("%s/out", root), *why;

	remove_tree(to);
	if (stages_lay(root, &lab, &stages, missing, to, &why))
		why = text("%s", "");
	free(to);
	return why;
}

/* What a file has become, without its first line's beginning; or NULL. */
static char *
laid(const char *name)
{
	char *path = text("%s/out/%s", root, name), *data;

	if (file_read(path, &data, NULL) < 0)
		data = NULL;
	free(path);
	return data;
}

static void
test_a_body_is_found_by_the_layout(void **state)
{
	char *body = cut_body(full, "one_more");

	(void)state;
	assert_string_equal(body, "{\n\ttwo();\n}");
	free(body);
	body = cut_body(full, "one");
	assert_string_equal(body,
	    "{\n\tif (x) {\n\t\tx++;\n\t}\n\treturn one_more(help(x));\n}");
	free(body);
	assert_null(cut_body(full, "two"));
	assert_null(cut_body(full, "on"));
	assert_null(cut_body("int\none(int);\n", "one"));
	assert_null(cut_body("int\none(int)\n{\n", "one"));
	assert_null(cut_body("", "one"));
}

static void
test_only_that_body_is_replaced(void **state)
{
	char *less = cut_replace(stub, "one", "{\n}");

	(void)state;
	assert_string_equal(less, "int\none(int x)\n{\n}\n");
	free(less);
	assert_null(cut_replace(stub, "two", "{\n}"));
}

static const char good[] =
    "- exercise: E1\n  parts:\n  - { in: src/a.c, function: one }\n"
    "- exercise: E2\n  parts:\n  - { in: src/b.c }\n"
    "  - { in: src/a.c, function: help, body: return 7; }\n";

static void
test_missing_parts_are_as_in_the_stub(void **state)
{
	char *why, *data;

	(void)state;
	expect(good, "");
	why = lay(true, false);
	assert_string_equal(why, "");
	free(why);
	data = laid("src/a.c");
	assert_non_null(strstr(data, "one(int x)\n{\n\treturn -1;\n}\n"));
	assert_non_null(strstr(data, "help(int x)\n{\n\treturn x;\n}\n"));
	assert_non_null(strstr(data, "\ttwo();\n"));
	assert_int_equal(strncmp(data, "_Pragma", 7), 0);
	free(data);
	data = laid("src/b.c");
	assert_non_null(strstr(data, full));
	free(data);
	stages_free(&stages);
}

static void
test_a_body_stands_in_and_a_whole_file_is_not_there(void **state)
{
	char *why, *data;

	(void)state;
	expect(good, "");
	why = lay(false, true);
	assert_string_equal(why, "");
	free(why);
	data = laid("src/a.c");
	assert_non_null(strstr(data, "help(int x)\n{\n\treturn 7;\n}\n"));
	assert_non_null(strstr(data, "one_more(help(x));"));
	free(data);
	assert_null(laid("src/b.c"));
	stages_free(&stages);
}

static void
test_a_part_that_is_nowhere_is_an_error(void **state)
{
	static const struct {
		const char *part, *fault;
	} bad[] = {
		{ "{ in: src/a.c, function: help }", "the stub has no help()" },
		{ "{ in: src/a.c, function: gone, body: x }",
		    "the solution has no gone()" },
	};

	char *yaml, *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		yaml = text("- exercise: E1\n  parts:\n  - %s\n"
			    "- exercise: E2\n  parts:\n  - { in: src/b.c }\n",
		    bad[i].part);
		expect(yaml, "");
		why = lay(true, true);
		assert_non_null(strstr(why, bad[i].fault));
		free(why);
		free(yaml);
		stages_free(&stages);
	}
}

static void
test_every_exercise_has_its_parts_in_order(void **state)
{
	(void)state;
	expect("- exercise: E1\n  parts:\n  - { in: src/a.c }\n",
	    "1 of 2 exercises");
	expect("- exercise: E2\n  parts:\n  - { in: src/a.c }\n"
	       "- exercise: E1\n  parts:\n  - { in: src/a.c }\n",
	    "E2 stands where E1 should");
	expect("- exercise: E1\n  parts: []\n", "stages.yaml");
	expect("- exercise: E1\n  parts:\n  - { in: src/c.c }\n"
	       "- exercise: E2\n  parts:\n  - { in: src/a.c }\n",
	    "src/c.c is no file of the stub");
}

static void
test_a_lab_may_have_no_stages(void **state)
{
	char *path = text("%s/solutions/toy/stages.yaml", root), *why;

	(void)state;
	(void)unlink(path); /* the other tests may not have made it */
	free(path);
	assert_true(stages_load(root, &lab, &stages, &why));
	assert_int_equal(stages.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_body_is_found_by_the_layout),
		cmocka_unit_test(test_only_that_body_is_replaced),
		cmocka_unit_test(test_missing_parts_are_as_in_the_stub),
		cmocka_unit_test(
		    test_a_body_stands_in_and_a_whole_file_is_not_there),
		cmocka_unit_test(test_a_part_that_is_nowhere_is_an_error),
		cmocka_unit_test(test_every_exercise_has_its_parts_in_order),
		cmocka_unit_test(test_a_lab_may_have_no_stages),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
