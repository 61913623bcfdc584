/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade replay: a failing run once more, instruction for instruction; with
 * -d in the debugger, stopped where the lab's files are entered before that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/job.h"
#include "grader/base/quote.h"
#include "grader/command/cmd.h"
#include "grader/command/outdir.h"
#include "grader/command/token.h"
#include "grader/emulator/bochs.h"
#include "grader/report/replay_show.h"

#define BREAKPOINTS 15 /* Bochs takes 16 */

/* What a replay works with. */
struct replay {
	struct token token;
	struct site site;
	struct lab *lab;
	struct import in;
	struct build build;
	const char **tests;
	struct boot_order order;
	struct boot boot;
	char *dir;
	int lock; /* on it */
	struct strings meant;
	struct verdict verdict;
};

/* Which files: the named ones, those graded last, or this tree. */
static char *
files_of(const struct replay *r, const struct options *o)
{
	char *last =
	    text("%s/build/grade/%s/submission", r->site.top, r->lab->id);

	if (o->what != NULL) {
		free(last);
		return given(&r->site, r->lab, o->what, r->dir);
	}
	if (r->site.student == NULL && file_exists(last))
		return last;
	free(last);
	return text("%s", r->site.top);
}

/* A directory for what the replay writes. */
static void
take_dir(struct replay *r, const char *what)
{
	char *own = text("%s/build", r->site.top), *why;

	r->lock = outdir_open(r->dir, what, own, &why);
	if (r->lock < 0)
		die(EXIT_USAGE, "%s", why);
	free(own);
}

/* The files are not those of the token: said before a minute goes by. */
static void
warn_other(const char *what)
{
	char *q = quote(what);

	printf("Note: %s is not what the token was made of, or was changed "
	       "since; this is\nanother run. Name the submission with -s "
	       "(make: OF=PATH).\n",
	    q);
	fflush(stdout);
	free(q);
}

static void
prepare(struct replay *r, const struct options *o)
{
	char *what = files_of(r, o), *from = text("%s/submission", r->dir);
	char *work = text("%s/tree", scratch_dir(r->dir));
	struct build_order order = { .site = &r->site,
		.lab = r->lab,
		.submission = from,
		.work = work,
		.unfenced = o->unfenced };

	if (!file_exists(what))
		die(EXIT_USAGE, "%s: no such file or directory", what);
	take_dir(r, what);
	if (import_from(what, r->lab, NULL, from, &r->in) < 0)
		die(EXIT_USAGE,
		    "%s: %s; the submission is given with -s (make: OF=PATH)",
		    what,
		    r->in.refusal != NULL ? r->in.refusal
					  : "no such submission");
	if (strncmp(r->in.hash, r->token.submission, 8) != 0)
		warn_other(what);
	if (build_run(&order, &r->build) < 0)
		die(EXIT_INFRA, "bubblewrap does not work here (see -u)");
	if (!r->build.ok)
		die(EXIT_USAGE, "the files do not build:\n%s", r->build.log);
	free(what);
	free(from);
	free(work);
}

/* The program a source of the lab belongs to: that of its directory. */
static char *
program_of(const struct replay *r, const char *source)
{
	char *dir = text("%s", source + strlen("src/"));
	char *slash = strrchr(dir, '/'), *program;

	if (slash != NULL)
		*slash = '\0';
	slash = strrchr(dir, '/');
	program = text("%s/%s/%s", r->build.objects, dir,
	    slash != NULL ? slash + 1 : dir);
	free(dir);
	return program;
}

/* Symbols of the kernel and of what the lab is about, as Bochs' debugger
 * wants them. */
static char *
debug_symbols(const struct replay *r)
{
	char *dir = realpath(r->dir, NULL);
	char *path = text("%s/debug.sym", dir != NULL ? dir : r->dir);
	char *from = text("'%s/kernel/kernel'", r->build.objects);
	char *program, *more, *make;
	size_t i;

	for (i = 0; i < r->lab->stubs.n; i++) {
		program = program_of(r, r->lab->stubs.at[i]);
		if (file_exists(program) && strstr(from, program) == NULL) {
			more = text("%s '%s'", from, program);
			free(from);
			from = more;
		}
		free(program);
	}
	make = text("i686-linux-gnu-nm %s | "
		    "sed -n 's/^\\([0-9a-f]*\\) [A-Za-z] /\\1 /p' > '%s'",
	    from, path);
	RUN(NULL, "sh", "-c", make);
	free(make);
	free(from);
	free(dir);
	return path;
}

/* Is a line of nm that of a function which other files call, and does it lie
 * in a file of the lab? "ADDRESS T NAME<tab>FILE:LINE" */
static bool
is_entry(const struct lab *lab, const char *line)
{
	char *file;
	size_t i;
	bool found = false;

	if (strlen(line) < 10 || strncmp(line + 8, " T ", 3) != 0)
		return false;
	for (i = 0; i < lab->stubs.n && !found; i++) {
		file = text("%s:", lab->stubs.at[i]);
		found = strstr(line, file) != NULL;
		free(file);
	}
	return found;
}

/* Breakpoints where the lab's files are entered; as many as Bochs takes. */
static void
break_at_entries(const struct replay *r, struct strings *lines)
{
	char *kernel = text("%s/kernel/kernel", r->build.objects), *program;
	char *all, *rest, *line;
	struct strings nm = { 0 };
	size_t i;
	unsigned int n = 0;

	strings_add(&nm, "i686-linux-gnu-nm");
	strings_add(&nm, "-l");
	strings_add(&nm, kernel);
	for (i = 0; i < r->lab->stubs.n; i++) {
		program = program_of(r, r->lab->stubs.at[i]);
		if (file_exists(program) && !strings_have(&nm, program))
			strings_add(&nm, program);
		free(program);
	}
	all = rest = job_must(NULL, ARGS(&nm));
	while ((line = strsep(&rest, "\n")) != NULL && n < BREAKPOINTS)
		if (is_entry(r->lab, line)) {
			strings_addf(lines, "lb 0x%.8s", line);
			n++;
		}
	free(all);
	free(kernel);
	strings_free(&nm);
}

