/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Nothing that is not ours is ever removed for results. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/base/base.h"
#include "grader/command/outdir.h"

static char top[] = "/tmp/outdir-test-XXXXXX";

static int
setup(void **state)
{
	char *src = NULL;

	(void)state;
	if (mkdtemp(top) == NULL || chdir(top) < 0)
		return -1;
	src = text("%s/work/src/store.c", top);
	file_write(src, "x", 1);
	free(src);
	file_write("sent.zip", "x", 1);
	file_write("mine/thesis.tex", "x", 1);
	file_write("work/build/grade/old", "x", 1);
	file_write("work/results/old", "x", 1);
	file_write("work/src/old/x", "x", 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	remove_tree(top);
	return 0;
}

/* Open a directory for a submission: refused for this reason, or, for NULL,
 * not. */
static void
expect(const char *dir, const char *what, const char *reason)
{
	char *own = text("%s/work/build", top), *why = NULL;
	int lock = outdir_open(dir, what, own, &why);

	if (reason == NULL && lock < 0)
		fail_msg("%s for %s: %s", dir, what, why);
	if (reason != NULL && lock >= 0)
		fail_msg("%s for %s is allowed", dir, what);
	if (reason != NULL && strstr(why, reason) == NULL)
		fail_msg("%s for %s: %s", dir, what, why);
	outdir_close(lock);
	free(why);
	free(own);
}

static void
test_only_new_empty_and_marked_ones_are_taken(void **state)
{
	(void)state;
	expect("new", "sent.zip", NULL);
	expect("new", "sent.zip", NULL);
	expect("deep/down/new/", "sent.zip", NULL);
	make_dirs("void");
	expect("void", "sent.zip", NULL);
	expect("mine", "sent.zip", "holds files that are no results");
	assert_true(file_exists("mine/thesis.tex"));
}

static void
test_the_submission_is_never_removed(void **state)
{
	(void)state;
	expect(".", "sent.zip", "is or holds the submission");
	expect("/", "sent.zip", "is or holds the submission");
	expect("sent.zip", "sent.zip", "is or holds the submission");
	expect("work", "work", "is or holds the submission");
	expect("work/src/..", "work", "is or holds the submission");
	expect("work/new", "work", "lies in the submission");
	expect("work/src/old", "work", "lies in the submission");
	expect("work/build/grade", "work", NULL); /* not looked at */
	expect("workshop", "work", NULL);
	assert_true(symlink("work", "link") == 0);
	expect("link", "work/src", "is or holds the submission");
	assert_true(file_exists("work/src/store.c"));
	assert_true(file_exists("sent.zip"));
}

static void
test_the_submission_is_looked_at_first(void **state)
{
	(void)state;
	expect("kept", "sent.zip", NULL);
	file_write("kept/result.json", "x", 1);
	expect("kept", "nowhere.zip", "not there");
	assert_true(file_exists("kept/result.json"));
	expect("kept", "sent.zip", NULL);
	assert_false(file_exists("kept/result.json"));
}

/* All that gradings write goes, all that they do not stays. */
static void
test_what_others_put_beside_results_stays(void **state)
{
	static const char *const ours[] = { "result.json", "result.json.new",
		"build.log", "submission/src/store.c", "run-1-0/channel.txt",
		"run-12-3/console.txt", "scratch-AbCd12/x", "channel.txt",
		"console.txt", "debug.sym" };
	static const char *const theirs[] = { "remarks.txt", "mine/thesis.tex",
		"result.json.bak", "run-1-0.txt", "run-1", "run-", "run-1-0x",
		"submission.zip", ".git/HEAD" };
	size_t i;
	char *path;

	(void)state;
	expect("class", "sent.zip", NULL);
	for (i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		path = text("class/%s", ours[i]);
		file_write(path, "x", 1);
		free(path);
	}
	for (i = 0; i < sizeof theirs / sizeof theirs[0]; i++) {
		path = text("class/%s", theirs[i]);
		file_write(path, "x", 1);
		free(path);
	}
	expect("class", "sent.zip", NULL);
	for (i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		path = text("class/%s", ours[i]);
		assert_false(file_exists(path));
		free(path);
	}
	for (i = 0; i < sizeof theirs / sizeof theirs[0]; i++) {
		path = text("class/%s", theirs[i]);
		assert_true(file_exists(path));
		free(path);
	}
	remove_tree("class");
}

/* What cannot be a directory is told, and nothing is made on the way. */
static void
test_what_cannot_be_a_directory_is_refused(void **state)
{
	(void)state;
	assert_true(symlink("nowhere", "dangling") == 0);
	file_write("file", "x", 1);
	expect("dangling", "sent.zip", "link that leads nowhere");
	expect("dangling/below", "sent.zip", "leads nowhere");
	expect("file", "sent.zip", "is no directory");
	expect("file/below/it", "sent.zip", "below a file");
	assert_false(file_exists("nowhere"));
	make_dirs("locked");
	assert_int_equal(chmod("locked", 0555), 0);
	if (access("locked", W_OK) < 0) /* root may write everywhere */
		expect("locked/new", "sent.zip", "cannot be written");
}

static void
test_results_are_not_nested(void **state)
{
	(void)state;
	expect("outer", "sent.zip", NULL);
	expect("outer/inner", "sent.zip", "results of another grading");
	expect("outer/submission/deep", "sent.zip", "of another grading");
	expect("outer2/inner", "sent.zip", NULL);
	expect("work/build/outer", "work", NULL);
	expect("work/build/outer/inner", "work", NULL); /* ours */
}

static void
test_one_grading_at_a_time(void **state)
{
	char *own = text("%s/work/build", top), *why = NULL;
	int lock = outdir_open("busy", "sent.zip", own, &why);

	(void)state;
	assert_true(lock >= 0);
	file_write("busy/result.json", "x", 1);
	expect("busy", "sent.zip", "in use by another grading");
	assert_true(file_exists("busy/result.json"));
	outdir_close(lock);
	expect("busy", "sent.zip", NULL);
	free(own);
}

/* Note a stage; is it the only one? */
static void
note(const char *dir, const char *lab, const char *stage, bool only)
{
	char *own = text("%s/work/build", top), *why = NULL;
	int lock = outdir_open(dir, "sent.zip", own, &why);

	assert_true(lock >= 0);
	assert_int_equal(outdir_note(dir, own, lab, stage, &why), only);
	outdir_close(lock);
	free(why);
	free(own);
}

static void
test_results_are_of_one_stage(void **state)
{
	(void)state;
	note("class/ann", "ds", "1234", true);
	note("class/bob", "ds", "1234", true);
	note("class/ann", "ds", "1234", true);
	note("class/cow-ann", "cow", "9999", true);
	note("class/eve", "ds", "5678", false);
	note("work/build/grade/a", "ds", "1", true);
	note("work/build/grade/b", "ds", "2", true); /* ours: not compared */
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_new_empty_and_marked_ones_are_taken),
		cmocka_unit_test(test_the_submission_is_never_removed),
		cmocka_unit_test(test_the_submission_is_looked_at_first),
		cmocka_unit_test(test_what_others_put_beside_results_stays),
		cmocka_unit_test(test_what_cannot_be_a_directory_is_refused),
		cmocka_unit_test(test_results_are_not_nested),
		cmocka_unit_test(test_one_grading_at_a_time),
		cmocka_unit_test(test_results_are_of_one_stage),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
