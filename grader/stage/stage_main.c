/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * stage LAB -o DIR: write the tree that is handed out for a lab.
 * stage --check LAB: write it twice below build/stage, compare the two,
 * search them for the solution, and build the stage's image.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/job.h"
#include "grader/stage/stage.h"

static const char usage_text[] =
    "usage: stage LAB -o DIR     write the tree that students get\n"
    "       stage --check LAB    is it the same each time, and nothing of\n"
    "                            the solution in it?\n"
    "\n"
    "O=DIR in the environment: build directory\n";

static int failures;

static void
check(bool ok, const char *what)
{
	printf("%s  %s\n", ok ? "ok  " : "FAIL", what);
	failures += !ok;
}

static void
check_none(struct strings *found, const char *what)
{
	size_t i;

	check(found->n == 0, what);
	for (i = 0; i < found->n; i++)
		printf("      %s\n", found->at[i]);
	strings_free(found);
}

/* Do two directories hold the same, byte for byte? */
static bool
equal(const char *a, const char *b)
{
	struct job job = { .argv = ARGV("diff", "-r", "-q", "--no-dereference",
			       a, b) };
	struct job_result r;
	bool same = job_run(&job, &r) == 0 && r.status == 0;

	if (!same)
		printf("%s", r.output);
	free(r.output);
	return same;
}

/* Everything a stage promises, but for its score. */
static int
check_stage(const struct site *site, const struct lab *lab)
{
	char *a = text("%s/build/stage/%s-a", site->top, lab->id);
	char *b = text("%s/build/stage/%s-b", site->top, lab->id);
	struct strings found = { 0 };
	char hash[65], again[65];

	remove_tree(a);
	remove_tree(b);
	stage_write(site, lab, a, hash);
	stage_write(site, lab, b, again);
	check(strcmp(hash, again) == 0 && equal(a, b),
	    "two exports are equal, byte for byte");
	stage_compare(site, lab, a, &found);
	check_none(&found, "with the reference files back it is the source");
	stage_search(site, lab, a, &found);
	check_none(&found, "nothing of the solution is in it");
	RUN(a, "git", "fsck", "--strict");
	free(a);
	free(b);
	printf("%d passed, %d failed\n", 3 - failures, failures);
	return failures == 0 ? EXIT_SCORED : EXIT_FAILED;
}

/* Say so if a stage lacks what its README sends students to. */
static void
miss_documents(const char *dir)
{
	static const char *const names[] = { "handout.pdf", "handout.txt" };
	char *path;
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		path = text("%s/%s", dir, names[i]);
		if (!file_exists(path))
			fprintf(stderr,
			    "Note: %s is not there; make handouts, then export "
			    "again (make labs does both).\n",
			    path);
		free(path);
	}
}

int
main(int argc, char **argv)
{
	bool checking = argc == 3 && strcmp(argv[1], "--check") == 0;
	bool writing = argc == 4 && strcmp(argv[2], "-o") == 0;
	struct site site;
	struct lab *lab;
	char hash[65], *why;
	int status = EXIT_SCORED;

	if (argc == 2 &&
	    (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(usage_text, stdout);
		return EXIT_SCORED;
	}
	if (!checking && !writing) {
		fputs(usage_text, stderr);
		return EXIT_USAGE;
	}
	site_open(&site, getenv("O"), false);
	lab = lab_load(site.root, checking ? argv[2] : argv[1], &why);
	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	if (checking) {
		status = check_stage(&site, lab);
	} else {
		stage_write(&site, lab, argv[3], hash);
		printf("%s: lab %s, stage %s\n", argv[3], lab->id, hash);
		miss_documents(argv[3]);
	}
	lab_free(lab);
	site_free(&site);
	return status;
}
