/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The stations of a submission: taken in, built, booted, judged, scored.
 */
#include "grader/command/grading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "grader/command/token.h"
#include "grader/judge/place.h"
#include "test/report/sha256.h"

#define PUBLIC_KEY  "lacuna"
#define CONSOLE_MAX 1000 /* bytes of a console that are kept */

/* The boots of one grading, schedule by schedule, group by group. */
struct session {
	const struct grading *g;
	struct build build;
	unsigned int groups;
	struct boot_order *orders;
	const char ***tests; /* of each order */
	struct boot *boots;
	size_t n;
};

static double
seconds_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail here */
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
grading_nonce(const struct grading *g, const char *submission,
    unsigned int seed, unsigned int group, uint8_t nonce[NONCE_SIZE])
{
	const char *key = g->key != NULL ? g->key : PUBLIC_KEY;
	char *what = text("%s %s %u %u", g->lab->id, submission, seed, group);
	uint8_t tag[SHA256_SIZE];
	struct hmac m;

	hmac_init(&m, key, strlen(key));
	hmac_add(&m, what, strlen(what));
	hmac_end(&m, tag);
	memcpy(nonce, tag, NONCE_SIZE);
	free(what);
}

void
grading_order(const struct lab *lab, unsigned int group, unsigned int seed,
    const char ***tests, struct boot_order *order)
{
	const char **names = need((lab->tests_count + 1) * sizeof *names);
	unsigned int i, n = 0, longest = 0;

	memset(order, 0, sizeof *order);
	for (i = 0; i < lab->tests_count; i++) {
		if (lab->tests[i].group != group)
			continue;
		names[n++] = lab->tests[i].id;
		order->stops |= test_asks_memory(&lab->tests[i]);
		if (lab->tests[i].seconds > longest)
			longest = lab->tests[i].seconds;
	}
	*tests = names;
	order->tests = names;
	order->seed = seed;
	order->seconds = longest;
	order->params = lab_params(lab, group);
	order->budget = lab->budget * 1000000ull;
}

static unsigned int
count_groups(const struct lab *lab)
{
	unsigned int i, n = 0;

	for (i = 0; i < lab->tests_count; i++)
		if (lab->tests[i].group >= n)
			n = lab->tests[i].group + 1;
	return n;
}

/* Boot everything that is to be booted. */
static void
boot_session(struct session *s, const struct result *r)
{
	char *image = site_image(s->build.objects);
	unsigned int seed, group;
	size_t i = 0;

	s->groups = count_groups(s->g->lab);
	s->n = (size_t)s->groups * r->schedules;
	s->orders = need(s->n * sizeof *s->orders);
	s->tests = need(s->n * sizeof *s->tests);
	s->boots = need(s->n * sizeof *s->boots);
	for (seed = 1; seed <= r->schedules; seed++)
		for (group = 0; group < s->groups; group++, i++) {
			grading_order(s->g->lab, group, seed, &s->tests[i],
			    &s->orders[i]);
			s->orders[i].image = image;
			s->orders[i].objects = s->build.objects;
			s->orders[i].dir =
			    text("%s/run-%u-%u", s->g->dir, seed, group);
			s->orders[i].copy = text("%s/disk-%u-%u.img",
			    scratch_dir(s->g->dir), seed, group);
			grading_nonce(s->g, r->submission, seed, group,
			    s->orders[i].nonce);
		}
	boot_all(s->orders, s->boots, s->n);
	free(image);
}

static void
session_free(struct session *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		boot_free(&s->boots[i]);
		free(s->tests[i]);
		free((char *)(uintptr_t)s->orders[i].dir);
		free((char *)(uintptr_t)s->orders[i].copy);
	}
	free(s->orders);
	free(s->tests);
	free(s->boots);
	build_free(&s->build);
}

static char *
make_token(const struct session *s, const struct result *r, size_t i,
    const struct test *t)
{
	struct token k = { .seed = s->orders[i].seed };

	snprintf(k.lab, sizeof k.lab, "%s", s->g->lab->id);
	snprintf(k.test, sizeof k.test, "%s", t->id);
	memcpy(k.nonce, s->orders[i].nonce, NONCE_SIZE);
	memcpy(k.stage, r->stage, 8);
	memcpy(k.submission, r->submission, 8);
	memcpy(k.digest, s->boots[i].digest, 8);
	return token_text(&k);
}

/* The end of what a run printed on its console, or NULL: nothing. */
static char *
console_end(const struct boot_order *o)
{
	char *path = text("%s/console.txt", o->dir), *data, *end = NULL;
	size_t n;

	if (file_read(path, &data, &n) == 0) {
		end =
		    text("%s", n > CONSOLE_MAX ? data + n - CONSOLE_MAX : data);
		free(data);
	}
	free(path);
	return end;
}

/* Judge one test under all schedules. */
static void
judge_outcome(const struct session *s, const struct result *r,
    struct outcome *o)
{
	struct verdict v;
	unsigned int seed;
	size_t i;

	o->run = r->schedules;
	for (seed = 1; seed <= r->schedules; seed++) {
		i = (size_t)(seed - 1) * s->groups + o->test->group;
		judge(o->test, &s->boots[i], seed, s->build.objects, &v);
		if (v.fault == FAULT_NONE) {
			o->passed++;
			verdict_free(&v);
		} else if (o->token == NULL) {
			o->first = v;
			if (v.expected != NULL && v.where == NULL)
				o->first.where = place_of(s->g->site->root,
				    o->test->id, v.message);
			o->seed = seed;
			o->token = make_token(s, r, i, o->test);
			o->console = console_end(&s->orders[i]);
		} else {
			verdict_free(&v);
		}
	}
	o->status = o->passed == o->run     ? STATUS_PASS
	    : o->first.fault == FAULT_INFRA ? STATUS_ERROR
					    : STATUS_FAIL;
}

