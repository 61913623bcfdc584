/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is known of a test and of its run, see facts.h.
 */
#include "grader/judge/facts.h"

#include <stdlib.h>
#include <string.h>

#include "grader/judge/findings.h"

const struct stream *
trial_stream(const struct trial *t)
{
	return record_stream(&t->boot->record, t->test->id);
}

bool
trial_done(const struct trial *t)
{
	const struct stream *s = trial_stream(t);

	return s != NULL && s->ended;
}

const char *
last_line(const struct record *rec, size_t from, const char *start)
{
	size_t i = rec->words.n;

	while (i-- > from)
		if (strncmp(rec->words.at[i], start, strlen(start)) == 0)
			return rec->words.at[i];
	return NULL;
}

bool
run_ended_itself(const struct trial *t)
{
	enum bochs_end end = t->boot->run.end;

	return end == BOCHS_DONE || end == BOCHS_SHUTDOWN ||
	    end == BOCHS_STOPPED || end == BOCHS_BREAK;
}

/* Where the runner has said good-bye it was not what the kernel said before. */
bool
run_panicked(const struct trial *t)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, RUNNER);
	enum bochs_end end = t->boot->run.end;
	size_t from = rec->bye && s != NULL ? s->to : 0;

	if (!run_ended_itself(t))
		return end == BOCHS_PANIC || end == BOCHS_TRIPLE;
	return last_line(rec, from, "kernel panic:") != NULL;
}

bool
run_cut_short(const struct trial *t)
{
	return !run_ended_itself(t) || run_panicked(t) ||
	    t->boot->storm != NULL || t->boot->stall.found;
}

const char *
run_last_test(const struct trial *t)
{
	const struct stream *last = record_last(&t->boot->record);

	if (t->boot->stall.found)
		return t->boot->stall.test;
	return last != NULL ? last->test : NULL;
}

/* Nobody else can have done it if no other test began. */
bool
trial_is_hit(const struct trial *t)
{
	const char *last = run_last_test(t);

	return !trial_done(t) ||
	    (last != NULL && strcmp(last, t->test->id) == 0 &&
		findings_none(t));
}

const struct observation *
trial_end(const struct trial *t)
{
	char *name = text("end.%s", t->test->id);
	const struct observation *o =
	    stream_obs(record_stream(&t->boot->record, RUNNER), name);

	free(name);
	return o;
}
