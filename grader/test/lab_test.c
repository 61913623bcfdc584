/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Manifests that are wrong, each in one way. Proves E2, E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/judge/expr.h"
#include "grader/lab/lab.h"

/* A manifest that is right, in pieces that a test may replace. */
static const char *const pieces[] = {
	"id: toy\ntitle: Toy\nworks: all\nstub-score: 0\nschedules: 2\n"
	"budget: 10\n",
	"requirements:\n- { id: R1, text: one }\n",
	"exercises:\n- { id: E1, title: first, difficulty: easy, hours: \"1\" "
	"}\n",
	"tests:\n- { id: a, title: one, exercise: E1, points: 60, proves: [R1] "
	"}\n",
	"- { id: b, title: two, exercise: E1, points: 40, requires: [a], "
	"proves: [R1] }\n",
};

#define PIECES (sizeof pieces / sizeof pieces[0])

static char root[] = "/tmp/lab-test-XXXXXX";

static void
put(const char *name, const char *data)
{
	char *path = text("%s/labs/toy/%s", root, name);

	file_write(path, data, strlen(data));
	free(path);
}

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(root) == NULL)
		return -1;
	put("check/a.yaml", "- { obs: x, expect: \"1\" }\n");
	put("check/b.yaml", "- { obs: x, expect: \"seen > 1\", req: R1 }\n");
	put("stub/servers/toy/toy.c", "int toy;\n");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	remove_tree(root);
	return 0;
}

/* Load the manifest with one piece replaced; what is wrong with it, or "". */
static char *
fault_of(size_t which, const char *piece)
{
	char *all = text("%s", ""), *more, *why = NULL;
	struct lab *lab;
	size_t i;

	for (i = 0; i < PIECES; i++) {
		more = text("%s%s", all, i == which ? piece : pieces[i]);
		free(all);
		all = more;
	}
	put("manifest.yaml", all);
	free(all);
	lab = lab_load(root, "toy", &why);
	if (lab == NULL)
		return why;
	lab_free(lab);
	return text("%s", "");
}

static void
expect(size_t which, const char *piece, const char *fault)
{
	char *why = fault_of(which, piece);

	if (*fault == '\0')
		assert_string_equal(why, "");
	else if (strstr(why, fault) == NULL)
		fail_msg("\"%s\" instead of \"%s\"", why, fault);
	free(why);
}

static void
test_a_lab_that_is_not_there_is_told_with_those_that_are(void **state)
{
	static const char *const ids[] = { "zz", "", ".", "..", "toy/", "/toy",
		"../labs/toy", "toy/check" };
	char *why;
	size_t i;

	(void)state;
	expect(PIECES, "", "");
	for (i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		why = NULL;
		assert_null(lab_load(root, ids[i], &why));
		assert_non_null(strstr(why, "there is no lab"));
		assert_non_null(strstr(why, ", but: toy"));
		free(why);
	}
}

static void
test_a_right_manifest_is_loaded(void **state)
{
	char *why = NULL;
	struct lab *lab;

	(void)state;
	expect(PIECES, "", "");
	lab = lab_load(root, "toy", &why);
	assert_non_null(lab);
	assert_int_equal(lab->tests_count, 2);
	assert_int_equal(lab->exercises[0].points, 100);
	assert_int_equal(lab->editable.n, 1);
	assert_string_equal(lab->editable.at[0], "src/servers/toy/toy.c");
	lab_free(lab);
}

static void
test_a_fixed_file_is_not_handed_in(void **state)
{
	static const char fixed[] = "fixed: [src/servers/toy/fast.c]\n"
				    "requirements:\n- { id: R1, text: one }\n";
	char *fast = text("%s/labs/toy/stub/servers/toy/fast.c", root);
	char *why;
	struct lab *lab;

	(void)state;
	expect(1, fixed, "fast.c is no file of the stub");
	put("stub/servers/toy/fast.c", "int fast;\n");
	expect(1, fixed, "");
	lab = lab_load(root, "toy", &why);
	assert_non_null(lab);
	assert_int_equal(lab->stubs.n, 2);
	assert_int_equal(lab->editable.n, 1);
	assert_string_equal(lab->editable.at[0], "src/servers/toy/toy.c");
	lab_free(lab);
	assert_int_equal(unlink(fast), 0);
	free(fast);
}

