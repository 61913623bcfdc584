/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Judging one test of one boot. The rules at the end of this file are law in
 * their order: what ended the run explains more than the records that are
 * missing after it. A rule is a question about the trial, which changes
 * nothing, and a sentence for people. A new rule is a line of the table.
 */
#include "grader/judge/judge.h"

#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"
#include "grader/judge/deaths.h"
#include "grader/judge/facts.h"
#include "grader/judge/findings.h"
#include "grader/judge/hot.h"
#include "grader/judge/stall_text.h"
#include "grader/judge/waits.h"

static bool
is_forged(const struct trial *t)
{
	return t->boot->record.forged;
}

static char *
forged_text(const struct trial *t)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = trial_stream(t);

	if (s != NULL && s->error != NULL)
		return text("%s", s->error);
	return text("%s", rec->error != NULL ? rec->error : "in another test");
}

/* Where memory is looked at, a stream has to end with a stop of its process,
 * or its records are somebody else's. */
static bool
nobody_there(const struct trial *t)
{
	const struct stream *run = record_stream(&t->boot->record, RUNNER);

	return t->boot->memory != NULL &&
	    ((trial_done(t) && !trial_stream(t)->attested) ||
		(run != NULL && run->ended && !run->attested));
}

static char *
nobody_text(const struct trial *t)
{
	bool own = trial_done(t) && !trial_stream(t)->attested;

	return text("the records of %s came to their end, but no such program "
		    "stopped there",
	    own ? t->test->id : "the runner");
}

static bool
machine_failed(const struct trial *t)
{
	enum bochs_end end = t->boot->run.end;

	return t->boot->infra != NULL || end == BOCHS_NO_IMAGE ||
	    end == BOCHS_BAD_CONFIG || end == BOCHS_CRASH;
}

static char *
machine_text(const struct trial *t)
{
	return text("%s",
	    t->boot->infra != NULL ? t->boot->infra : t->boot->run.reason);
}

static bool
had_no_turn(const struct trial *t)
{
	const char *last = run_last_test(t);

	if (last == NULL || !run_cut_short(t) || strcmp(last, t->test->id) == 0)
		return false;
	return trial_stream(t) == NULL ||
	    (t->boot->stall.found && !trial_done(t) && trial_end(t) == NULL);
}

static char *
no_turn_text(const struct trial *t)
{
	return text("the run ended in %s", run_last_test(t));
}

static bool
storm_of_stops(const struct trial *t)
{
	return trial_is_hit(t) && t->boot->storm != NULL;
}

static char *
storm_text(const struct trial *t)
{
	return text("%s", t->boot->storm);
}

static bool
kernel_stopped(const struct trial *t)
{
	return run_panicked(t) && trial_is_hit(t);
}

/* "kernel panic: signal 6 ends vm" is no reason; what vm has said is. */
static char *
kernel_text(const struct trial *t)
{
	const struct record *rec = &t->boot->record;
	const char *line = last_line(rec, 0, "kernel panic:");
	char *cause = NULL, *all;
	struct death d;

	if (t->boot->run.end == BOCHS_TRIPLE)
		return text("triple fault: %s", t->boot->run.reason);
	if (line == NULL)
		return text("%s", t->boot->run.reason);
	if (strncmp(line, "kernel panic: signal ", 21) == 0 &&
	    (trial_done(t) ? death_behind(t, &d) : death_in(t, &d)))
		cause = death_cause(rec, &d);
	if (cause == NULL || *cause == '\0')
		all = text("%s", line);
	else
		all = text("%s%s; %s", d.name, cause, line);
	free(cause);
	return all;
}

static bool
no_system(const struct trial *t)
{
	return !trial_done(t) && t->boot->run.end == BOCHS_BIOS;
}

static char *
reason_text(const struct trial *t)
{
	return text("%s", t->boot->run.reason);
}

static bool
used_up(const struct trial *t)
{
	return t->boot->run.end == BOCHS_BUDGET && trial_is_hit(t);
}

