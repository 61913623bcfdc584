/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade suite: the system's own tests on the finished system. After every
 * boot the disk must be clean; the first boot is done twice and must repeat
 * itself, byte for byte and instruction for instruction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/command/cmd.h"
#include "grader/command/suite_words.h"
#include "grader/judge/findings.h"
#include "grader/lab/shuffle.h"
#include "grader/lab/tests.h"
#include "grader/requirements/kept.h"

#define BUDGET   20000000000ull /* instructions for one boot */
#define PER_BOOT 12             /* tests; boot parameters have a limit */

/* Tests that share a boot. */
struct batch {
	const struct system_test *tests[PER_BOOT];
	const char *names[PER_BOOT + 1];
	unsigned int n;
};

struct suite {
	struct batch *batches;
	struct boot_order *orders;
	struct boot *boots;
	size_t n;
	const char *objects;
	const char *params; /* for all boots, or NULL: each test's own */
	int count[2];       /* failed, passed */
	struct kept kept;
};

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* May two tests share a boot? */
static bool
same_boot(const struct system_test *a, const struct system_test *b)
{
	return strcmp(a->area, b->area) == 0 &&
	    same_text(a->params, b->params) && same_text(a->image, b->image) &&
	    a->panics == NULL && b->panics == NULL && a->end == NULL &&
	    b->end == NULL;
}

/* Add a test to the batch it fits in, or to a new one. */
static void
batch_add(struct suite *s, const struct system_test *t)
{
	struct batch *b = s->batches;
	size_t i;

	for (i = 0; i < s->n; i++, b++)
		if (b->n < PER_BOOT && same_boot(b->tests[0], t))
			break;
	if (i == s->n)
		s->n++;
	b->tests[b->n] = t;
	b->names[b->n++] = t->test.id;
}

static bool
is_among(const char *area, int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		if (strcmp(area, argv[i]) == 0)
			return true;
	return argc == 0;
}

/* Can a test run under any boot parameters? */
static bool
any_boot(const struct system_test *t)
{
	return t->params == NULL && t->image == NULL && t->panics == NULL &&
	    t->end == NULL;
}

/* Is a test to be run? The areas are the arguments behind the options. */
static bool
wanted(const struct system_test *t, const struct options *o, int argc,
    char **argv)
{
	return is_among(t->area, argc - o->first, argv + o->first) &&
	    (o->only == NULL || list_has(o->only, t->test.id)) &&
	    (o->params == NULL || any_boot(t));
}

/* The first batch of the same tests: the batch itself, or another variant. */
static size_t
first_variant(const struct suite *s, size_t i)
{
	const char *id = s->batches[i].names[0];
	size_t k = 0;

	while (strcmp(s->batches[k].names[0], id) != 0)
		k++;
	return k;
}

/* Build directory's image for a test. */
static char *
image_of(const struct suite *s, const struct system_test *t)
{
	return t->image != NULL ? text("%s/%s.img", s->objects, t->image)
				: site_image(s->objects);
}

static void
order_batch(const struct suite *s, size_t i, const char *dir)
{
	const struct batch *b = &s->batches[i];
	struct boot_order *o = &s->orders[i];
	const char *params;
	unsigned int k;

	o->image = image_of(s, b->tests[0]);
	o->dir = text("%s/%s-%zu", dir, b->tests[0]->area, i);
	o->copy = text("%s/disk-%zu.img", scratch_dir(dir), i);
	o->tests = b->names;
	params = s->params != NULL ? s->params : b->tests[0]->params;
	/* Each service tells at its end what it has used of its rights. */
	o->params = text("uses=1%s%s", params != NULL ? " " : "",
	    params != NULL ? params : "");
	o->budget = BUDGET;
	o->objects = s->objects;
	memset(o->nonce, (int)(first_variant(s, i) + 1), NONCE_SIZE);
	for (k = 0; k < b->n; k++) {
		if (b->tests[k]->test.seconds > o->seconds)
			o->seconds = b->tests[k]->test.seconds;
		o->stops |= test_asks_memory(&b->tests[k]->test);
	}
}

static void
say(struct suite *s, bool ok, const char *what, const char *why)
{
	s->count[ok]++;
	printf("%s  %-30s %s\n", ok ? "ok  " : "FAIL", what, why);
}