static void
test_a_group_can_have_other_parameters(void **state)
{
	char *why;
	struct lab *lab;

	(void)state;
	expect(1,
	    "requirements:\n- { id: R1, text: one }\n"
	    "boots:\n- { group: 7, params: x=1 }\n",
	    "no test is of group 7");
	expect(1,
	    "requirements:\n- { id: R1, text: one }\n"
	    "boots:\n- { group: 0, params: x=1 }\n"
	    "- { group: 0, params: x=2 }\n",
	    "group 0 is there twice");
	expect(1,
	    "requirements:\n- { id: R1, text: one }\nparams: x=1\n"
	    "boots:\n- { group: 0, params: x=2 y=3 }\n",
	    "");
	lab = lab_load(root, "toy", &why);
	assert_non_null(lab);
	assert_string_equal(lab_params(lab, 0), "x=2 y=3");
	assert_string_equal(lab_params(lab, 1), "x=1");
	lab_free(lab);
	expect(PIECES, "", "");
	lab = lab_load(root, "toy", &why);
	assert_null(lab_params(lab, 0));
	lab_free(lab);
}

static void
test_a_test_has_all_schedules_or_the_first(void **state)
{
	const struct test all = { .unit = false }, two = { .schedules = 2 };
	const struct test unit = { .unit = true };
	const struct test both = { .unit = true, .schedules = 2 };

	(void)state;
	assert_true(test_runs_under(&all, 1) && test_runs_under(&all, 9));
	assert_true(test_runs_under(&two, 1) && test_runs_under(&two, 2));
	assert_false(test_runs_under(&two, 3));
	assert_true(test_runs_under(&unit, 1));
	assert_false(test_runs_under(&unit, 2));
	assert_true(test_runs_under(&both, 2));
	assert_false(test_runs_under(&both, 3));
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, schedules: 2, "
	    "proves: [R1] }\n",
	    "");
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, schedules: 3, "
	    "proves: [R1] }\n",
	    "test b wants 3 schedules; the lab has 2");
}

static void
test_points_must_add_up(void **state)
{
	(void)state;
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 41, proves: [R1] }\n",
	    "points add up to 101");
}

/* A lab that runs nothing, or in which nothing is to be done, is none. */
static void
test_numbers_of_nothing_are_refused(void **state)
{
	static const char *const bad[][3] = {
		{ "schedules: 0", "budget: 10\nstub-score: 0",
		    "schedules is 0" },
		{ "schedules: 1", "budget: 0\nstub-score: 0", "budget is 0" },
		{ "schedules: 1", "budget: 1\nstub-score: 100",
		    "stub-score is 100" },
		{ "schedules: 1", "budget: 1\nstub-score: 99", "" },
	};
	char *piece;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		piece = text("id: toy\ntitle: Toy\nworks: all\n%s\n%s\n",
		    bad[i][0], bad[i][1]);
		expect(0, piece, bad[i][2]);
		free(piece);
	}
}

static void
test_an_unknown_key_is_refused(void **state)
{
	(void)state;
	expect(1, "colour: blue\nrequirements:\n- { id: R1, text: one }\n",
	    "colour");
}

static void
test_a_requirement_needs_a_test(void **state)
{
	(void)state;
	expect(1,
	    "requirements:\n- { id: R1, text: one }\n- { id: R2, text: two }\n",
	    "no test proves R2");
}

static void
test_an_exercise_needs_points(void **state)
{
	(void)state;
	expect(2,
	    "exercises:\n- { id: E1, title: x, difficulty: easy, hours: \"1\" "
	    "}\n- { id: E2, title: y, difficulty: easy, hours: \"1\" }\n",
	    "exercise E2 has no points");
}