/* A processor that waits uses instructions, too. */
static bool
all_waited(const struct trial *t)
{
	return used_up(t) && hot_idle(t->objects, t->boot->run.dump);
}

static char *
waited_text(const struct trial *t)
{
	return text("everything waited when the run was stopped, after the "
		    "time of %llu million instructions, the limit of a boot",
	    (unsigned long long)t->boot->run.ticks / 1000000);
}

static char *
used_up_text(const struct trial *t)
{
	return text("the run was stopped after %llu million instructions, the "
		    "limit of a boot%s",
	    (unsigned long long)t->boot->run.ticks / 1000000,
	    run_last_test(t) == NULL ? ", before any test began" : "");
}

/* Did this test not get on, so that the run was ended? */
static bool
got_stuck(const struct trial *t)
{
	const char *test = t->boot->stall.test;

	return t->boot->stall.found &&
	    (test != NULL ? strcmp(test, t->test->id) == 0 : !trial_done(t));
}

/* It did not, and the processor rested. */
static bool
stuck_waiting(const struct trial *t)
{
	return got_stuck(t) && stall_waited(&t->boot->stall);
}

static char *
stuck_text(const struct trial *t)
{
	return stall_text(&t->boot->stall);
}

static bool
timed_out(const struct trial *t)
{
	return t->boot->run.end == BOCHS_TIMEOUT && trial_is_hit(t);
}

static char *
timed_out_text(const struct trial *t)
{
	return text("the run was stopped: %s", t->boot->run.reason);
}

static bool
flooded(const struct trial *t)
{
	return t->boot->run.end == BOCHS_FLOOD && trial_is_hit(t);
}

static char *
flooded_text(const struct trial *t)
{
	return flood_text(&t->boot->record, t->boot->run.reason);
}

static bool
service_died(const struct trial *t)
{
	struct death d;

	return trial_stream(t) != NULL && !t->test->deaths && death_in(t, &d);
}

static char *
service_text(const struct trial *t)
{
	char *cause, *all;
	struct death d;
	bool late = !death_in(t, &d) && death_behind(t, &d);

	cause = death_cause(&t->boot->record, &d);
	all = late ? text("after its last check: %s died%s", d.name, cause)
		   : text("%s died while the test ran%s", d.name, cause);
	free(cause);
	return all;
}

/* What it left behind, a service did not live through. */
static bool
service_died_late(const struct trial *t)
{
	struct death d;

	return !t->test->deaths && death_behind(t, &d);
}

/* Everything waits for a service that died, perhaps again and again. */
static bool
stuck_by_death(const struct trial *t)
{
	struct death d;

	return stuck_waiting(t) && !t->test->deaths && death_in(t, &d);
}

static char *
stuck_by_death_text(const struct trial *t)
{
	char *stall = stall_text(&t->boot->stall), *cause, *all;
	struct death d;

	(void)death_in(t, &d); /* as above */
	cause = death_cause(&t->boot->record, &d);
	all = text("%s died%s; then %s", d.name, cause, stall);
	free(cause);
	free(stall);
	return all;
}

static bool
saw_wrong(const struct trial *t)
{
	return trial_done(t) && !findings_none(t);
}

/* Does the end begin with this word? */
static bool
ended_by(const struct trial *t, const char *word)
{
	const struct observation *o = trial_end(t);

	return o != NULL && strncmp(o->value, word, strlen(word)) == 0;
}

static bool
took_too_long(const struct trial *t)
{
	return ended_by(t, "timeout ");
}

static char *
too_long_text(const struct trial *t)
{
	const struct observation *o = trial_end(t);
	char *knot = waits_text(record_stream(&t->boot->record, RUNNER), o);
	char *all = text("it did not end within %s emulated seconds%s",
	    o->value + strlen("timeout "), knot);

	free(knot);
	return all;
}

static bool
was_killed(const struct trial *t)
{
	return ended_by(t, "signal ");
}

static char *
killed_text(const struct trial *t)
{
	return text("the test program was killed by %s", trial_end(t)->value);
}

