/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Asking make how files are compiled, parsing, asking the compiler which
 * mutants it takes, building.
 */
#include "grader/mutate/workshop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/job.h"
#include "grader/mutate/rewrite.h"
#include "grader/mutate/rules.h"

#define ROUNDS     10        /* of asking the compiler */
#define OUTPUT_MAX (4 << 20) /* bytes of its words */

/* The lab's C files, as one argument of make. */
static char *
files_of(const struct workshop *w)
{
	char *all = text("FILES="), *more;
	size_t i;

	for (i = 0; i < w->n; i++) {
		more = text("%s %s", all, w->sources[i].path);
		free(all);
		all = more;
	}
	return all;
}

/* Behind a word and a blank at the start of a line, or NULL. */
static const char *
behind(const char *line, const char *word)
{
	size_t n = strlen(word);

	if (line == NULL || strncmp(line, word, n) != 0 || line[n] != ' ')
		return NULL;
	return line + n + 1;
}

/* Words of a line, appended. */
static void
split(const char *line, struct strings *words)
{
	size_t n;

	for (; *line != '\0' && *line != '\n'; line += n) {
		line += strspn(line, " \t");
		n = strcspn(line, " \t\n");
		if (n > 0)
			strings_addf(words, "%.*s", (int)n, line);
	}
}

/* How a file is compiled, as make said. */
static void
flags_of(const char *said, const char *who, const char *path,
    struct strings *flags)
{
	const char *line = said, *rest;

	for (; line != NULL;
	     line = strchr(line, '\n'), line = line != NULL ? line + 1 : NULL) {
		rest = behind(behind(line, who), path);
		if (rest != NULL)
			split(rest, flags);
	}
	if (flags->n == 0)
		die(EXIT_INFRA, "make does not say how %s is compiled:\n%s",
		    path, said);
}

/* What make says of the lab's files. */
static char *
ask_make(const struct workshop *w)
{
	struct strings argv = { 0 };
	char *files = files_of(w), *said;

	site_make("mutant-flags", w->site, w->site->objects, NULL, &argv);
	strings_add(&argv, files);
	strings_add(&argv, "-s");
	strings_add(&argv, "PACKAGES=no");
	strings_add(&argv, "LOCKED=yes"); /* nobody else builds there */
	said = job_must(w->site->root, ARGS(&argv));
	strings_free(&argv);
	free(files);
	return said;
}

static enum rewrite_for
kind_of(const struct source *s)
{
	return strncmp(s->path, "src/kernel/", 11) == 0 ? FOR_KERNEL
							: FOR_SERVICE;
}

/* Where the file with all mutants goes. */
static char *
rewritten(const struct workshop *w, const struct source *s)
{
	return text("%s/files/%s", w->dir, s->path);
}

static void
write_file(const struct workshop *w, const struct source *s)
{
	char *path = rewritten(w, s);
	char *data = rewrite(s, &w->mutants, kind_of(s));

	file_write(path, data, strlen(data));
	free(data);
	free(path);
}

/* Ask the compiler about a file until it takes all that is left of it. */
static void
try_file(struct workshop *w, const struct source *s, const struct strings *how)
{
	char *path = rewritten(w, s);
	struct strings argv = { 0 };
	struct job job = { .dir = w->site->root, .limits.output = OUTPUT_MAX };
	struct job_result r;
	bool ok = false;
	size_t i;
	int round;

	for (i = 0; i < how->n; i++)
		strings_add(&argv, how->at[i]);
	strings_add(&argv, "-fsyntax-only");
	strings_add(&argv, "-fmax-errors=0");
	strings_add(&argv, path);
	job.argv = ARGS(&argv);
	for (round = 0; !ok && round < ROUNDS; round++) {
		write_file(w, s);
		if (job_run(&job, &r) < 0)
			die(EXIT_INFRA, "%s does not start", argv.at[0]);
		ok = r.status == 0;
		if (!ok && rewrite_bury(r.output, &w->mutants) == 0)
			die(EXIT_INFRA, "%s:\n%s", path, r.output);
		free(r.output);
	}
	if (!ok)
		die(EXIT_INFRA, "%s does not compile", path);
	strings_free(&argv);
	free(path);
}

