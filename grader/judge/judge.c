/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Judging one test of one boot. The order of the questions matters: what
 * ended the run explains more than the records that are missing after it.
 */
#include "grader/judge/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"
#include "grader/judge/expr.h"
#include "grader/judge/hot.h"

static const struct {
	const char *name, *text;
} faults[] = {
	[FAULT_NONE] = { "", "" },
	[FAULT_BUILD] = { "build", "does not build" },
	[FAULT_BOOT] = { "boot", "does not get as far as the tests" },
	[FAULT_PANIC] = { "panic", "the kernel stopped" },
	[FAULT_SERVICE] = { "service", "a service died" },
	[FAULT_CRASH] = { "crash", "the test program died" },
	[FAULT_SILENCE] = { "silence", "no end in the time allowed" },
	[FAULT_LIVELOCK] = { "livelock", "all instructions used up" },
	[FAULT_WRONG] = { "wrong", "wrong observation" },
	[FAULT_NO_EVIDENCE] = { "no-evidence", "no evidence" },
	[FAULT_INCOMPLETE] = { "incomplete", "damaged or missing records" },
	[FAULT_FORGED] = { "forged", "records were forged" },
	[FAULT_STOPS] = { "stops", "the machine was stopped too often" },
	[FAULT_DISK] = { "disk", "the file system was left damaged" },
	[FAULT_INFRA] = { "infrastructure", "not the submission's fault" },
};

const char *
fault_name(enum fault_class fault)
{
	return faults[fault].name;
}

const char *
fault_text(enum fault_class fault)
{
	return faults[fault].text;
}

void
verdict_free(struct verdict *v)
{
	free(v->expected);
	free(v->seen);
	free(v->message);
	free(v->where);
	memset(v, 0, sizeof *v);
}

char *
traces_decode(const char *objects, const struct strings *words)
{
	char *all = NULL, *one, *more, name[32];
	size_t i;

	for (i = 0; objects != NULL && i < words->n; i++) {
		one = symbols_decode(objects, words->at[i]);
		if (one == NULL ||
		    sscanf(words->at[i], "trace %31s", name) != 1)
			continue;
		more =
		    text("%s  in %s:\n%s", all != NULL ? all : "", name, one);
		free(all);
		free(one);
		all = more;
	}
	return all;
}

/* The last of the kernel's lines that begins like this, or NULL. */
static const char *
last_line(const struct strings *words, const char *start)
{
	size_t i = words->n;

	while (i-- > 0)
		if (strncmp(words->at[i], start, strlen(start)) == 0)
			return words->at[i];
	return NULL;
}

/* The first service whose end left a stack trace, or false. */
static bool
fallen(const struct strings *words, char name[32])
{
	size_t i;

	for (i = 0; i < words->n; i++)
		if (sscanf(words->at[i], "trace %31s", name) == 1 &&
		    strcmp(name, "kernel") != 0)
			return true;
	return false;
}

static void
say(struct verdict *v, enum fault_class fault, char *message)
{
	v->fault = fault;
	v->message = message;
}

/* All instructions went; perhaps before this test's turn came. */
static void
used_up(const struct boot *b, bool begun, struct verdict *v)
{
	unsigned long long n = b->run.ticks / 1000000;

	if (begun)
		say(v, FAULT_LIVELOCK,
		    text("the run was stopped after %llu million instructions",
			n));
	else
		say(v, FAULT_LIVELOCK,
		    text("this test had no turn: those before it took all %llu "
			 "million instructions of the run",
			n));
}

/* The run was cut short: by what? False if it came to its proper end. */
static bool
cut_short(const struct boot *b, bool begun, struct verdict *v)
{
	const char *line;

	if (b->infra != NULL) {
		say(v, FAULT_INFRA, text("%s", b->infra));
		return true;
	}
	if (b->storm != NULL) {
		say(v, FAULT_STOPS, text("%s", b->storm));
		return true;
	}
	line = last_line(&b->record.words, "kernel panic:");
	switch (b->run.end) {
	case BOCHS_DONE:
	case BOCHS_SHUTDOWN:
	case BOCHS_STOPPED:
	case BOCHS_BREAK:
		if (b->record.bye || line == NULL)
			return false;
		say(v, FAULT_PANIC, text("%s", line));
		return true;
	case BOCHS_PANIC:
		say(v, FAULT_PANIC,
		    text("%s", line != NULL ? line : b->run.reason));
		return true;
	case BOCHS_TRIPLE:
		say(v, FAULT_PANIC, text("triple fault: %s", b->run.reason));
		return true;
	case BOCHS_BIOS:
		say(v, FAULT_BOOT, text("%s", b->run.reason));
		return true;
	case BOCHS_BUDGET:
		used_up(b, begun, v);
		return true;
	case BOCHS_TIMEOUT:
		say(v, FAULT_SILENCE,
		    text("the run was stopped: %s", b->run.reason));
		return true;
	case BOCHS_FLOOD:
		say(v, FAULT_INCOMPLETE, text("%s", b->run.reason));
		return true;
	case BOCHS_NO_IMAGE:
	case BOCHS_BAD_CONFIG:
	case BOCHS_CRASH:
		break;
	}
	say(v, FAULT_INFRA, text("%s", b->run.reason));
	return true;
}