static bool
did_not_start(const struct trial *t)
{
	return ended_by(t, "exit ") &&
	    strcmp(trial_end(t)->value, "exit 127") == 0;
}

static char *
not_started_text(const struct trial *t)
{
	(void)t;
	return text("the test program did not start");
}

static bool
could_not_run(const struct trial *t)
{
	return trial_end(t) != NULL && !ended_by(t, "exit ");
}

static char *
not_run_text(const struct trial *t)
{
	return text("the test program could not be run: %s",
	    trial_end(t)->value);
}

static bool
no_runner(const struct trial *t)
{
	return !trial_done(t) &&
	    record_stream(&t->boot->record, RUNNER) == NULL;
}

static char *
run_fault_text(const struct trial *t)
{
	return text("%s", record_fault(&t->boot->record));
}

static bool
never_spoke(const struct trial *t)
{
	return trial_stream(t) == NULL;
}

static bool
records_unsound(const struct trial *t)
{
	return stream_fault(trial_stream(t)) != NULL;
}

static char *
stream_fault_text(const struct trial *t)
{
	return text("%s", stream_fault(trial_stream(t)));
}

static bool
is_doubted(const struct trial *t)
{
	return trial_stream(t) != NULL && trial_stream(t)->doubted;
}

static bool
disk_damaged(const struct trial *t)
{
	return t->test->sanity && t->boot->disk != NULL;
}

static char *
disk_text(const struct trial *t)
{
	return text("e2fsck: %s", t->boot->disk);
}

/* A later panic is not this test's; a lost record may be. */
static bool
run_unsound(const struct trial *t)
{
	return record_fault(&t->boot->record) != NULL && !run_cut_short(t);
}

/* A kernel's own trace says nothing where the end of a service stopped it. */
static char *
kernel_trace(const struct trial *t)
{
	const char *line = last_line(&t->boot->record, 0, "trace kernel ");
	char *lines = NULL, *all;

	if (line != NULL && t->objects != NULL)
		lines = symbols_decode(t->objects, line);
	all = lines != NULL ? text("  in kernel:\n%s", lines) : NULL;
	free(lines);
	return all;
}

/* Where it happened, and the last words before. */
static void
look_closer(const struct trial *t, struct verdict *v)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = trial_stream(t);
	size_t from = s != NULL ? s->from : 0;
	size_t to = s == NULL ? SIZE_MAX
	    : trial_done(t)   ? next_begin(rec, s)
			      : s->to;
	struct death d;

	if (got_stuck(t) && !stall_waited(&t->boot->stall)) {
		v->where = stall_where(&t->boot->stall);
	} else if (used_up(t)) {
		v->where = hot_decode(t->objects, t->boot->run.dump);
	} else if (!t->test->deaths &&
	    (death_in(t, &d) || (trial_done(t) && death_behind(t, &d)))) {
		v->where = death_decode(t->objects, rec, &d);
		if (v->fault == FAULT_SERVICE)
			to = d.line + 1;
	} else if (v->fault == FAULT_PANIC) {
		v->where = kernel_trace(t);
	}
	v->log = last_words(rec, from, to);
}

/* What was seen may be wrong because of a death before it. */
static void
blame_earlier(const struct trial *t, struct verdict *v)
{
	struct death d;
	char *more;

	if (!death_before(t, &d))
		return;
	more = text("%s; %s had died before, %s%s", v->message, d.name,
	    d.test != NULL ? "in " : "between tests",
	    d.test != NULL ? d.test : "");
	free(v->message);
	v->message = more;
}

