/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The stations of a submission: taken in, built, booted, judged, scored.
 */
#include "grader/command/grading.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "grader/base/quote.h"
#include "grader/command/building.h"
#include "grader/command/outdir.h"
#include "grader/command/token.h"
#include "grader/judge/findings.h"
#include "grader/judge/place.h"
#include "grader/lab/shuffle.h"
#include "grader/report/result_show.h"
#include "grader/report/ticker.h"
#include "test/report/sha256.h"

#define PUBLIC_KEY  "lacuna"
#define CONSOLE_MAX 1000 /* bytes of a console that are kept */

/* The boots of one grading, group by group, so that rows come early. */
struct session {
	const struct grading *g;
	struct result *r;
	struct build build;
	struct strings meant; /* tests in which services die */
	struct boot_order *orders;
	const char ***tests; /* of each order */
	unsigned int *group; /* of each order */
	struct boot *boots;
	bool *in;             /* this boot has ended */
	atomic_bool hopeless; /* the first one shows that nothing will count */
	bool *shown;          /* the row of this test has been printed */
	size_t n;
	atomic_size_t over; /* boots */
	struct ticker *ticker;
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

/* Is a test wanted? Those of sanity always are. */
static bool
is_wanted(const struct test *t, const char *only)
{
	return only == NULL || t->sanity || list_has(only, t->id);
}

void
grading_order(const struct lab *lab, const char *only, unsigned int group,
    unsigned int seed, const char ***tests, struct boot_order *order)
{
	const char **names = need((lab->tests_count + 1) * sizeof *names);
	unsigned int i, n = 0, longest = 0;

	memset(order, 0, sizeof *order);
	for (i = 0; i < lab->tests_count; i++) {
		if (lab->tests[i].group != group ||
		    !test_runs_under(&lab->tests[i], seed) ||
		    !is_wanted(&lab->tests[i], only))
			continue;
		names[n++] = lab->tests[i].id;
		order->stops |= test_asks_memory(&lab->tests[i]);
		if (lab->tests[i].seconds > longest)
			longest = lab->tests[i].seconds;
	}
	*tests = names;
	order->tests = names;
	order->stops |= lab_is_inside(lab);
	order->still = true; /* so that a report can say where */
	order->seed = seed;
	order->seconds = longest;
	order->params = lab_params(lab, group);
	order->budget = lab->budget * 1000000ull;
}

void
grading_meant(const struct lab *lab, struct strings *meant)
{
	unsigned int i;

	for (i = 0; i < lab->tests_count; i++)
		if (lab->tests[i].deaths)
			strings_add(meant, lab->tests[i].id);
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

static size_t
count_names(const char *const *names)
{
	size_t n = 0;

	while (names[n] != NULL)
		n++;
	return n;
}

/* A boot has said something: time to tell how far all are? */
static int
on_record(void *ctx, const struct boot *boot)
{
	struct session *s = ctx;
	const struct stream *last = record_last(&boot->record);

	if (ticker_due(s->ticker))
		ticker_tell(s->ticker, "Booting: %zu of %zu boots are over%s%s",
		    atomic_load(&s->over), s->n,
		    last != NULL ? ", another is in " : "",
		    last != NULL ? last->test : "");
	return 0;
}

/* Order one boot; false: none of its tests is wanted under that schedule. */
static bool
add_order(struct session *s, unsigned int group, unsigned int seed,
    const char *image)
{
	struct boot_order *o = &s->orders[s->n];

	grading_order(s->g->lab, s->g->only, group, seed, &s->tests[s->n], o);
	if (s->tests[s->n][0] == NULL) {
		free(s->tests[s->n]);
		return false;
	}
	if (s->g->shuffle != 0)
		shuffle_names(s->g->shuffle + 1000 * seed, s->tests[s->n],
		    count_names(s->tests[s->n]));
	o->image = image;
	o->on_record = on_record;
	o->ctx = s;
	o->off = &s->hopeless;
	o->objects = s->build.objects;
	o->dir = text("%s/run-%u-%u", s->g->dir, seed, group);
	o->copy =
	    text("%s/disk-%u-%u.img", scratch_dir(s->g->dir), seed, group);
	grading_nonce(s->g, s->r->submission, seed, group, o->nonce);
	s->group[s->n++] = group;
	return true;
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
	free(s->group);
	free(s->boots);
	free(s->in);
	free(s->shown);
	strings_free(&s->meant);
	build_free(&s->build);
}

static char *
make_token(const struct session *s, size_t i, const struct test *t)
{
	struct token k = { .seed = s->orders[i].seed,
		.only = text("%s", s->g->only != NULL ? s->g->only : "") };
	char *token;

	snprintf(k.lab, sizeof k.lab, "%s", s->g->lab->id);
	snprintf(k.test, sizeof k.test, "%s", t->id);
	memcpy(k.nonce, s->orders[i].nonce, NONCE_SIZE);
	memcpy(k.stage, s->r->stage, 8);
	memcpy(k.submission, s->r->submission, 8);
	memcpy(k.digest, s->boots[i].digest, 8);
	token = token_text(&k);
	free(k.only);
	return token;
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

/* Keep what the first failing schedule says. */
static void
keep_first(const struct session *s, size_t i, const struct test *replayed,
    struct outcome *o, struct verdict *v)
{
	o->first = *v;
	if (v->expected != NULL && v->where == NULL)
		o->first.where =
		    place_of(s->g->site->root, o->test->id, v->message);
	o->seed = s->orders[i].seed;
	o->token = make_token(s, i, replayed);
	o->console = console_end(&s->orders[i]);
}

/* Is a test run in this boot? */
static bool
is_in(const struct session *s, const struct test *t, size_t boot)
{
	return s->group[boot] == t->group &&
	    test_runs_under(t, s->orders[boot].seed) &&
	    is_wanted(t, s->g->only);
}

/* Have all boots with this test ended? */
static bool
is_over(const struct session *s, const struct test *t)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (is_in(s, t, i) && !s->in[i])
			return false;
	return true;
}

/* Judge one test under all its schedules. */
static void
judge_outcome(const struct session *s, struct outcome *o)
{
	struct verdict v;
	size_t i;

	for (i = 0; i < s->n; i++) {
		struct trial t = { o->test, &s->boots[i], s->orders[i].seed,
			s->build.objects, &s->meant };

		if (!is_in(s, o->test, i))
			continue;
		o->run++;
		judge(&t, &v);
		if (v.fault == FAULT_NONE)
			o->passed++;
		if (v.fault != FAULT_NONE && o->token == NULL)
			keep_first(s, i, o->test, o, &v);
		else
			verdict_free(&v);
	}
	o->status = o->passed == o->run     ? STATUS_PASS
	    : o->first.fault == FAULT_INFRA ? STATUS_ERROR
					    : STATUS_FAIL;
	o->judged = true;
}

/* Decide what can be decided by now, and print its rows. */
static void
settle(struct session *s)
{
	struct result *r = s->r;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		if (s->shown[i] || !result_decide(r, &r->outcomes[i]))
			continue;
		s->shown[i] = true;
		if (!s->g->rows)
			continue;
		ticker_wipe(s->ticker);
		result_show_row(r, &r->outcomes[i]);
	}
}

/* The test of sanity in which the first boot was stuck, or before it; or NULL:
 * it was not. With it nothing counts, and no other boot would get any further
 * for certain. */
static const struct test *
stuck_in_sanity(const struct session *s)
{
	const struct stall *stall = &s->boots[0].stall;
	const struct lab *lab = s->g->lab;
	const struct test *t;
	unsigned int i;

	for (i = 0; stall->found && i < lab->tests_count; i++) {
		t = &lab->tests[i];
		if (t->sanity && is_in(s, t, 0) &&
		    (stall->test == NULL || strcmp(stall->test, t->id) == 0))
			return t;
	}
	return NULL;
}

/* Judge all tests by the first boot, whatever the others came to, so that the
 * result does not depend on how far they were. */
static void
give_up(struct session *s, const struct test *sanity)
{
	struct result *r = s->r;
	struct outcome *o;
	struct verdict v;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (!is_wanted(o->test, s->g->only))
			continue;
		judge(&(struct trial){ o->test, &s->boots[0], s->orders[0].seed,
			  s->build.objects, &s->meant },
		    &v);
		o->run = 1;
		o->status = STATUS_FAIL;
		o->judged = true;
		keep_first(s, 0, sanity, o, &v);
	}
}