static void
test_a_prerequisite_comes_first(void **state)
{
	(void)state;
	expect(3,
	    "tests:\n- { id: a, title: one, exercise: E1, points: 60, "
	    "requires: [b], proves: [R1] }\n",
	    "does not come before it");
}

static void
test_a_unit_test_counts_beside_one_of_the_system(void **state)
{
	static const char alone[] =
	    "unit test b requires no test of the system in exercise E1";

	(void)state;
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, unit: true, "
	    "proves: [R1] }\n",
	    alone);
	expect(3,
	    "tests:\n- { id: a, title: one, exercise: E1, points: 60, "
	    "unit: true, requires: [b], proves: [R1] }\n",
	    "does not come before it");
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, unit: true, "
	    "requires: [a], proves: [R1] }\n",
	    "");
}

static void
test_what_the_stub_passes_counts_beside_a_test_it_fails(void **state)
{
	(void)state;
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, backed: true, "
	    "proves: [R1] }\n",
	    "backed test b requires no test of the system in exercise E1");
	expect(4,
	    "- { id: b, title: two, exercise: E1, points: 40, backed: true, "
	    "requires: [a], proves: [R1] }\n",
	    "");
}

static void
test_a_test_may_need_a_later_exercise(void **state)
{
	(void)state;
	expect(4,
	    "- { id: b, title: two, exercise: E1, from: E1, points: 40, "
	    "proves: [R1] }\n",
	    "no later exercise");
	expect(4,
	    "- { id: b, title: two, exercise: E1, from: E9, points: 40, "
	    "proves: [R1] }\n",
	    "no later exercise");
}

static void
test_a_stage_is_worth_the_tests_that_pass(void **state)
{
	struct test tests[] = { { .points = 10 }, { .points = 20 },
		{ .points = 70 } };
	struct exercise exercises[] = { { .points = 30 }, { .points = 70 } };
	char *e1 = text("E1"), *e2 = text("E2");
	struct lab lab = { .tests = tests,
		.tests_count = 3,
		.exercises = exercises,
		.exercises_count = 2 };

	(void)state;
	tests[0].exercise = tests[1].exercise = exercises[0].id = e1;
	tests[2].exercise = exercises[1].id = tests[1].from = e2;
	assert_int_equal(exercise_index(&lab, "E2"), 1);
	assert_int_equal(lab_score_after(&lab, 0), 10);
	assert_int_equal(lab_score_after(&lab, 1), 100);
	free(e1);
	free(e2);
}

static void
test_a_test_must_know_its_exercise(void **state)
{
	(void)state;
	expect(4,
	    "- { id: b, title: two, exercise: E9, points: 40, proves: [R1] }\n",
	    "no exercise E9");
}

static void
test_an_expression_must_be_one(void **state)
{
	(void)state;
	put("check/b.yaml", "- { obs: x, expect: \"1 +\" }\n");
	expect(PIECES, "",
	    "check/b.yaml: observation x: bad expression \"1 +\" at \"\"");
	put("check/b.yaml", "- { obs: x, expect: \"1 + frob('x') > 0\" }\n");
	expect(PIECES, "", "at \"frob('x') > 0\" (no such function");
	put("check/b.yaml", "- { obs: x, expect: \"u32(1)\" }\n");
	expect(PIECES, "", "at \"u32(1)\" (no such function, or other arg");
	put("check/b.yaml", "- { obs: x, expect: \"1\" }\n");
}

static void
test_numbers_shift_and_wrap(void **state)
{
	static const struct {
		const char *source;
		int64_t is;
	} sums[] = { { "1 << 4", 16 }, { "1 << 2 + 2", 16 },
		{ "0xf0 >> 4", 15 }, { "1 << 3 == 8", 1 },
		{ "1 << 63 >> 63", 1 }, { "1 < 2", 1 }, { "8 >> 1 >= 4", 1 },
		{ "9223372036854775807 + 1 < 0", 1 },
		{ "(1 << 63) / -1 == 1 << 63", 1 }, { "(1 << 63) % -1", 0 },
		{ "-(1 << 63) == 1 << 63", 1 } };

	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce };
	struct value v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof sums / sizeof sums[0]; i++) {
		assert_int_equal(expr_eval(sums[i].source, &env, &v, NULL), 0);
		assert_int_equal(v.number, sums[i].is);
	}
	assert_true(expr_eval("1 << 64", &env, &v, NULL) < 0);
	assert_true(expr_eval("1 >> -1", &env, &v, NULL) < 0);
}