/* The number behind a word, if that is what a text says. */
static bool
says(const char *s, const char *word, long *n)
{
	size_t len = strlen(word);

	if (strncmp(s, word, len) != 0)
		return false;
	*n = strtol(s + len, NULL, 10);
	return true;
}

/* Whom a process waits for, by the notes before an observation; "" if for
 * nobody in particular. */
static const char *
peer_of(const struct stream *runner, const struct observation *end,
    const char *name)
{
	const struct observation *o;
	size_t n = strlen(name);

	for (o = end; o > runner->seen && o[-1].name[0] == '\0'; o--)
		if (strncmp(o[-1].value, "waits ", 6) == 0 &&
		    strncmp(o[-1].value + 6, name, n) == 0 &&
		    o[-1].value[6 + n] == ' ')
			return o[-1].value + 7 + n;
	return "";
}

/* Does following the waits from a process lead back to it? */
static bool
in_circle(const struct stream *runner, const struct observation *end,
    const char *name)
{
	const char *at = peer_of(runner, end, name);
	int steps;

	for (steps = 0; *at != '\0' && steps < 32; steps++) {
		if (strcmp(at, name) == 0)
			return true;
		at = peer_of(runner, end, at);
	}
	return false;
}

/* Who waited for whom when a test's time was over. Waiting for PM or VFS is
 * what sleeping and reading look like, so it is only told in a circle. */
static char *
waits_text(const struct stream *runner, const struct observation *end)
{
	char *all = text("%s", ""), *more, name[32];
	const struct observation *o;
	const char *peer;
	size_t n;

	for (o = end; o > runner->seen && o[-1].name[0] == '\0'; o--) {
		if (strncmp(o[-1].value, "waits ", 6) != 0)
			continue;
		n = strcspn(o[-1].value + 6, " ");
		snprintf(name, sizeof name, "%.*s", (int)n, o[-1].value + 6);
		peer = peer_of(runner, end, name);
		if (!in_circle(runner, end, name) &&
		    (strcmp(peer, "pm") == 0 || strcmp(peer, "vfs") == 0))
			continue;
		more = text("%s; %s waits for %s%s", all, name, peer,
		    in_circle(runner, end, name) ? " (deadlock)" : "");
		free(all);
		all = more;
	}
	return all;
}

/* What the runner says of the test's program; false if all is well. */
static bool
ended_badly(const struct test *t, const struct boot *b, struct verdict *v)
{
	const struct stream *runner = record_stream(&b->record, RUNNER);
	const struct observation *o;
	char *name = text("end.%s", t->id);
	long n;

	o = stream_obs(runner, name);
	free(name);
	if (o == NULL)
		return false;
	if (says(o->value, "timeout ", &n)) {
		char *knot = waits_text(runner, o);

		say(v, FAULT_SILENCE,
		    text("it did not end within %ld emulated seconds%s", n,
			knot));
		free(knot);
	}
	if (says(o->value, "signal ", &n))
		say(v, FAULT_CRASH,
		    text("the test program was killed by signal %ld", n));
	else if (says(o->value, "exit ", &n) && n == 127)
		say(v, FAULT_BOOT, text("the test program did not start"));
	else if (v->fault == FAULT_NONE && !says(o->value, "exit ", &n))
		say(v, FAULT_CRASH,
		    text("the test program could not be run: %s", o->value));
	return v->fault != FAULT_NONE;
}

/* The records of the test, or of the run, are not to be trusted. */
static bool
unsound(const struct test *t, const struct boot *b, struct verdict *v)
{
	const struct stream *s = record_stream(&b->record, t->id);
	const char *fault = stream_fault(s), *run = record_fault(&b->record);

	if (fault == NULL && run == NULL)
		return false;
	if (record_stream(&b->record, RUNNER) == NULL)
		say(v, FAULT_BOOT, text("%s", run));
	else if (s == NULL)
		say(v, FAULT_NO_EVIDENCE, text("%s", fault));
	else
		say(v, FAULT_INCOMPLETE,
		    text("%s", fault != NULL ? fault : run));
	return true;
}