/* Judge what can be judged by now; nothing before the first boot is over. */
static void
judge_ready(struct session *s)
{
	struct result *r = s->r;
	const struct test *t;
	unsigned int i;

	for (i = 0; s->in[0] && i < r->lab->tests_count; i++) {
		t = &r->lab->tests[i];
		if (!r->outcomes[i].judged && is_wanted(t, s->g->only) &&
		    is_over(s, t))
			judge_outcome(s, &r->outcomes[i]);
	}
}

/* A boot has ended. Tests of which it was the last are judged. */
static void
on_boot(void *ctx, size_t boot)
{
	struct session *s = ctx;
	const struct test *sanity;

	if (atomic_load(&s->hopeless))
		return;
	s->in[boot] = true;
	atomic_fetch_add(&s->over, 1);
	sanity = boot == 0 ? stuck_in_sanity(s) : NULL;
	if (sanity != NULL) {
		atomic_store(&s->hopeless, true);
		give_up(s, sanity);
	} else {
		judge_ready(s);
	}
	settle(s);
}

/* Boot everything that is to be booted. */
static void
boot_session(struct session *s)
{
	char *image = site_image(s->build.objects);
	unsigned int groups = count_groups(s->g->lab), seed, group;
	size_t most = (size_t)groups * s->r->schedules;

	s->orders = need(most * sizeof *s->orders);
	s->tests = need(most * sizeof *s->tests);
	s->group = need(most * sizeof *s->group);
	s->boots = need(most * sizeof *s->boots);
	s->in = need(most * sizeof *s->in);
	s->shown = need(s->g->lab->tests_count * sizeof *s->shown);
	grading_meant(s->g->lab, &s->meant);
	for (group = 0; group < groups; group++)
		for (seed = 1; seed <= s->r->schedules; seed++)
			(void)add_order(s, group, seed, image);
	ticker_start(s->ticker, "Booting");
	s->r->interrupted = !boot_each(s->orders, s->boots, s->n, on_boot, s);
	ticker_wipe(s->ticker);
	settle(s); /* prerequisites will not come any more */
	free(image);
}