/* When the test said what it said last before the failure. What it did then,
 * up to the failing record, is the cause as far as it can be known. */
static uint64_t
last_sound(const struct replay *r, const char *test)
{
	const struct stream *s = record_stream(&r->boot.record, test);
	uint64_t last = s != NULL ? s->first : 0;
	size_t i;

	for (i = 0; s != NULL && i < s->nseen; i++)
		if (s->seen[i].time < r->verdict.time && s->seen[i].time > last)
			last = s->seen[i].time;
	for (i = 0; s != NULL && i < s->nfailures; i++)
		if (s->failures[i].time < r->verdict.time &&
		    s->failures[i].time > last)
			last = s->failures[i].time;
	/* Nothing was said after the cause of a crash. */
	return r->verdict.rule != NULL && strcmp(r->verdict.rule, "wrong") != 0
	    ? r->verdict.time
	    : last;
}

/* In the debugger, stopped where the student's files are entered first after
 * the last record before the failing one. */
static int
debug(const struct replay *r)
{
	uint64_t since = last_sound(r, r->token.test);
	char *params = boot_params(&r->order), *path = debug_symbols(r);
	struct strings before = { 0 };
	struct bochs_config c = { .image = r->order.image,
		.params = params,
		.ips = boot_ips(r->order.seed) };
	int e;

	strings_addf(&before, "ldsym global \"%s\"", path);
	strings_addf(&before, "sba %llu", (unsigned long long)since);
	strings_add(&before, "c");
	break_at_entries(r, &before);
	strings_add(&before, "c");
	strings_add(&before, "bt 12");
	c.before = ARGS(&before);
	printf(
	    "The failing record comes at %llu, the one before it at %llu. "
	    "Stops where your\nfiles are entered first in between; c goes on "
	    "to the next entry, bt shows the\nstack, lb \"FUNCTION\" sets a "
	    "breakpoint, q leaves.\n",
	    (unsigned long long)r->verdict.time, (unsigned long long)since);
	fflush(stdout);
	e = bochs_debug(&c);
	strings_free(&before);
	free(params);
	free(path);
	return e == 0 ? EXIT_SCORED : EXIT_INFRA;
}

/* Did the same happen as when the token was made? */
static int
compare(const struct replay *r)
{
	char stage[65];

	site_hash(&r->site, &r->lab->stubs, r->lab->dir, stage);
	if (strncmp(stage, r->token.stage, 8) != 0) {
		printf("The system has changed since the token was made, so "
		       "this is another run.\n");
		return EXIT_SCORED;
	}
	if (strncmp(r->in.hash, r->token.submission, 8) != 0) {
		printf("The files have changed since the token was made, so "
		       "this is another run.\n");
		return EXIT_SCORED;
	}
	if (strncmp(r->boot.digest, r->token.digest, 8) != 0) {
		printf("The run did not repeat itself. That is a fault of the "
		       "grader or of this\nmachine, not of the submission: "
		       "please report it with the token.\n");
		return EXIT_INFRA;
	}
	printf("The run repeated itself exactly.\n");
	return EXIT_SCORED;
}

static void
replay_free(struct replay *r)
{
	verdict_free(&r->verdict);
	free(r->token.only);
	strings_free(&r->meant);
	boot_free(&r->boot);
	build_free(&r->build);
	import_free(&r->in);
	free(r->tests);
	free((char *)(uintptr_t)r->order.image);
	free(r->dir);
	lab_free(r->lab);
	site_free(&r->site);
}

int
cmd_replay(int argc, char **argv)
{
	struct replay r = { 0 };
	const struct test *t;
	struct options o;
	int status;

	options_parse(argc, argv, 1, 1, &o);
	if (token_parse(argv[o.first], &r.token) < 0)
		die(EXIT_USAGE, "the token is damaged");
	if (o.stage != NULL)
		site_pin(&r.site, o.stage, r.token.lab);
	else
		site_open(&r.site, o.objects, true);
	r.lab = lab_or_die(&r.site, r.token.lab);
	t = lab_test(r.lab, r.token.test);
	if (t == NULL)
		die(EXIT_USAGE, "lab %s has no test %s", r.lab->id,
		    r.token.test);
	r.dir = o.out != NULL ? text("%s", o.out)
			      : text("%s/build/grade/replay", r.site.top);
	prepare(&r, &o);
	grading_order(r.lab, r.token.only[0] != '\0' ? r.token.only : NULL,
	    t->group, r.token.seed, &r.tests, &r.order);
	r.order.image = site_image(r.build.objects);
	r.order.objects = r.build.objects;
	r.order.dir = r.dir;
	memcpy(r.order.nonce, r.token.nonce, NONCE_SIZE);
	boot_all(&r.order, &r.boot, 1);
	grading_meant(r.lab, &r.meant);
	judge(&(struct trial){ t, &r.boot, r.token.seed, r.build.objects,
		  &r.meant },
	    &r.verdict);
	replay_show(stdout, &r.boot.record, t, &r.verdict);
	fflush(stdout);
	status = compare(&r);
	if (o.debug && status == EXIT_SCORED)
		status = debug(&r);
	outdir_close(r.lock);
	replay_free(&r);
	return status;
}
