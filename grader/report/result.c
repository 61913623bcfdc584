/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Results, see result.h.
 */
#include "grader/report/result.h"

#include <stdlib.h>
#include <string.h>

#include "grader/base/quote.h"

void
result_init(struct result *r, const struct lab *lab, const char *label)
{
	unsigned int i;

	memset(r, 0, sizeof *r);
	r->lab = lab;
	r->label = quote(label);
	r->outcomes = need(lab->tests_count * sizeof *r->outcomes);
	for (i = 0; i < lab->tests_count; i++)
		r->outcomes[i].test = &lab->tests[i];
}

struct outcome *
result_outcome(const struct result *r, const char *id)
{
	return &r->outcomes[lab_test(r->lab, id) - r->lab->tests];
}

/* Did a test that another requires not pass? One that was not asked for is
 * no obstacle. */
static bool
stands_in_the_way(const struct outcome *o)
{
	return o->status != STATUS_PASS && o->status != STATUS_UNKNOWN;
}

/* Does an outcome wait for what its test requires? A failure does: fix that
 * first. A unit test does even if it passes, for it runs in one process with
 * what it tests: it only counts beside a test of the whole system. So does one
 * that passes where nothing has been done. */
static bool
waits(const struct outcome *o)
{
	return o->status == STATUS_FAIL ||
	    (o->status == STATUS_PASS && (o->test->unit || o->test->backed));
}

bool
result_decide(const struct result *r, struct outcome *o)
{
	const struct outcome *first;
	unsigned int i;

	if (!o->judged)
		return false;
	for (i = 0; i < o->test->requires_count; i++) {
		first = result_outcome(r, o->test->requires[i]);
		if (!first->judged && r->only == NULL && !r->interrupted)
			return false;
		if (waits(o) && stands_in_the_way(first)) {
			o->status = STATUS_BLOCKED;
			o->blocker = o->test->requires[i];
		}
	}
	return true;
}

void
result_score(struct result *r)
{
	struct outcome *o;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (o->status == STATUS_ERROR)
			r->infra = true;
		if (r->gate == NULL && o->status != STATUS_UNKNOWN &&
		    ((o->test->sanity && o->status != STATUS_PASS) ||
			o->first.fault == FAULT_FORGED))
			r->gate = o->test;
	}
	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		o->score = 0;
		if (o->status == STATUS_PASS && r->gate == NULL)
			o->score = o->test->points;
		r->score += o->score;
	}
}

char *
result_no_score(const struct result *r)
{
	if (r->refusal != NULL)
		return text("refused: %s", r->refusal);
	if (r->infra)
		return text("the machine failed, not the submission");
	if (r->interrupted)
		return text("interrupted");
	if (r->only != NULL)
		return text("only asked for: %s", r->only);
	return NULL;
}

bool
result_whole(const struct result *r)
{
	return r->only == NULL && !r->interrupted;
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
	free(r->refusal);
	free(r->again);
	memset(r, 0, sizeof *r);
}