/* A test without a stream: the status is all there is. */
static char *
judge_quiet(const struct test *t, const struct boot *b)
{
	char *name = text("end.%s", t->id);
	const struct observation *o =
	    stream_obs(record_stream(&b->record, RUNNER), name);

	free(name);
	if (o == NULL)
		return text("the run ended before it: %s", b->run.reason);
	return strcmp(o->value, "exit 0") == 0 ? NULL : text("%s", o->value);
}

/* A test with a stream. */
static char *
judge_loud(const struct suite *s, const struct test *t, const struct boot *b)
{
	char *why = NULL, *name = text("end.%s", t->id);
	const struct observation *end =
	    stream_obs(record_stream(&b->record, RUNNER), name);
	const struct trial trial = { t, b, 0, s->objects, NULL };
	struct verdict v;

	free(name);
	judge(&trial, &v);
	if (v.fault != FAULT_NONE)
		why = text("%s: %s%s%s%s%s%s%s", fault_text(v.fault), v.message,
		    v.expected != NULL ? "\n      expected " : "",
		    v.expected != NULL ? v.expected : "",
		    v.seen != NULL ? "\n      seen     " : "",
		    v.seen != NULL ? v.seen : "", v.where != NULL ? "\n" : "",
		    v.where != NULL ? v.where : "");
	else if (end != NULL && strcmp(end->value, "exit 0") != 0)
		why = text("%s", end->value);
	verdict_free(&v);
	return why;
}

/* The next observation that must not depend on the variant, or NULL. */
static const struct observation *
next_seen(const struct stream *s, size_t *at)
{
	const struct observation *o;

	while (s != NULL && *at < s->nseen) {
		o = &s->seen[(*at)++];
		if (o->name[0] != '\0' && strncmp(o->name, "count.", 6) != 0)
			return o;
	}
	return NULL;
}

/* Where two streams of a test differ, or NULL. */
static char *
difference(const struct stream *a, const struct stream *b)
{
	const struct observation *p, *q;
	size_t i = 0, k = 0;

	do {
		p = next_seen(a, &i);
		q = next_seen(b, &k);
		if ((p == NULL) != (q == NULL))
			return text("only one of them saw %s",
			    p != NULL ? p->name : q->name);
		if (p != NULL && strcmp(p->name, q->name) != 0)
			return text("%s here, %s there", p->name, q->name);
		if (p != NULL && strcmp(p->value, q->value) != 0)
			return text("%s: %s here, %s there", p->name, p->value,
			    q->value);
	} while (p != NULL);
	return NULL;
}

/* Tests with variants must have seen the same in all. */
static void
judge_variants(struct suite *s, size_t i)
{
	size_t first = first_variant(s, i);
	const struct batch *b = &s->batches[i];
	char *why, *what;
	unsigned int k;

	for (k = 0; first != i && k < b->n; k++) {
		why = difference(
		    record_stream(&s->boots[first].record, b->names[k]),
		    record_stream(&s->boots[i].record, b->names[k]));
		kept_note(&s->kept, b->names[k], why == NULL);
		what = text("%s in variants", b->names[k]);
		say(s, why == NULL, what,
		    why != NULL ? why : b->tests[k]->params);
		free(what);
		free(why);
	}
}

/* Whatever the test is. */
static char *
judge_test(const struct suite *s, const struct system_test *t,
    const struct boot *b)
{
	char *why;

	if (t->panics != NULL)
		why = words_panic(t, b);
	else
		why = t->quiet ? judge_quiet(&t->test, b)
			       : judge_loud(s, &t->test, b);
	return why != NULL ? why : words_say(t, &b->record);
}

/* The console of a boot. */
static char *
console(const struct boot_order *o)
{
	char *path = text("%s/console.txt", o->dir), *data;

	if (file_read(path, &data, NULL) < 0)
		data = text("%s", "");
	free(path);
	return data;
}

/* How the machine went down behind a test that says how it should. */
static void
judge_way_down(struct suite *s, size_t i)
{
	const struct system_test *t = s->batches[i].tests[0];
	const struct boot *b = &s->boots[i];
	char *shown, *why, *what;

	if (t->end == NULL)
		return;
	shown = console(&s->orders[i]);
	why = ending_fault(t->end, &b->record, b->run.ticks,
	    boot_ips(s->orders[i].seed), shown);
	what = text("the way down after %s", t->test.id);
	kept_note(&s->kept, t->test.id, why == NULL);
	say(s, why == NULL, what,
	    why != NULL             ? why
		: t->params != NULL ? t->params
				    : t->test.title);
	free(what);
	free(why);
	free(shown);
}