static void
test_an_empty_file_is_named(void **state)
{
	static const char *const empty[] = { "", "\n", "# words\n", "---\n",
		"~\n", "[]\n" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof empty / sizeof empty[0]; i++) {
		put("check/b.yaml", empty[i]);
		expect(PIECES, "", "check/b.yaml");
	}
	put("check/b.yaml", "- { obs: x, expect: \"1\" }\n");
}

static void
test_a_file_to_be_added_is_below_src(void **state)
{
	(void)state;
	expect(1,
	    "extra: [mk/flags.mk]\nrequirements:\n- { id: R1, text: x }\n",
	    "mk/flags.mk is not below src");
	expect(1, "extra: [src/../x]\nrequirements:\n- { id: R1, text: x }\n",
	    "src/../x is not below src");
}

/* Replace a few bytes of a text by others that YAML cares about. */
static void
damage(char *s, unsigned int changes)
{
	static const char bytes[] = "\n -:{}[]&*!|>'\"%@`,#?~0aA\t\x80\xff";
	size_t n = strlen(s);

	for (; changes > 0; changes--)
		s[(size_t)random() % n] =
		    bytes[(size_t)random() % (sizeof bytes - 1)];
}

static void
test_damaged_files_are_refused_with_a_reason(void **state)
{
	char check[] =
	    "- { obs: x, expect: \"u32('v', 2) % 7 == 1\", why: w }\n";
	char whole[sizeof check], *all, *piece, *why;
	unsigned int i;

	(void)state;
	srandom(11);
	for (i = 0; i < 2000; i++) {
		memcpy(whole, check, sizeof check);
		if (i % 2 == 0)
			damage(whole, 1 + i % 5);
		put("check/b.yaml", whole);
		piece = text("%s", pieces[i % PIECES]);
		damage(piece, i % 4);
		why = fault_of(i % PIECES, piece);
		assert_non_null(why);
		free(why);
		free(piece);
	}
	all = text("- { obs: x, expect: \"1\" }\n");
	put("check/b.yaml", all);
	free(all);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_a_lab_that_is_not_there_is_told_with_those_that_are),
		cmocka_unit_test(test_a_right_manifest_is_loaded),
		cmocka_unit_test(test_a_fixed_file_is_not_handed_in),
		cmocka_unit_test(test_a_group_can_have_other_parameters),
		cmocka_unit_test(test_a_test_has_all_schedules_or_the_first),
		cmocka_unit_test(test_points_must_add_up),
		cmocka_unit_test(test_numbers_of_nothing_are_refused),
		cmocka_unit_test(test_an_unknown_key_is_refused),
		cmocka_unit_test(test_a_requirement_needs_a_test),
		cmocka_unit_test(test_an_exercise_needs_points),
		cmocka_unit_test(test_a_prerequisite_comes_first),
		cmocka_unit_test(
		    test_a_unit_test_counts_beside_one_of_the_system),
		cmocka_unit_test(
		    test_what_the_stub_passes_counts_beside_a_test_it_fails),
		cmocka_unit_test(test_a_test_may_need_a_later_exercise),
		cmocka_unit_test(test_a_stage_is_worth_the_tests_that_pass),
		cmocka_unit_test(test_a_test_must_know_its_exercise),
		cmocka_unit_test(test_an_expression_must_be_one),
		cmocka_unit_test(test_numbers_shift_and_wrap),
		cmocka_unit_test(test_an_empty_file_is_named),
		cmocka_unit_test(test_a_file_to_be_added_is_below_src),
		cmocka_unit_test(test_damaged_files_are_refused_with_a_reason),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
