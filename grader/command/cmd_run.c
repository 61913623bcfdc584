/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade run and grade submit: what a student and a teacher type most.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/base/quote.h"
#include "grader/command/cmd.h"
#include "grader/intake/label.h"
#include "grader/lab/variant.h"
#include "grader/report/result_json.h"
#include "grader/report/result_show.h"

/* Copy the lab's files from a tree: `src` beside them, or the stub's. */
static void
copy_files(const struct lab *lab, const char *from, bool stub, const char *to)
{
	char *a, *b;
	size_t i;

	for (i = 0; i < lab->stubs.n; i++) {
		if (!strings_have(&lab->editable, lab->stubs.at[i]))
			continue;
		a = text("%s/%s", from, lab->stubs.at[i] + (stub ? 4 : 0));
		b = text("%s/%s", to, lab->stubs.at[i]);
		if (file_copy(a, b) < 0)
			die(EXIT_INFRA, "cannot copy %s", a);
		free(a);
		free(b);
	}
}

/* Make a variant of the solution's files. */
static void
make_variant(const struct site *site, const struct lab *lab, const char *what,
    const char *to)
{
	char *dir = text("%s/solutions/%s", site->root, lab->id), *why;
	char *from = realpath(what, NULL);

	if (from == NULL)
		die(EXIT_USAGE, "%s: no such file", what);
	if (!variant_lay(dir, from, to, &why))
		die(EXIT_USAGE, "%s", why);
	free(from);
	free(dir);
}

char *
given(const struct site *site, const struct lab *lab, const char *what,
    const char *dir)
{
	bool stub = strcmp(what, "stub") == 0;
	bool solution = strcmp(what, "solution") == 0;
	bool variant = !stub && !solution && is_variant(what);
	char *to, *from;

	if (!stub && !solution && !variant)
		return text("%s", what);
	if (!stub && site->student != NULL)
		die(EXIT_USAGE, "there is no solution in this tree");
	to = text("%s/given", scratch_dir(dir));
	remove_tree(to);
	make_dirs(to);
	from = stub ? text("%s/stub", lab->dir) : text("%s", site->root);
	copy_files(lab, from, stub, to);
	free(from);
	if (variant)
		make_variant(site, lab, what, to);
	return to;
}

/* There must be a test of that name. */
static void
check_test(const struct lab *lab, const char *id)
{
	unsigned int i;

	if (lab_test(lab, id) != NULL)
		return;
	fprintf(stderr, "lab %s has no test %s, but these:\n", lab->id, id);
	for (i = 0; i < lab->tests_count; i++)
		fprintf(stderr, "  %-20s %s\n", lab->tests[i].id,
		    lab->tests[i].title);
	exit(EXIT_USAGE);
}

/* The tests that options -t name, in the lab's order, for free(); or NULL: all
 * are wanted. */
static char *
only_tests(const struct lab *lab, const char *ids)
{
	char *copy, *rest, *id, *all = NULL, *more;
	unsigned int i;

	if (ids == NULL)
		return NULL;
	copy = rest = text("%s", ids);
	while ((id = strsep(&rest, ",")) != NULL)
		check_test(lab, id);
	free(copy);
	for (i = 0; i < lab->tests_count; i++) {
		if (!list_has(ids, lab->tests[i].id))
			continue;
		more = text("%s%s%s", all != NULL ? all : "",
		    all != NULL ? "," : "", lab->tests[i].id);
		free(all);
		all = more;
	}
	return all;
}

/* A pinned stage must be what it says it is. */
static void
check_pin(const struct site *site, const struct lab *lab)
{
	char hash[65];

	site_hash(site, &lab->stubs, lab->dir, hash);
	site_check_pin(site, hash);
}

/* A word for make and the shell behind it. What a terminal would obey is shown
 * as it is elsewhere. */
static char *
make_word(const char *name, const char *path)
{
	char *here = getcwd(NULL, 0), *full, *q, *word, *more;
	const char *s;

	full = *path == '/' || here == NULL ? text("%s", path)
					    : text("%s/%s", here, path);
	q = quote(full);
	word = text(" %s='", name);
	for (s = q; *s != '\0'; s++) {
		more = *s == '\'' ? text("%s'\\''", word)
		    : *s == '$'   ? text("%s$$", word)
				  : text("%s%c", word, *s);
		free(word);
		word = more;
	}
	more = text("%s'", word);
	free(word);
	free(q);
	free(full);
	free(here);
	return more;
}

