/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Ways to kill, the most successful first.
 */
#include "grader/mutate/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/job.h"
#include "grader/command/grading.h"
#include "grader/judge/findings.h"
#include "grader/mutate/rewrite.h"

#define UNIT_CPU   "--cpu=2" /* seconds of processor time for a unit test */
#define UNIT_MS    120000    /* and of the host's, on a busy machine */
#define SEED       1         /* the only schedule */
#define TIMES      2         /* what the finished system takes; and */
#define MORE_TICKS 60000000ull

/* A boot of a mutant. */
struct attempt {
	const struct lab *lab;
	const struct way *way;
	size_t ended; /* observations of the runner seen so far */
	const struct test *killer;
	enum fault_class fault;
};

static bool
passes_unit(const struct unit_way *u, unsigned int mutant)
{
	char *variable = text(MUTANT_VARIABLE "=%u", mutant);
	struct job job = { .limits = { .cpu_ms = UNIT_MS, .idle_ms = UNIT_MS },
		.argv = ARGV("env", variable, "prlimit", UNIT_CPU, "--core=0",
		    u->program),
		.own_signals = true };
	struct job_result r;

	if (job_run(&job, &r) < 0)
		die(EXIT_INFRA, "%s does not start", u->program);
	free(r.output);
	free(variable);
	return r.status == 0;
}

/* Did this test, which has ended, fail? The records behind its own are yet to
 * come, so what is wrong with the run as a whole does not count. */
static enum fault_class
judge_now(const struct test *t, const struct boot *b)
{
	struct boot so_far = *b;
	enum fault_class fault;
	struct verdict v;

	so_far.record.bye = true;
	judge(&(struct trial){ t, &so_far, SEED, NULL, NULL }, &v);
	fault = v.fault;
	verdict_free(&v);
	return fault;
}

static const struct test *
test_of(const struct attempt *a, const char *id)
{
	size_t i;

	for (i = 0; a->way->names[i] != NULL; i++)
		if (strcmp(a->way->names[i], id) == 0)
			return lab_test(a->lab, id);
	return NULL;
}

/* A test has ended: if it failed, that is enough. */
static int
on_record(void *ctx, const struct boot *b)
{
	struct attempt *a = ctx;
	const struct stream *s = record_stream(&b->record, RUNNER);
	const struct test *t;
	const char *name;

	if (s == NULL || s->nseen == a->ended)
		return 0;
	a->ended = s->nseen;
	name = s->seen[s->nseen - 1].name;
	t = strncmp(name, "end.", 4) == 0 ? test_of(a, name + 4) : NULL;
	if (t == NULL)
		return 0;
	a->fault = judge_now(t, b);
	if (a->fault != FAULT_NONE)
		a->killer = t;
	return a->fault != FAULT_NONE;
}

/* Judge what has not been judged on the way. */
static void
judge_rest(struct attempt *a, const struct boot *b)
{
	const struct test *t;
	struct verdict v;
	size_t i;

	for (i = 0; a->killer == NULL && a->way->names[i] != NULL; i++) {
		t = lab_test(a->lab, a->way->names[i]);
		judge(&(struct trial){ t, b, SEED, NULL, NULL }, &v);
		a->fault = v.fault;
		if (v.fault != FAULT_NONE)
			a->killer = t;
		verdict_free(&v);
	}
}

/* Boot one way. FATE_UNKNOWN: it could not be. */
static enum fate
boot_way(const struct court *c, const struct way *way, unsigned int mutant,
    unsigned int worker, struct attempt *a, uint64_t *ticks)
{
	const char *dir = scratch_dir(c->w->dir);
	char *params = text("%s mutant=%u",
	    way->params != NULL ? way->params : "", mutant);
	char *out = text("%s/run-%u", dir, worker);
	char *copy = text("%s/disk-%u.img", dir, worker);
	struct boot_order o = { .image = c->w->image,
		.dir = out,
		.copy = copy,
		.tests = way->names,
		.seed = SEED,
		.seconds = way->seconds,
		.params = params,
		.stops = way->stops,
		.objects = c->w->build.objects,
		.on_record = on_record,
		.ctx = a };
	enum fate fate = FATE_UNKNOWN;
	struct boot b;

	*a = (struct attempt){ .lab = c->w->lab, .way = way };
	memcpy(o.nonce, c->nonce, NONCE_SIZE);
	o.budget = way->ticks != 0 ? way->ticks * TIMES + MORE_TICKS
				   : c->w->lab->budget * 1000000ull;
	boot_run(&o, &b);
	judge_rest(a, &b);
	if (ticks != NULL)
		*ticks = b.run.ticks;
	if (b.infra == NULL && !job_interrupted())
		fate = a->killer != NULL ? FATE_KILLED : FATE_SURVIVED;
	boot_free(&b);
	free(params);
	free(out);
	free(copy);
	return fate;
}