static void
fail_all(struct result *r, enum fault_class fault, const char *message)
{
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		r->outcomes[i].status = STATUS_FAIL;
		r->outcomes[i].judged = true;
		r->outcomes[i].first.fault = fault;
		r->outcomes[i].first.message = text("%s", message);
	}
}

/* Say which of the lab's files a submission does not have. */
static void
miss(const struct lab *lab, struct import *in)
{
	size_t i;

	for (i = 0; i < lab->stubs.n; i++)
		if (strings_have(&lab->editable, lab->stubs.at[i]) &&
		    !strings_have(&in->files, lab->stubs.at[i]))
			strings_addf(&in->remarks,
			    "%s was not found; the stub's was taken",
			    lab->stubs.at[i]);
}

/* Make the directory of results ready, and keep it to ourselves. */
static int
take_dir(const struct grading *g, const struct result *r)
{
	char *own = text("%s/build", g->site->top), *why;
	int lock = outdir_open(g->dir, g->what, own, &why);

	if (lock < 0 || !outdir_note(g->dir, own, g->lab->id, r->stage, &why))
		die(EXIT_USAGE, "%s", why);
	free(own);
	return lock;
}

/* Take the files in; keep them where they can be graded again. */
static void
take_in(const struct grading *g, struct result *r, const char *to,
    struct import *in)
{
	int e = import_from(g->what, g->lab, NULL, to, in);

	if (e == -ENOENT)
		die(EXIT_INFRA, "%s has gone", g->label);
	if (e == 0)
		miss(g->lab, in);
	r->remarks = in->remarks;
	memset(&in->remarks, 0, sizeof in->remarks);
	if (e < 0) {
		r->refusal = text("%s", in->refusal);
		r->schedules = 0; /* nothing is run */
	}
	memcpy(r->submission, in->hash, sizeof r->submission);
}

/* Why there is nothing to boot. */
static const char *
build_fault(const struct build *build)
{
	return build->limit != NULL ? build->limit
				    : "the submission does not build";
}

/* What was built is what was taken in: nobody changed it meanwhile. */
static void
check_built(const struct grading *g, const struct result *r,
    const struct import *in)
{
	char *tree = text("%s/tree", scratch_dir(g->dir)), hash[65];

	if (import_hash(tree, &in->files, hash) < 0 ||
	    strcmp(hash, r->submission) != 0)
		die(EXIT_INFRA,
		    "the files taken in were changed while they were graded");
	free(tree);
}

/* Build, boot and judge what was taken in. */
static void
grade_files(const struct grading *g, struct result *r, const char *from,
    const struct import *in)
{
	struct ticker ticker;
	struct session s = { .g = g, .r = r, .ticker = &ticker };
	char *tree = text("%s/tree", scratch_dir(g->dir));
	double began;

	ticker_init(&ticker, g->rows);
	ticker_start(&ticker, "Building the system with these files");
	building_run(g, r, &s.build, from);
	check_built(g, r, in);
	began = seconds_now();
	if (r->built)
		boot_session(&s);
	else
		fail_all(r, FAULT_BUILD, build_fault(&s.build));
	result_score(r);
	r->boot_seconds = seconds_now() - began;
	remove_tree(tree);
	free(tree);
	session_free(&s);
}

void
grade(const struct grading *g, struct result *r)
{
	char *from = text("%s/submission", g->dir), *q;
	struct import in;
	int lock;

	if (!file_exists(g->what)) {
		q = quote(g->what);
		die(EXIT_USAGE, "%s: no such file or directory", q);
	}
	result_init(r, g->lab, g->label);
	r->schedules = g->schedules != 0 ? g->schedules : g->lab->schedules;
	r->only = g->only;
	r->again = g->again != NULL ? text("%s", g->again) : NULL;
	site_hash(g->site, &g->lab->stubs, g->lab->dir, r->stage);
	lock = take_dir(g, r);
	take_in(g, r, from, &in);
	if (g->rows)
		result_show_head(r);
	if (r->refusal == NULL)
		grade_files(g, r, from, &in);
	import_free(&in);
	outdir_close(lock);
	free(from);
}