static const struct outcome *
outcome_of(const struct result *r, const char *id)
{
	return &r->outcomes[lab_test(r->lab, id) - r->lab->tests];
}

/* A failure behind a failed prerequisite is blocked: fix that first. */
static void
block(const struct result *r, struct outcome *o)
{
	unsigned int i;

	for (i = 0; i < o->test->requires_count; i++)
		if (o->status == STATUS_FAIL &&
		    outcome_of(r, o->test->requires[i])->status !=
			STATUS_PASS) {
			o->status = STATUS_BLOCKED;
			o->blocker = o->test->requires[i];
		}
}

/* The points: sanity first, it gates everything. */
static void
score(struct result *r)
{
	struct outcome *o;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		block(r, o);
		if (o->status == STATUS_ERROR)
			r->infra = true;
		if ((o->test->sanity && o->status != STATUS_PASS) ||
		    o->first.fault == FAULT_FORGED)
			r->gate = r->gate != NULL ? r->gate : o->test;
	}
	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (o->status == STATUS_PASS && r->gate == NULL)
			o->score = o->test->points;
		r->score += o->score;
	}
}

static void
fail_all(struct result *r, enum fault_class fault, const char *message)
{
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		r->outcomes[i].status = STATUS_FAIL;
		r->outcomes[i].first.fault = fault;
		r->outcomes[i].first.message = text("%s", message);
	}
}

/* Say which of the lab's files a submission does not have. */
static void
miss(const struct lab *lab, struct import *in)
{
	size_t i;

	if (in->files.n == 0) {
		strings_add(&in->remarks,
		    "none of the lab's files was found; the stub was graded");
		return;
	}
	for (i = 0; i < lab->stubs.n; i++)
		if (strings_have(&lab->editable, lab->stubs.at[i]) &&
		    !strings_have(&in->files, lab->stubs.at[i]))
			strings_addf(&in->remarks,
			    "%s was not found; the stub's was taken",
			    lab->stubs.at[i]);
}

/* Take the files in; keep them where they can be graded again. */
static void
take_in(const struct grading *g, struct result *r, const char *to)
{
	struct import in;
	int e;

	remove_tree(g->dir);
	e = import_from(g->what, g->lab, to, &in);
	if (e == -ENOENT)
		die(EXIT_USAGE, "%s: no such file or directory", g->what);
	if (e < 0)
		die(EXIT_USAGE, "%s: neither a directory nor an archive",
		    g->what);
	miss(g->lab, &in);
	r->remarks = in.remarks;
	memset(&in.remarks, 0, sizeof in.remarks);
	memcpy(r->submission, in.hash, sizeof r->submission);
	import_free(&in);
}

/* Do a compiler's words blame the submission? A link error does: everything
 * else has been linked before. */
static bool
blames(const struct lab *lab, const char *errors)
{
	size_t i;

	for (i = 0; i < lab->editable.n; i++)
		if (strstr(errors, lab->editable.at[i]) != NULL)
			return true;
	return strstr(errors, "undefined reference") != NULL ||
	    strstr(errors, "multiple definition") != NULL;
}

static void
build_it(const struct grading *g, struct result *r, struct build *build,
    const char *from)
{
	char *work = text("%s/tree", scratch_dir(g->dir)), *log;
	struct build_order order = { .site = g->site,
		.lab = g->lab,
		.submission = from,
		.work = work,
		.unfenced = g->unfenced };

	if (build_run(&order, build) < 0)
		die(EXIT_INFRA,
		    "bubblewrap does not work here; with "
		    "--unfenced the build runs without a fence");
	free(work);
	r->built = build->ok;
	r->build_seconds = build->seconds;
	log = text("%s/build.log", g->dir);
	file_write(log, build->log, strlen(build->log));
	free(log);
	if (build->ok)
		return;
	r->build_errors = build_errors(build->log, 12);
	if (!blames(g->lab, r->build_errors))
		die(EXIT_INFRA, "the build failed:\n%s", build->log);
}

void
grade(const struct grading *g, struct result *r)
{
	struct session s = { .g = g };
	char *from = text("%s/submission", g->dir), *tree;
	double began;
	unsigned int i;

	memset(r, 0, sizeof *r);
	r->lab = g->lab;
	r->label = text("%s", g->label);
	r->schedules = g->schedules != 0 ? g->schedules : g->lab->schedules;
	r->outcomes = need(g->lab->tests_count * sizeof *r->outcomes);
	for (i = 0; i < g->lab->tests_count; i++)
		r->outcomes[i].test = &g->lab->tests[i];
	site_hash(g->site, &g->lab->stubs, g->lab->dir, r->stage);
	take_in(g, r, from);
	build_it(g, r, &s.build, from);
	began = seconds_now();
	if (r->built) {
		boot_session(&s, r);
		for (i = 0; i < g->lab->tests_count; i++)
			judge_outcome(&s, r, &r->outcomes[i]);
	} else {
		fail_all(r, FAULT_BUILD, "the submission does not build");
	}
	score(r);
	r->boot_seconds = seconds_now() - began;
	tree = text("%s/tree", scratch_dir(g->dir));
	remove_tree(tree);
	free(tree);
	free(from);
	session_free(&s);
}

void
result_free(struct result *r)
{
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		verdict_free(&r->outcomes[i].first);
		free(r->outcomes[i].token);
		free(r->outcomes[i].console);
	}
	free(r->outcomes);
	strings_free(&r->remarks);
	free(r->label);
	free(r->build_errors);
	memset(r, 0, sizeof *r);
}