/* Is a way sound: does the finished system pass? */
static bool
is_sound(const struct court *c, struct way *way, unsigned int worker)
{
	struct attempt a;
	uint64_t ticks;

	if (way->tried || way->names[0] == NULL)
		return way->sound;
	way->sound = boot_way(c, way, 0, worker, &a, &ticks) == FATE_SURVIVED;
	way->ticks = ticks;
	way->tried = true;
	if (!way->sound && !job_interrupted())
		fprintf(stderr,
		    "%s fails without a mutant (%s); it does not count\n",
		    a.killer != NULL ? a.killer->id : way->names[0],
		    fault_text(a.fault));
	return way->sound;
}

static unsigned int
kills_of(const struct results *r, const char *kind, const char *name)
{
	char *by = text("%s %s", kind, name);
	unsigned int n = results_kills(r, by);

	free(by);
	return n;
}

/* Add a test to a way that has room for it. */
static void
way_add(struct way *way, const struct test *t, const struct results *r)
{
	size_t n = 0;

	while (way->names[n] != NULL)
		n++;
	way->names[n] = t->id;
	way->stops |= test_asks_memory(t);
	way->kills += kills_of(r, "test", t->id);
	if (t->seconds > way->seconds)
		way->seconds = t->seconds;
}

/* Ways for n tests, each with room for so many, and a NULL. */
static struct way *
ways_new(unsigned int n)
{
	struct way *ways = need((n + 1) * sizeof *ways);
	unsigned int i;

	for (i = 0; i < n; i++)
		ways[i].names = need((n + 1) * sizeof(char *));
	return ways;
}

static void
list_ways(struct court *c, const struct results *r)
{
	const struct lab *lab = c->w->lab;
	unsigned int i;

	c->groups = ways_new(lab->tests_count);
	c->alone = ways_new(lab->tests_count);
	for (i = 0; i < lab->tests_count; i++) {
		const struct test *t = &lab->tests[i];

		if (t->unit)
			continue; /* has been tried on this machine */
		if (t->group >= c->ngroups)
			c->ngroups = t->group + 1;
		way_add(&c->groups[t->group], t, r);
		way_add(&c->alone[i], t, r);
		c->alone[i].params = lab_params(lab, t->group);
		c->groups[t->group].params = c->alone[i].params;
	}
}

static void
list_units(struct court *c, const struct results *r)
{
	size_t i, skip = strlen(c->w->build.objects) + strlen("/unit/");

	c->nunits = c->w->units.n;
	c->units = need((c->nunits + 1) * sizeof *c->units);
	for (i = 0; i < c->nunits; i++) {
		struct unit_way *u = &c->units[i];

		u->program = c->w->units.at[i];
		u->name = text("%s", u->program + skip);
		u->kills = kills_of(r, "unit", u->name);
		u->sound = passes_unit(u, 0);
		if (!u->sound)
			fprintf(stderr,
			    "%s fails without a mutant; it does not count\n",
			    u->name);
	}
}

void
court_open(struct court *c, const struct workshop *w, const struct results *r,
    enum kinds kinds)
{
	struct grading g = { .lab = w->lab };
	size_t i;

	memset(c, 0, sizeof *c);
	c->w = w;
	uv_mutex_init(&c->lock);
	grading_nonce(&g, "mutants", SEED, 0, c->nonce);
	list_ways(c, r);
	c->kinds = kinds;
	if (kinds != BOOTS_ONLY)
		list_units(c, r);
	for (i = 0; kinds != UNITS_ONLY && i < c->ngroups; i++)
		(void)is_sound(c, &c->groups[i], 0); /* it says so */
}

/* Is this the unit test that `by` names? */
static bool
is_unit(const struct unit_way *u, const char *by)
{
	return by != NULL && strncmp(by, "unit ", 5) == 0 &&
	    strcmp(by + 5, u->name) == 0;
}