static bool
is_c(const char *path)
{
	size_t n = strlen(path);

	return n > 2 && strcmp(path + n - 2, ".c") == 0;
}

/* The lab's files that are there. */
static void
list_sources(struct workshop *w)
{
	const struct strings *files = &w->lab->editable;
	char *path;
	size_t i;

	w->sources = need((files->n + 1) * sizeof *w->sources);
	for (i = 0; i < files->n; i++) {
		path = text("%s/%s", w->site->root, files->at[i]);
		if (is_c(files->at[i]) && file_exists(path))
			w->sources[w->n++].path = text("%s", files->at[i]);
		free(path);
	}
}

static void
parse_file(const struct workshop *w, struct source *s, const char *said)
{
	struct strings flags = { 0 };
	char *name = s->path, *path = text("%s/%s", w->site->root, name), *why;
	size_t i;

	flags_of(said, "clang", name, &flags);
	for (i = 0; i < flags.n; i++) { /* make speaks of its directory */
		char *f = flags.at[i];

		if (strncmp(f, "-I", 2) != 0 || f[2] == '/')
			continue;
		flags.at[i] = text("-I%s/%s", w->site->root, f + 2);
		free(f);
	}
	if (source_parse(path, name, &flags, s, &why) < 0)
		die(EXIT_INFRA, "%s", why);
	strings_free(&flags);
	free(path);
	free(name);
}

void
workshop_open(struct workshop *w, const struct site *site,
    const struct lab *lab)
{
	struct strings how = { 0 };
	char *said;
	size_t i;

	memset(w, 0, sizeof *w);
	w->site = site;
	w->lab = lab;
	w->dir = text("%s/mutants/%s", site->objects, lab->id);
	list_sources(w);
	said = ask_make(w);
	for (i = 0; i < w->n; i++)
		parse_file(w, &w->sources[i], said);
	for (i = 0; i < w->n; i++)
		rules_apply(&w->sources[i], &w->mutants);
	for (i = 0; i < w->n; i++) {
		flags_of(said, "gcc", w->sources[i].path, &how);
		try_file(w, &w->sources[i], &how);
		strings_free(&how);
	}
	free(said);
}

/* The unit tests that make has built, from its words. */
static void
find_units(struct workshop *w)
{
	const char *line = w->build.log, *unit;

	for (; line != NULL;
	     line = strchr(line, '\n'), line = line != NULL ? line + 1 : NULL) {
		unit = behind(line, "unit");
		if (unit != NULL)
			strings_addf(&w->units, "%s/%.*s", w->build.objects,
			    (int)strcspn(unit, "\n"), unit);
	}
}

void
workshop_build(struct workshop *w, bool unfenced)
{
	char *from = text("%s/files", w->dir), *files = files_of(w);
	char *work = text("%s/tree", scratch_dir(w->dir));
	const char *const goals[] = { "mutant-units", files, NULL };
	struct build_order order = { .site = w->site,
		.lab = w->lab,
		.submission = from,
		.work = work,
		.unfenced = unfenced,
		.units = true,
		.goals = goals };
	size_t i;

	for (i = 0; i < w->n; i++)
		write_file(w, &w->sources[i]);
	if (build_run(&order, &w->build) < 0)
		die(EXIT_INFRA,
		    "bubblewrap does not work here; with "
		    "--unfenced the build runs without a fence");
	if (!w->build.ok)
		die(EXIT_INFRA, "the mutants do not build:\n%s", w->build.log);
	find_units(w);
	w->image = site_image(w->build.objects);
	free(work);
	free(files);
	free(from);
}

void
workshop_free(struct workshop *w)
{
	size_t i;

	mutants_free(&w->mutants);
	for (i = 0; i < w->n; i++)
		source_free(&w->sources[i]);
	free(w->sources);
	strings_free(&w->units);
	build_free(&w->build);
	free(w->image);
	free(w->dir);
	memset(w, 0, sizeof *w);
}