/* A value for people, by its type. */
static char *
value_text(char type, const char *value)
{
	char *end;
	long long n = strtoll(value, &end, 10);
	bool number = end != value && *end == '\0';
	const char *name = NULL;

	if (type == REPORT_STATUS && number && n <= 0)
		name = error_name((int)-n);
	if (name != NULL)
		return n == 0 ? text("OK") : text("%s (-%s)", value, name);
	if (type == REPORT_ADDR && number)
		return text("0x%llx", (unsigned long long)n);
	return text("%s", value);
}

bool
test_asks_memory(const struct test *t)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce, .seed = 1 };
	struct expectation e;
	unsigned int i;

	for (i = 0; i < t->checks_count; i++)
		if (t->checks[i].expect != NULL &&
		    expr_expect(t->checks[i].expect, &env, &e) == 0 && e.memory)
			return true;
	return false;
}

/* What an observation was, if it was not what it should have been. Its type
 * is what it says, or what its expectation speaks of. */
static void
mistaken(const struct check *c, const struct observation *o,
    const struct expectation *e, struct verdict *v)
{
	const char *said = o != NULL ? o->value : "";
	char type = e->status ? REPORT_STATUS : '\0';

	if (o != NULL && o->type != '\0')
		type = o->type;
	v->expected = value_text(type, e->expected);
	if ((o == NULL && e->seen) || e->missing[0] != '\0') {
		say(v, FAULT_NO_EVIDENCE,
		    e->missing[0] != '\0'
			? text("%s", e->missing)
			: text("%s was never reported", c->obs));
		return;
	}
	v->seen = e->memory
	    ? text("%s%s%s", e->found, e->seen ? ", seen = " : "",
		  e->seen ? said : "")
	    : value_text(type, said);
	v->time = o != NULL ? o->time : e->time;
	say(v, FAULT_WRONG,
	    text("%s%s%s%s", c->obs, c->why != NULL ? " (" : "",
		c->why != NULL ? c->why : "", c->why != NULL ? ")" : ""));
}

/* One expected observation; is it not as expected? */
static bool
missed(const struct test *t, const struct check *c, const struct boot *b,
    unsigned int seed, struct verdict *v)
{
	const struct stream *s = record_stream(&b->record, t->id);
	const struct observation *o = stream_obs(s, c->obs);
	struct expr_env env = { b->record.nonce, seed,
		o != NULL ? o->value : NULL, b->memory, t->id };
	struct expectation e;

	if (c->expect == NULL)
		return false;
	if (expr_expect(c->expect, &env, &e) < 0)
		die(EXIT_INFRA, "bad expression: %s", c->expect);
	if (e.holds)
		return false;
	v->req = c->req;
	mistaken(c, o, &e, v);
	return true;
}

/* What check/TEST.yaml says of a name, or NULL. */
static const struct check *
check_named(const struct test *t, const char *name)
{
	unsigned int i;

	for (i = 0; name != NULL && i < t->checks_count; i++)
		if (strcmp(t->checks[i].obs, name) == 0)
			return &t->checks[i];
	return NULL;
}

/* A check of the test's own that failed. */
static void
failed(const struct test *t, const struct failure *f, struct verdict *v)
{
	const struct check *c = check_named(t, f->rule);
	const char *why = c != NULL && c->why != NULL ? c->why : f->rule;

	v->time = f->time;
	v->req = c != NULL ? c->req : NULL;
	if (f->wanted != NULL && f->seen != NULL) {
		char *wanted = value_text(f->type, f->wanted);
		bool is = strcmp(f->sign, "==") == 0;

		v->expected =
		    text("%s%s%s", is ? "" : f->sign, is ? "" : " ", wanted);
		v->seen = value_text(f->type, f->seen);
		free(wanted);
	}
	say(v, FAULT_WRONG,
	    text("%s%s%s%s%s%s%s", f->place, why != NULL ? ": " : "",
		why != NULL ? why : "", f->say != NULL ? ": " : "",
		f->say != NULL ? f->say : "", ": ", f->claim));
}

/* Everything the test was to see; and its own checks. */
static bool
saw_wrong(const struct test *t, const struct boot *b, unsigned int seed,
    struct verdict *v)
{
	const struct stream *s = record_stream(&b->record, t->id);
	const struct observation *told = stream_obs(s, "failed");
	unsigned int i;

