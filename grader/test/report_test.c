/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What people read of a result and of a replay: points in the order of the
 * exercises, whole lines, no word that says nothing. Proves E4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/report/replay_show.h"
#include "grader/report/result_show.h"

#define S(x) ((char *)(uintptr_t)(x))

static struct exercise exercises[] = { { .id = S("E1"), .title = S("first") },
	{ .id = S("E2"), .title = S("second") } };
static struct test tests[] = {
	{ .id = S("t-b"), .title = S("b"), .exercise = S("E2"), .points = 30 },
	{ .id = S("t-a"), .title = S("a"), .exercise = S("E1"), .points = 50 },
	{ .id = S("t-c"), .title = S("c"), .exercise = S("E1"), .points = 20 },
};
static struct lab lab = { .id = S("x"),
	.title = S("X"),
	.exercises = exercises,
	.exercises_count = 2,
	.tests = tests,
	.tests_count = 3 };

/* A result in which only t-a passes. */
static void
make_result(struct result *r)
{
	unsigned int i;

	result_init(r, &lab, "this tree");
	r->built = true;
	for (i = 0; i < 3; i++) {
		r->outcomes[i].judged = true;
		r->outcomes[i].run = 1;
		r->outcomes[i].status = i == 1 ? STATUS_PASS : STATUS_FAIL;
		if (i != 1)
			r->outcomes[i].first.fault = FAULT_WRONG;
	}
	result_score(r);
}

/* What result_show() prints, for free(). */
static char *
shown(const struct result *r)
{
	char *path = text("/tmp/lacuna-report-%d", (int)getpid()), *all = NULL;
	int before = dup(STDOUT_FILENO);
	FILE *f;
	size_t n = 0;

	fflush(stdout);
	assert_non_null(freopen(path, "w", stdout));
	result_show(r, false);
	fflush(stdout);
	assert_true(dup2(before, STDOUT_FILENO) >= 0);
	close(before);
	f = fopen(path, "re");
	assert_non_null(f);
	assert_true(getdelim(&all, &n, '\0', f) > 0);
	fclose(f);
	assert_int_equal(unlink(path), 0);
	free(path);
	return all;
}

/* Points of each exercise stand in their order, whatever the rows' was. */
static void
test_points_are_told_by_exercise(void **state)
{
	struct result r;
	char *all;

	(void)state;
	make_result(&r);
	all = shown(&r);
	assert_non_null(strstr(all,
	    "\nEXERCISE POINTS\n"
	    "first     50/70\n"
	    "second     0/30\n\n"));
	assert_non_null(strstr(all, "\nScore: 50/100\n"));
	free(all);
	result_free(&r);
}

/* Not where no score is told, either. */
static void
test_no_points_where_there_is_no_score(void **state)
{
	struct result r;
	char *all;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		make_result(&r);
		r.infra = i == 0;
		r.interrupted = i == 1;
		r.only = i == 2 ? "t-a" : NULL;
		r.built = i != 3;
		r.build_errors = text("%s", "no");
		all = shown(&r);
		assert_null(strstr(all, "EXERCISE"));
		free(all);
		result_free(&r);
	}
}

/* A token alone, or with what a replay needs beside it. */
static void
test_the_line_for_a_replay_is_whole(void **state)
{
	struct result r;
	char *all;

	(void)state;
	make_result(&r);
	r.outcomes[0].token = text("%s", "x.t-b.1");
	all = shown(&r);
	assert_non_null(strstr(all, "make replay TOKEN=x.t-b.1\n"));
	free(all);
	r.again = text("%s", " OF='/tmp/a b/submission'");
	all = shown(&r);
	assert_non_null(strstr(all,
	    "make replay TOKEN=x.t-b.1 OF='/tmp/a b/submission'\n"));
	free(all);
	result_free(&r);
}

/* How many more: none alone on a line of its own. */
static void
test_the_rest_of_what_was_found_is_told(void **state)
{
	static const struct {
		size_t n;
		const char *says; /* NULL: all are told */
	} cases[] = { { 3, NULL },
		{ 4, "2 more, which VERBOSE=1 (grade run -v) tells" } };
	struct verdict *v;
	struct result r;
	char *all;
	size_t i, k;

	(void)state;
	for (i = 0; i < 2; i++) {
		make_result(&r);
		v = &r.outcomes[0].first;
		v->nmore = cases[i].n;
		v->more = need(v->nmore * sizeof *v->more);
		for (k = 0; k < v->nmore; k++)
			v->more[k].message = text("finding %zu", k);
		all = shown(&r);
		assert_non_null(strstr(all, "finding 1\n"));
		if (cases[i].says != NULL)
			assert_non_null(strstr(all, cases[i].says));
		else
			assert_non_null(strstr(all, "finding 2\n"));
		assert_true(
		    (strstr(all, " more") != NULL) == (cases[i].says != NULL));
		free(all);
		result_free(&r);
	}
}

/* A replay of a record with two observations, and a verdict. */
static char *
replayed(const char *failed, const struct verdict *v)
{
	struct observation seen[] = {
		{ .name = S("value"), .value = S("1\033[2J"), .time = 7 },
		{ .name = S("failed-checks"), .value = S(failed), .time = 9 },
	};
	struct stream s = { .test = S("t-a"), .seen = seen, .nseen = 2 };
	struct record rec = { .streams = &s, .nstreams = 1 };
	char *all = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&all, &n);

	assert_non_null(f);
	replay_show(f, &rec, &tests[1], v);
	fclose(f);
	return all;
}

static void
test_a_replay_ends_its_lines(void **state)
{
	struct finding more = { .message = S("and that") };
	struct verdict v = { .fault = FAULT_WRONG,
		.message = S("this"),
		.expected = S("2"),
		.seen = S("1"),
		.where = S("b_test.c:252"),
		.more = &more,
		.nmore = 1 };
	char *all = replayed("0", &v);

	(void)state;
	assert_non_null(strstr(all,
	    "It fails: wrong observation: this\n"
	    "  expected 2\n"
	    "  seen     1\n"
	    "b_test.c:252\n"
	    "Also: and that\n"));
	assert_int_equal(all[strlen(all) - 1], '\n');
	assert_null(strchr(all, '\033'));
	assert_null(strstr(all, "failed-checks"));
	free(all);
	all = replayed("3", &v);
	assert_non_null(strstr(all, "failed-checks = 3\n"));
	free(all);
	v.fault = FAULT_NONE;
	all = replayed("0", &v);
	assert_non_null(strstr(all, "\nIt passes.\n"));
	free(all);
}

int
main(void)
{
	static const struct CMUnitTest all[] = {
		cmocka_unit_test(test_points_are_told_by_exercise),
		cmocka_unit_test(test_no_points_where_there_is_no_score),
		cmocka_unit_test(test_the_line_for_a_replay_is_whole),
		cmocka_unit_test(test_the_rest_of_what_was_found_is_told),
		cmocka_unit_test(test_a_replay_ends_its_lines),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