/* The rules. A test passes if none holds. */
static const struct rule {
	const char *name;
	enum fault_class fault;
	bool (*holds)(const struct trial *t);
	char *(*says)(const struct trial *t); /* NULL: what was found does */
	void (*closer)(const struct trial *t, struct verdict *v); /* or NULL */
} rules[] = {
	{ "forged", FAULT_FORGED, is_forged, forged_text, NULL },
	{ "machine", FAULT_INFRA, machine_failed, machine_text, NULL },
	{ "nobody there", FAULT_FORGED, nobody_there, nobody_text, NULL },

	/* The run was cut short ... */
	{ "no turn", FAULT_NO_TURN, had_no_turn, no_turn_text, NULL },
	{ "stops", FAULT_STOPS, storm_of_stops, storm_text, NULL },
	{ "panic", FAULT_PANIC, kernel_stopped, kernel_text, look_closer },
	{ "no system", FAULT_BOOT, no_system, reason_text, look_closer },
	{ "stuck, dead", FAULT_SERVICE, stuck_by_death, stuck_by_death_text,
	    look_closer },
	{ "stuck, waiting", FAULT_SILENCE, stuck_waiting, stuck_text,
	    look_closer },
	{ "stuck", FAULT_LIVELOCK, got_stuck, stuck_text, look_closer },
	{ "waiting", FAULT_SILENCE, all_waited, waited_text, look_closer },
	{ "used up", FAULT_LIVELOCK, used_up, used_up_text, look_closer },
	{ "host time", FAULT_SILENCE, timed_out, timed_out_text, look_closer },
	{ "flood", FAULT_OUTPUT, flooded, flooded_text, look_closer },

	/* ... or the test was. */
	{ "service", FAULT_SERVICE, service_died, service_text, look_closer },
	{ "doubted", FAULT_INCOMPLETE, is_doubted, stream_fault_text,
	    look_closer },
	{ "wrong", FAULT_WRONG, saw_wrong, NULL, blame_earlier },
	{ "service, late", FAULT_SERVICE, service_died_late, service_text,
	    look_closer },
	{ "too long", FAULT_SILENCE, took_too_long, too_long_text,
	    look_closer },
	{ "killed", FAULT_CRASH, was_killed, killed_text, look_closer },
	{ "not started", FAULT_BOOT, did_not_start, not_started_text, NULL },
	{ "not run", FAULT_CRASH, could_not_run, not_run_text, NULL },

	/* What was said is not to be trusted, or is not there. */
	{ "no runner", FAULT_BOOT, no_runner, run_fault_text, look_closer },
	{ "never spoke", FAULT_NO_EVIDENCE, never_spoke, stream_fault_text,
	    look_closer },
	{ "records", FAULT_INCOMPLETE, records_unsound, stream_fault_text,
	    look_closer },
	{ "disk", FAULT_DISK, disk_damaged, disk_text, NULL },
	{ "run", FAULT_INCOMPLETE, run_unsound, run_fault_text, NULL },
};

/* What a rule says; of a run's end, or a program's, that came late it says
 * that. */
static char *
sentence(const struct trial *t, const struct rule *rule)
{
	char *says = rule->says(t), *late;

	if (!trial_done(t) ||
	    (rule->fault != FAULT_PANIC && rule->fault != FAULT_STOPS &&
		rule->fault != FAULT_LIVELOCK && rule->fault != FAULT_OUTPUT &&
		rule->fault != FAULT_SILENCE && rule->fault != FAULT_CRASH))
		return says;
	late = text("after its last check: %s", says);
	free(says);
	return late;
}

static const struct rule *
first_that_holds(const struct trial *t)
{
	size_t i;

	for (i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i].holds(t))
			return &rules[i];
	return NULL;
}

void
judge(const struct trial *t, struct verdict *v)
{
	const struct rule *rule = first_that_holds(t);
	const struct stream *s = trial_stream(t);

	memset(v, 0, sizeof *v);
	v->time = s != NULL ? s->last : 0;
	if (rule != NULL) {
		v->rule = rule->name;
		v->fault = rule->fault;
		findings_collect(t, trial_done(t), v);
		if (rule->says != NULL)
			v->message = sentence(t, rule);
		else
			verdict_lead(v);
		if (rule->closer != NULL)
			rule->closer(t, v);
	}
	if (v->req == NULL && t->test->proves_count > 0)
		v->req = t->test->proves[0];
}