	for (i = 0; i < t->checks_count; i++)
		if (missed(t, &t->checks[i], b, seed, v))
			return true;
	if (s->nfailures > 0) {
		failed(t, &s->failures[0], v);
		return true;
	}
	if (told == NULL)
		return false;
	v->time = told->time;
	say(v, FAULT_WRONG, text("%s", told->value));
	return true;
}

/* Why a service died: its own last words, or what RS says of its end. */
static char *
last_words(const struct strings *words, const char *name)
{
	char *panic = text("%s: panic: ", name), *ended = text("rs: %s ", name);
	const char *line = last_line(words, panic), *why = NULL;
	char *all;

	if (line != NULL)
		why = line + strlen(name) + 2;
	else if ((line = last_line(words, ended)) != NULL)
		why = strstr(line, "ended by ");
	all = why != NULL ? text(": %s", why) : text("%s", "");
	free(ended);
	free(panic);
	return all;
}

/* A service that fell while the test was on. */
static bool
service_died(const struct test *t, const struct boot *b, struct verdict *v)
{
	const struct stream *s = record_stream(&b->record, t->id);
	char name[32], *why;

	if (s == NULL || t->deaths || !fallen(&s->words, name) ||
	    strcmp(name, t->id) == 0)
		return false;
	why = last_words(&s->words, name);
	say(v, FAULT_SERVICE, text("%s died while the test ran%s", name, why));
	free(why);
	return true;
}

/* What was seen may be wrong because of a death in an earlier test. */
static void
blame_earlier(const struct boot *b, const struct stream *s, struct verdict *v)
{
	char name[32], *more;

	if (v->expected == NULL || s == NULL || fallen(&s->words, name) ||
	    !fallen(&b->record.words, name))
		return;
	more = text("%s; %s had died in an earlier test", v->message, name);
	free(v->message);
	v->message = more;
}

/* All instructions are used up while a test ran; who waits uses them, too. */
static void
explain_used_up(const struct boot *b, const char *objects, struct verdict *v)
{
	if (!hot_idle(objects, b->run.dump)) {
		v->where = hot_decode(objects, b->run.dump);
		return;
	}
	free(v->message);
	say(v, FAULT_SILENCE,
	    text("everything waited when the run was stopped, after the time "
		 "of %llu million instructions",
		(unsigned long long)b->run.ticks / 1000000));
}

void
judge(const struct test *t, const struct boot *b, unsigned int seed,
    const char *objects, struct verdict *v)
{
	const struct stream *s = record_stream(&b->record, t->id);
	bool done = s != NULL && s->ended; /* before the run was cut short */
	struct verdict later = { 0 };

	memset(v, 0, sizeof *v);
	v->time = s != NULL ? s->last : 0;
	if (b->record.forged) {
		say(v, FAULT_FORGED,
		    text("%s",
			s != NULL && s->error != NULL ? s->error
			    : b->record.error != NULL ? b->record.error
						      : "in another test"));
	} else if (b->infra != NULL || !done) {
		if (!cut_short(b, s != NULL, v) && !service_died(t, b, v) &&
		    !ended_badly(t, b, v))
			(void)unsound(t, b, v);
		if (v->fault == FAULT_NONE)
			say(v, FAULT_INCOMPLETE, text("the test has no end"));
	} else if (!service_died(t, b, v) && !saw_wrong(t, b, seed, v) &&
	    !ended_badly(t, b, v) && stream_fault(s) != NULL) {
		(void)unsound(t, b, v);
	}
	if (v->fault == FAULT_NONE && t->sanity && b->disk != NULL)
		say(v, FAULT_DISK, text("e2fsck: %s", b->disk));
	if (v->fault == FAULT_NONE && record_fault(&b->record) != NULL) {
		/* A later panic is not this test's; a lost record may be. */
		if (!cut_short(b, true, &later))
			(void)unsound(t, b, v);
		verdict_free(&later);
	}
	blame_earlier(b, s, v);
	if (v->fault == FAULT_LIVELOCK && s != NULL)
		explain_used_up(b, objects, v);
	else if (v->fault != FAULT_NONE && v->fault != FAULT_INFRA &&
	    v->fault != FAULT_LIVELOCK)
		v->where = traces_decode(objects,
		    s != NULL && s->words.n > 0 ? &s->words : &b->record.words);
	if (v->req == NULL && t->proves_count > 0)
		v->req = t->proves[0];
}
