/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade verify: proof that the grader tells right from wrong. The stub, the
 * solution and every variant in solutions/LAB must get the verdict they are
 * known to deserve; grader/lab/variant.h says how variants are written. So must
 * the solution cut back to any exercise (verify_stages.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/command/cmd.h"
#include "grader/command/verify.h"
#include "grader/lab/variant.h"
#include "grader/report/result_json.h"
#include "grader/requirements/kept.h"

/* Is a word among words? */
static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);
	const char *at = words;

	while (at != NULL && (at = strstr(at, word)) != NULL) {
		if ((at == words || at[-1] == ' ') &&
		    (at[n] == '\0' || at[n] == ' '))
			return true;
		at += n;
	}
	return false;
}

/* What is wrong about which tests passed, or NULL. */
static char *
tests_differ(const struct result *r, const struct variant *d)
{
	bool more = has_word(d->fails, "...");
	bool first = true;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		const struct outcome *o = &r->outcomes[i];
		bool must_fail = has_word(d->fails, o->test->id);
		bool passed = o->status == STATUS_PASS;

		if (must_fail && passed)
			return text("%s passes", o->test->id);
		if (!must_fail && !passed && !more)
			return text("%s: %s: %s", o->test->id,
			    fault_text(o->first.fault),
			    o->first.message != NULL ? o->first.message : "");
		if (must_fail && first && d->class != NULL &&
		    strcmp(d->class, fault_name(o->first.fault)) != 0)
			return text("%s: class %s instead of %s", o->test->id,
			    fault_name(o->first.fault), d->class);
		if (must_fail)
			first = false;
	}
	return NULL;
}

/* Of the tests that should have passed and did not, the first, and whether
 * there are others; for free(). */
static char *
missed(const struct result *r, const struct variant *d)
{
	const struct outcome *first = NULL, *o;
	unsigned int i, n = 0;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (o->status == STATUS_PASS ||
		    (d->fails != NULL && has_word(d->fails, o->test->id)))
			continue;
		first = first != NULL ? first : o;
		n++;
	}
	if (first == NULL)
		return text("%s", "");
	return text("; %s: %s: %s%s", first->test->id,
	    fault_text(first->first.fault),
	    first->first.message != NULL ? first->first.message : "",
	    n > 1 ? " (and others)" : "");
}

/* The score is not the one deserved: which, and for what test. */
static char *
score_differs(const struct result *r, const struct variant *d)
{
	char *tests = r->score < d->low ? missed(r, d) : text("%s", ""), *all;

	all = text("score %u instead of %u..%u%s", r->score, d->low, d->high,
	    tests);
	free(tests);
	return all;
}

/* What is wrong with a result, or NULL: as deserved. */
static char *
differs(const struct result *r, const struct variant *d)
{
	if (r->refusal != NULL)
		return text("refused: %s", r->refusal);
	if (r->infra)
		return text("infrastructure");
	if (r->score < d->low || r->score > d->high)
		return score_differs(r, d);
	if (!r->built && d->class != NULL && strcmp(d->class, "build") == 0)
		return NULL;
	return d->fails != NULL ? tests_differ(r, d) : NULL;
}

/* Under how many schedules: what is right must be so under all of them, what
 * is wrong is so under any. */
static unsigned int
schedules_for(const struct grading *g, const char *name)
{
	bool right =
	    strcmp(name, "solution") == 0 || strncmp(name, "right/", 6) == 0;

	return right ? g->lab->schedules : 1;
}

/* Keep a verdict for the table of requirements. */
static void
keep(const struct grading *g, const char *name, bool ok)
{
	char *file = text("verify-%s", g->lab->id);
	struct kept kept;

	kept_open(&kept, g->site->objects, file);
	kept_note(&kept, name, ok);
	kept_save(&kept);
	kept_close(&kept);
	free(file);
}

char *
verify_grade(const struct grading *all, const char *name, const char *what,
    struct result *r)
{
	struct grading one = *all, *g = &one;
	char *dir =
	    text("%s/build/grade/%s-verify/%s", g->site->top, g->lab->id, name);
	char *from = given(g->site, g->lab, what, dir), *json;

	if (g->schedules == 0)
		g->schedules = schedules_for(g, name);
	g->what = from;
	g->dir = dir;
	g->label = name;
	grade(g, r);
	json = text("%s/result.json", dir);
	result_json(r, json);
	free(json);
	free(from);
	return dir;
}

bool
verify_tell(const struct grading *g, const char *name, unsigned int score,
    const char *why, const char *change)
{
	const char *said = why != NULL ? why : change != NULL ? change : "";

	keep(g, name, why == NULL);
	printf("%s  %-34s %3u/100  %s\n", why == NULL ? "ok  " : "FAIL", name,
	    score, said);
	fflush(stdout);
	return why == NULL;
}

/* Grade one variant and print a line. */
static bool
verify(const struct grading *g, const char *name, const char *what,
    const struct variant *d)
{
	struct result r;
	char *why;
	bool ok;

	free(verify_grade(g, name, what, &r));
	why = differs(&r, d);
	ok = verify_tell(g, name, r.score, why, d->change);
	result_free(&r);
	free(why);
	return ok;
}

bool
verify_wanted(const char *name, int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		if (strstr(name, argv[i]) != NULL)
			return true;
	return argc == 0;
}

/* All variants of a lab. */
static void
verify_variants(const struct grading *g, int argc, char **argv, int count[2])
{
	char *dir = text("%s/solutions/%s", g->site->root, g->lab->id), *path;
	struct strings names = { 0 };
	struct variant v;
	char *why, *patch;
	size_t i;

	variants_list(dir, &names); /* a lab without any is fine */
	for (i = 0; i < names.n; i++) {
		if (!verify_wanted(names.at[i], argc, argv))
			continue;
		path = text("%s/%s", dir, names.at[i]);
		if (!variant_read(path, &v, &why))
			die(EXIT_USAGE, "%s", why);
		patch = strstr(names.at[i], ".patch");
		if (patch != NULL)
			*patch = '\0';
		count[verify(g, names.at[i], path, &v)]++;
		variant_free(&v);
		free(path);
	}
	strings_free(&names);
	free(dir);
}

int
cmd_verify(int argc, char **argv)
{
	struct variant full = { .low = 100, .high = 100 }, bare = { 0 };
	struct grading g = { 0 };
	struct options o;
	struct site site;
	struct lab *lab;
	int count[2] = { 0, 0 }; /* failed, passed */

	options_parse(argc, argv, 1, 1000, &o);
	site_open(&site, o.objects, true);
	lab = lab_or_die(&site, argv[o.first]);
	g.site = &site;
	g.lab = lab;
	g.schedules = o.schedules;
	g.key = o.key;
	g.unfenced = o.unfenced;
	argc -= o.first + 1;
	argv += o.first + 1;
	bare.low = bare.high = lab->stub_score;
	full.change = text("the finished system");
	bare.change = text("nothing done yet");
	if (verify_wanted("solution", argc, argv))
		count[verify(&g, "solution", "solution", &full)]++;
	if (verify_wanted("stub", argc, argv))
		count[verify(&g, "stub", "stub", &bare)]++;
	verify_variants(&g, argc, argv, count);
	verify_stages(&g, argc, argv, count);
	printf("%d passed, %d failed\n", count[1], count[0]);
	variant_free(&full);
	variant_free(&bare);
	lab_free(lab);
	site_free(&site);
	return count[0] == 0 ? EXIT_SCORED : EXIT_FAILED;
}
