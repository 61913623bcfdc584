/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade verify: the stages of a solution, against what the manifest promises.
 *
 * With exercises 1 to k done exactly their tests pass, so that a student who
 * has done them right sees just these points. And with all done but exercise
 * k, none of its tests passes: nobody gets its points without it.
 */
#include <stdlib.h>

#include "grader/command/verify.h"
#include "grader/lab/stages.h"

/* The exercise with which a test begins to pass, counted from 0. */
static unsigned int
passes_from(const struct lab *lab, const struct test *t)
{
	return exercise_index(lab, t->from != NULL ? t->from : t->exercise);
}

/* Does a test need this exercise, by what the manifest says? */
static bool
belongs(const struct lab *lab, const struct test *t, unsigned int k)
{
	return exercise_index(lab, t->exercise) == k ||
	    passes_from(lab, t) == k;
}

/* One more test is not as it should be. */
static char *
also(char *all, const struct outcome *o)
{
	char *more = text("%s%s%s %s", all != NULL ? all : "",
	    all != NULL ? ", " : "", o->test->id,
	    o->status == STATUS_PASS ? "passes" : "does not pass");

	free(all);
	return more;
}

/* What is wrong with exercises 0..k done, or NULL. */
static char *
differs_to(const struct result *r, unsigned int k)
{
	const struct outcome *o;
	char *why = NULL;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (o->test->points > 0 &&
		    (o->status == STATUS_PASS) !=
			(passes_from(r->lab, o->test) <= k))
			why = also(why, o);
	}
	if (why == NULL && r->score != lab_score_after(r->lab, k))
		why = text("%u were promised", lab_score_after(r->lab, k));
	return why;
}

/* What is wrong with all but exercise k done, or NULL. */
static char *
differs_without(const struct result *r, unsigned int k)
{
	const struct outcome *o;
	char *why = NULL;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (o->test->points > 0 && o->status == STATUS_PASS &&
		    belongs(r->lab, o->test, k))
			why = also(why, o);
	}
	return why;
}

/* What is wrong in general, or NULL. */
static char *
differs_at_all(const struct result *r)
{
	if (r->infra)
		return text("infrastructure");
	return r->built ? NULL : text("does not build: %s", r->build_errors);
}

/* Grade one stage. */
static bool
verify_stage(const struct grading *g, const struct stages *stages,
    const char *name, unsigned int k, bool without)
{
	char *from = text("%s/build/grade/%s-verify/%s.files", g->site->top,
	    g->lab->id, name);
	bool *missing = need(stages->n * sizeof *missing), ok;
	struct result r;
	unsigned int i;
	char *why;

	for (i = 0; i < stages->n; i++)
		missing[i] = without ? i == k : i > k;
	remove_tree(from);
	if (!stages_lay(g->site->root, g->lab, stages, missing, from, &why))
		die(EXIT_USAGE, "%s", why);
	free(verify_grade(g, name, from, &r));
	why = differs_at_all(&r);
	if (why == NULL)
		why = without ? differs_without(&r, k) : differs_to(&r, k);
	ok = verify_tell(g, name, r.score, why,
	    without ? "its tests do not pass without it"
		    : "exactly the tests of these exercises pass");
	result_free(&r);
	free(why);
	free(missing);
	free(from);
	return ok;
}

void
verify_stages(const struct grading *g, int argc, char **argv, int count[2])
{
	struct stages stages;
	char *why, *name;
	unsigned int i, k;
	bool without;

	if (argc == 0)
		return; /* they are no variants: only when asked for */
	if (!stages_load(g->site->root, g->lab, &stages, &why))
		die(EXIT_USAGE, "%s", why);
	for (i = 0; i < 2 * stages.n; i++) {
		without = i >= stages.n;
		k = without ? i - stages.n : i;
		if (!without && k + 1 == stages.n)
			continue; /* the solution itself */
		name = text("stages/%s-%s", without ? "without" : "to",
		    stages.at[k].exercise);
		if (verify_wanted(name, argc, argv))
			count[verify_stage(g, &stages, name, k, without)]++;
		free(name);
	}
	stages_free(&stages);
}