/* May the disk of a batch be left in disorder? */
static bool
may_be_dirty(const struct batch *b)
{
	return b->tests[0]->end != NULL && b->tests[0]->end->dirty;
}

/* How the run ended, and what it left on the disk. A panic leaves what it
 * leaves. */
static void
judge_end(struct suite *s, size_t i)
{
	const struct boot *b = &s->boots[i];
	char *what;

	if (s->batches[i].tests[0]->panics != NULL)
		return;
	what = text("the disk after %s-%zu", s->batches[i].tests[0]->area, i);
	if (b->run.end != BOCHS_DONE || !b->record.bye)
		say(s, false, what, b->run.reason);
	else
		say(s, b->disk == NULL || may_be_dirty(&s->batches[i]), what,
		    b->disk != NULL ? b->disk : "clean");
	free(what);
}

static void
judge_batch(struct suite *s, size_t i)
{
	const struct system_test *t;
	unsigned int k;
	char *why;

	for (k = 0; k < s->batches[i].n; k++) {
		t = s->batches[i].tests[k];
		why = judge_test(s, t, &s->boots[i]);
		kept_note(&s->kept, t->test.id, why == NULL);
		say(s, why == NULL, t->test.id,
		    why != NULL ? why : t->test.title);
		if (why != NULL)
			printf("      see %s/console.txt, channel.txt\n",
			    s->orders[i].dir);
		free(why);
	}
	judge_end(s, i);
	judge_way_down(s, i);
}

/* The same boot once more: nothing may differ. */
static void
judge_repetition(struct suite *s)
{
	char *before = console(&s->orders[0]), *after;
	struct boot again;

	boot_all(s->orders, &again, 1);
	after = console(&s->orders[0]);
	say(s, strcmp(before, after) == 0, "same console twice",
	    "two boots, byte for byte");
	say(s,
	    again.run.ticks == s->boots[0].run.ticks &&
		strcmp(again.digest, s->boots[0].digest) == 0,
	    "same instructions twice", "two boots, counted");
	free(before);
	free(after);
	boot_free(&again);
}

/* Another order of tests; variants of one stay side by side. */
static void
shuffle(struct system_tests *all, unsigned int seed)
{
	struct system_test t;
	unsigned int i, k;

	for (i = 1; seed != 0 && i < all->n; i++) {
		t = all->at[i];
		for (k = i; k > 0 &&
		     shuffle_compare(seed, t.test.id, all->at[k - 1].test.id) <
			 0;
		     k--)
			all->at[k] = all->at[k - 1];
		all->at[k] = t;
	}
}

int
cmd_suite(int argc, char **argv)
{
	struct suite s = { 0 };
	struct system_tests all;
	struct options o;
	struct site site;
	char *dir;
	unsigned int k;
	size_t i;

	options_parse(argc, argv, 0, 100, &o);
	site_open(&site, o.objects, true);
	tests_load(site.root, &all);
	shuffle(&all, o.shuffle);
	s.batches = need((all.n + 1) * sizeof *s.batches);
	for (k = 0; k < all.n; k++)
		if (wanted(&all.at[k], &o, argc, argv))
			batch_add(&s, &all.at[k]);
	if (s.n == 0)
		die(EXIT_USAGE, "no such tests");
	dir = text("%s/build/grade/suite", site.top);
	remove_tree(dir);
	s.objects = site.objects;
	s.params = o.params;
	s.orders = need(s.n * sizeof *s.orders);
	s.boots = need(s.n * sizeof *s.boots);
	for (i = 0; i < s.n; i++)
		order_batch(&s, i, dir);
	boot_all(s.orders, s.boots, s.n);
	kept_open(&s.kept, site.objects, "suite");
	for (i = 0; i < s.n; i++)
		judge_batch(&s, i);
	for (i = 0; i < s.n; i++)
		judge_variants(&s, i);
	if (s.params == NULL) { /* else it says nothing of other runs */
		judge_repetition(&s);
		kept_save(&s.kept);
	}
	kept_close(&s.kept);
	printf("%d passed, %d failed\n", s.count[1], s.count[0]);
	return s.count[0] == 0 ? EXIT_SCORED : EXIT_FAILED;
}
