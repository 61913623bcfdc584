/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Whatever a submission can say, on whichever way out: it cannot command a
 * terminal, and no line of it looks like the score. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "grader/build/build.h"
#include "grader/report/result.h"
#include "grader/report/result_json.h"
#include "grader/report/result_show.h"

#define HOSTILE "x\033[2J\a\b\r\xc2\x9b\xe2\x80\xae\xff\nScore: 100/100\n"

static char dir[] = "/tmp/hostile-test-XXXXXX";
static char toy[] = "toy", first[] = "E1";
static struct test test = { .id = toy, .title = toy, .exercise = first };
static struct exercise exercise = { .id = first, .title = first };
static struct lab lab = { .id = toy,
	.title = toy,
	.tests = &test,
	.tests_count = 1,
	.exercises = &exercise,
	.exercises_count = 1 };

/* Are all bytes fit for a terminal? */
static void
expect_tame(const char *s)
{
	const char *p;

	for (p = s; *p != '\0'; p++)
		if (*p != '\n' && *p != '\t' && (unsigned char)*p < ' ')
			fail_msg("byte %02x in: %s", *p, s);
	assert_null(strstr(s, "\xc2\x9b"));
	assert_null(strstr(s, "\xe2\x80\xae"));
	assert_null(strchr(s, 0xff));
}

/* A result in which everything that comes from outside is hostile. */
static void
make_result(struct result *r)
{
	struct verdict *v;

	result_init(r, &lab, HOSTILE);
	r->built = true;
	r->schedules = 1;
	r->outcomes[0].status = STATUS_FAIL;
	r->outcomes[0].judged = true;
	r->outcomes[0].run = 1;
	r->outcomes[0].console = text("%s", HOSTILE);
	v = &r->outcomes[0].first;
	v->fault = FAULT_WRONG;
	v->message = text("%s", HOSTILE);
	v->expected = text("%s", HOSTILE);
	v->seen = text("%s", HOSTILE);
	v->where = text("%s", HOSTILE);
	v->log = text("%s", HOSTILE);
	v->nmore = 1;
	v->more = need(sizeof *v->more);
	v->more[0].message = text("%s", HOSTILE);
	v->more[0].expected = text("%s", HOSTILE);
	v->more[0].seen = text("%s", HOSTILE);
	strings_add(&r->remarks, HOSTILE);
	r->build_errors = text("%s", HOSTILE);
}

/* What a result prints, for free(). */
static char *
shown(struct result *r)
{
	char *path = text("%s/shown", dir), *all;
	int before = dup(STDOUT_FILENO);

	fflush(stdout);
	assert_non_null(freopen(path, "w", stdout));
	result_show_head(r);
	result_show_row(r, &r->outcomes[0]);
	result_show(r, true);
	fflush(stdout);
	assert_true(dup2(before, STDOUT_FILENO) >= 0);
	close(before);
	assert_int_equal(file_read(path, &all, NULL), 0);
	free(path);
	return all;
}

static void
expect_shown(struct result *r, const char *words)
{
	char *all = shown(r);

	expect_tame(all);
	assert_null(strstr(all, "\nScore: 100/100"));
	if (strstr(all, words) == NULL)
		fail_msg("no \"%s\" in: %s", words, all);
	free(all);
}

static void
test_what_is_printed_is_tame(void **state)
{
	struct result r;

	(void)state;
	make_result(&r);
	expect_shown(&r, "\nScore: 0/100\n");
	r.built = false;
	expect_shown(&r, "does not build:\n\n  x\\x1b[2J");
	r.refusal = text("%s", HOSTILE);
	expect_shown(&r, "was refused: x\\x1b[2J");
	result_free(&r);
}

/* All strings of a JSON value, as a program that prints them raw does. */
static void
walk(json_t *j)
{
	void *at;
	size_t i;

	if (json_is_string(j))
		expect_tame(json_string_value(j));
	for (at = json_object_iter(j); at != NULL;
	     at = json_object_iter_next(j, at))
		walk(json_object_iter_value(at));
	for (i = 0; i < json_array_size(j); i++)
		walk(json_array_get(j, i));
}

static void
test_what_is_written_is_tame(void **state)
{
	char *path = text("%s/result.json", dir);
	struct result r;
	json_t *j;

	(void)state;
	make_result(&r);
	result_json(&r, path);
	j = json_load_file(path, 0, NULL);
	assert_non_null(j);
	assert_true(json_is_integer(json_object_get(j, "score")));
	walk(j);
	json_decref(j);
	r.refusal = text("%s", HOSTILE);
	result_json(&r, path);
	j = json_load_file(path, 0, NULL);
	assert_non_null(j);
	assert_true(json_is_null(json_object_get(j, "score")));
	walk(j);
	json_decref(j);
	result_free(&r);
	free(path);
}

/* Either a score, or a reason why there is none. */
static void
test_what_is_no_score_is_not_written_as_one(void **state)
{
	static const char *const reasons[] = { NULL, "refused: no file",
		"the machine failed, not the submission", "interrupted",
		"only asked for: t" };
	char *path = text("%s/result.json", dir);
	struct result r;
	json_t *j, *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		make_result(&r);
		r.refusal = i == 1 ? text("%s", "no file") : NULL;
		r.infra = i == 2;
		r.interrupted = i == 3;
		r.only = i == 4 ? "t" : NULL;
		result_json(&r, path);
		j = json_load_file(path, 0, NULL);
		assert_non_null(j);
		why = json_object_get(j, "no-score");
		assert_true(
		    json_is_null(json_object_get(j, "score")) == (i > 0));
		assert_true(json_is_null(why) == (i == 0));
		if (i > 0)
			assert_string_equal(json_string_value(why), reasons[i]);
		json_decref(j);
		result_free(&r);
	}
	free(path);
}

static void
test_words_of_a_compiler_are_tame(void **state)
{
	char *errors = build_errors(
	    "a.c:1: error: #error " HOSTILE "make: *** error\n", 12);

	(void)state;
	expect_tame(errors);
	assert_string_equal(errors,
	    "a.c:1: error: #error x\\x1b[2J\\x07\\x08\\x0d\\u009b\\u202e"
	    "\\xff\n");
	free(errors);
}

/* Several programs are made of one file; its mistakes are told once. */
static void
test_a_mistake_is_quoted_once(void **state)
{
	char *errors = build_errors("a.c:1: error: x\na.c:2: error: y\n"
				    "a.c:1: error: x\nb.c:1: error: x\n",
	    12);

	(void)state;
	assert_string_equal(errors,
	    "a.c:1: error: x\na.c:2: error: y\nb.c:1: error: x\n");
	free(errors);
}

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	remove_tree(dir);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_printed_is_tame),
		cmocka_unit_test(test_what_is_written_is_tame),
		cmocka_unit_test(test_what_is_no_score_is_not_written_as_one),
		cmocka_unit_test(test_words_of_a_compiler_are_tame),
		cmocka_unit_test(test_a_mistake_is_quoted_once),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