/* What a replay needs beside its token: where the files are, unless it finds
 * them by itself, and the stage. For free(), or NULL: nothing. */
static char *
again_of(const struct site *site, const struct options *o, const char *given_as,
    const char *dir)
{
	char *files, *of, *pin, *both;

	if (o->stage == NULL && o->out == NULL &&
	    (site->student == NULL || given_as == site->top))
		return NULL;
	files = text("%s/submission", dir);
	of = make_word("OF", files);
	pin = o->stage != NULL ? make_word("PIN", o->stage) : text("%s", "");
	both = text("%s%s", of, pin);
	free(files);
	free(pin);
	free(of);
	return both;
}

static int
status_of(const struct result *r)
{
	if (r->refusal != NULL)
		return EXIT_REFUSED;
	return r->infra || r->interrupted ? EXIT_INFRA : EXIT_SCORED;
}

int
cmd_run(int argc, char **argv)
{
	struct options o;
	struct site site;
	struct grading g = { 0 };
	struct result r;
	char *dir, *what, *json, *label, *only, *again;
	const char *given_as;
	struct lab *lab;
	int status;

	options_parse(argc, argv, 1, 2, &o);
	if (o.stage != NULL)
		site_pin(&site, o.stage, argv[o.first]);
	else
		site_open(&site, o.objects, true);
	if (o.first + 1 >= argc && (site.student == NULL || o.stage != NULL))
		die(EXIT_USAGE,
		    "which submission? grade run %s WHAT (only in a student's "
		    "tree WHAT may be left out: it is that tree)",
		    argv[o.first]);
	lab = lab_or_die(&site, argv[o.first]);
	if (o.stage != NULL)
		check_pin(&site, lab);
	given_as = o.first + 1 < argc ? argv[o.first + 1] : site.top;
	dir = o.out != NULL ? text("%s", o.out)
			    : text("%s/build/grade/%s", site.top, lab->id);
	what = given(&site, lab, given_as, dir);
	g.site = &site;
	g.lab = lab;
	g.shuffle = o.shuffle;
	g.what = what;
	g.dir = dir;
	g.schedules = o.schedules;
	g.key = o.key;
	g.unfenced = o.unfenced;
	only = only_tests(lab, o.only);
	g.only = only;
	again = again_of(&site, &o, given_as, dir);
	g.again = again;
	g.rows = true;
	label = o.label != NULL    ? text("%s", o.label)
	    : given_as == site.top ? text("this tree")
				   : label_of(given_as);
	g.label = label;
	grade(&g, &r);
	json = text("%s/result.json", dir);
	result_json(&r, json);
	result_show(&r, o.verbose);
	status = status_of(&r);
	result_free(&r);
	free(json);
	free(again);
	free(label);
	free(only);
	free(what);
	free(dir);
	lab_free(lab);
	site_free(&site);
	return status;
}

int
cmd_submit(int argc, char **argv)
{
	struct strings tar = { 0 };
	struct options o;
	struct site site;
	struct lab *lab;
	const char *id;
	char *path;
	size_t i;

	options_parse(argc, argv, 0, 1, &o);
	site_open(&site, o.objects, false);
	id = o.first < argc ? argv[o.first] : site.student;
	if (id == NULL)
		die(EXIT_USAGE, "which lab?");
	lab = lab_or_die(&site, id);
	path = o.out != NULL ? text("%s", o.out)
			     : text("%s/%s.tar.gz", site.top, lab->id);
	strings_add(&tar, "tar");
	strings_add(&tar, "-C");
	strings_add(&tar, site.top);
	strings_add(&tar, "--owner=0");
	strings_add(&tar, "--group=0");
	strings_add(&tar, "-czf");
	strings_add(&tar, path);
	for (i = 0; i < lab->editable.n; i++) {
		char *f = text("%s/%s", site.top, lab->editable.at[i]);

		if (file_exists(f))
			strings_add(&tar, lab->editable.at[i]);
		free(f);
	}
	free(job_must(NULL, ARGS(&tar)));
	printf("%s holds:\n", path);
	for (i = 7; i < tar.n; i++)
		printf("  %s\n", tar.at[i]);
	strings_free(&tar);
	free(path);
	lab_free(lab);
	site_free(&site);
	return EXIT_SCORED;
}