static struct way *
test_named(const struct court *c, const char *by)
{
	const struct lab *lab = c->w->lab;
	unsigned int i;

	for (i = 0; by != NULL && i < lab->tests_count; i++)
		if (strncmp(by, "test ", 5) == 0 &&
		    strcmp(by + 5, lab->tests[i].id) == 0)
			return &c->alone[i];
	return NULL;
}

/* The next to try: the one that has killed most. n: all are done. */
static size_t
best(const unsigned int *kills, const bool *done, size_t n)
{
	size_t i, found = n;

	for (i = 0; i < n; i++)
		if (!done[i] && (found == n || kills[i] > kills[found]))
			found = i;
	return found;
}

static char *
try_units(struct court *c, unsigned int mutant, const char *hint)
{
	unsigned int *kills = need((c->nunits + 1) * sizeof *kills);
	bool *done = need(c->nunits + 1);
	char *by = NULL;
	size_t i;

	uv_mutex_lock(&c->lock);
	for (i = 0; i < c->nunits; i++) {
		kills[i] =
		    is_unit(&c->units[i], hint) ? -1u : c->units[i].kills;
		done[i] = !c->units[i].sound;
	}
	uv_mutex_unlock(&c->lock);
	while (by == NULL && (i = best(kills, done, c->nunits)) < c->nunits) {
		done[i] = true;
		if (passes_unit(&c->units[i], mutant))
			continue;
		by = text("unit %s", c->units[i].name);
		uv_mutex_lock(&c->lock);
		c->units[i].kills++;
		uv_mutex_unlock(&c->lock);
	}
	free(kills);
	free(done);
	return by;
}

/* A test alone, if that is sound. */
static enum fate
try_alone(struct court *c, struct way *way, unsigned int mutant,
    unsigned int worker, char **by)
{
	struct attempt a;
	enum fate fate;
	bool sound;

	uv_mutex_lock(&c->lock);
	sound = is_sound(c, way, worker);
	uv_mutex_unlock(&c->lock);
	if (!sound)
		return FATE_SURVIVED;
	fate = boot_way(c, way, mutant, worker, &a, NULL);
	if (fate == FATE_KILLED)
		*by = text("test %s", a.killer->id);
	return fate;
}

static enum fate
try_groups(struct court *c, unsigned int mutant, unsigned int worker, char **by)
{
	unsigned int *kills = need((c->ngroups + 1) * sizeof *kills);
	bool *done = need(c->ngroups + 1);
	enum fate fate = FATE_SURVIVED;
	struct attempt a;
	size_t i;

	uv_mutex_lock(&c->lock);
	for (i = 0; i < c->ngroups; i++) {
		kills[i] = c->groups[i].kills;
		done[i] = !c->groups[i].sound;
	}
	uv_mutex_unlock(&c->lock);
	while (fate == FATE_SURVIVED &&
	    (i = best(kills, done, c->ngroups)) < c->ngroups) {
		done[i] = true;
		fate = boot_way(c, &c->groups[i], mutant, worker, &a, NULL);
		if (fate != FATE_KILLED)
			continue;
		*by = text("test %s", a.killer->id);
		uv_mutex_lock(&c->lock);
		c->groups[i].kills++;
		uv_mutex_unlock(&c->lock);
	}
	free(kills);
	free(done);
	return fate;
}

enum fate
try_mutant(struct court *c, const struct mutant *m, const char *hint,
    unsigned int worker, char **by)
{
	struct way *before =
	    c->kinds != UNITS_ONLY ? test_named(c, hint) : NULL;
	enum fate fate = FATE_SURVIVED;

	*by = NULL;
	if (before != NULL)
		fate = try_alone(c, before, m->number, worker, by);
	if (fate == FATE_SURVIVED) {
		*by = try_units(c, m->number, hint);
		fate = *by != NULL ? FATE_KILLED : FATE_SURVIVED;
	}
	if (fate == FATE_SURVIVED)
		fate = try_groups(c, m->number, worker, by);
	return fate;
}

static void
ways_free(struct way *ways, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(ways[i].names);
	free(ways);
}

void
court_close(struct court *c)
{
	size_t i;

	ways_free(c->groups, c->w->lab->tests_count);
	ways_free(c->alone, c->w->lab->tests_count);
	for (i = 0; i < c->nunits; i++)
		free(c->units[i].name);
	free(c->units);
	uv_mutex_destroy(&c->lock);
	memset(c, 0, sizeof *c);
}
