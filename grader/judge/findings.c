/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a test saw, compared with what it should have seen; see findings.h.
 */
#include "grader/judge/findings.h"

#include <stdlib.h>
#include <string.h>

#include "grader/judge/expr.h"

/* A value for people, by its type. */
static char *
value_text(char type, const char *value)
{
	char *end;
	long long n = strtoll(value, &end, 10);
	bool number = end != value && *end == '\0';
	const char *name = NULL;

	if (type == REPORT_STATUS && number && n <= 0 && n > -10000)
		name = error_name((int)-n);
	if (name != NULL)
		return n == 0 ? text("OK") : text("%s (-%s)", value, name);
	if (type == REPORT_ADDR && number)
		return text("0x%llx", (unsigned long long)n);
	if (type == REPORT_TEXT)
		return text("\"%s\"", value);
	return text("%s", value);
}

/* The type of an observation is what it says, or what its expectation speaks
 * of. */
static char
type_of(const struct observation *o, const struct expectation *e)
{
	if (o != NULL && o->type != '\0')
		return o->type;
	return e->status ? REPORT_STATUS : '\0';
}

/* What was there instead. */
static char *
seen_text(const struct observation *o, const struct expectation *e)
{
	if (!e->memory)
		return value_text(type_of(o, e), o->value);
	if (!e->seen)
		return text("%s", e->found);
	return text("%s, seen = %s", e->found, o->value);
}

/* A note that a test made about an observation begins with its name. */
static const char *
note_on(const struct stream *s, const char *name)
{
	size_t i, n = strlen(name);

	for (i = 0; s != NULL && i < s->nseen; i++)
		if (s->seen[i].name[0] == '\0' &&
		    strncmp(s->seen[i].value, name, n) == 0 &&
		    strncmp(s->seen[i].value + n, ": ", 2) == 0)
			return s->seen[i].value + n;
	return "";
}

/* An observation was not what it should have been, or was not made. */
static struct finding
mistake(const struct stream *s, const struct check *c,
    const struct observation *o, const struct expectation *e)
{
	struct finding f = { .req = c->req, .name = text("%s", c->obs) };

	f.expected = value_text(type_of(o, e), e->expected);
	f.missing = (o == NULL && e->seen) || e->missing[0] != '\0';
	if (e->missing[0] != '\0') {
		f.message = text("%s: %s", c->obs, e->missing);
		return f;
	}
	f.time = o != NULL ? o->time : e->time;
	f.message =
	    text("%s%s%s%s%s%s", c->obs, f.missing ? " was never reported" : "",
		c->why != NULL ? " (" : "", c->why != NULL ? c->why : "",
		c->why != NULL ? ")" : "", note_on(s, c->obs));
	if (!f.missing)
		f.seen = seen_text(o, e);
	return f;
}

/* How an observation compares with what is expected of it. */
static const struct observation *
compare(const struct trial *t, const struct check *c, struct expectation *e)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, t->test->id);
	const struct observation *o = stream_obs(s, c->obs);
	struct expr_env env = { rec->nonce, t->seed,
		o != NULL ? o->value : NULL, t->boot->memory, t->test->id };

	if (expr_expect(c->expect, &env, e) < 0)
		die(EXIT_INFRA, "bad expression: %s", c->expect);
	return o;
}

/* What check/TEST.yaml says of a rule, or NULL. */
static const struct check *
check_named(const struct test *t, const char *name)
{
	unsigned int i;

	for (i = 0; name != NULL && i < t->checks_count; i++)
		if (strcmp(t->checks[i].obs, name) == 0)
			return &t->checks[i];
	return NULL;
}

/* A sentence on a failed check: what it means, what the test says of it, and
 * the claim itself where that says more than the values do. */
static char *
failure_text(const struct failure *f, const char *why)
{
	bool values = f->wanted != NULL && f->seen != NULL;
	const char *say = f->say, *claim = f->claim;

	if (why == NULL && say == NULL)
		return text("%s", claim);
	if (why != NULL && say != NULL)
		return text("%s: %s (%s)", why, say, claim);
	return values
	    ? text("%s (%s)", why != NULL ? why : say, claim)
	    : text("%s; not true: %s", why != NULL ? why : say, claim);
}

/* A check of the test's own that failed. */
static struct finding
broken(const struct test *t, const struct failure *f)
{
	const struct check *c = check_named(t, f->rule);
	const char *why = c != NULL && c->why != NULL ? c->why : f->rule;
	struct finding found = { .req = c != NULL ? c->req : NULL,
		.message = failure_text(f, why),
		.place = text("%s", f->place),
		.name = f->rule != NULL ? text("%s", f->rule) : NULL,
		.time = f->time };
	char *wanted;

	if (f->wanted == NULL || f->seen == NULL)
		return found;
	wanted = value_text(f->type, f->wanted);
	found.expected = strcmp(f->sign, "==") == 0
	    ? text("%s", wanted)
	    : text("%s %s", f->sign, wanted);
	found.seen = value_text(f->type, f->seen);
	free(wanted);
	return found;
}

/* Has a check failed that nothing else tells of? A test may have told more of
 * the same by an observation. */
static bool
told(const struct stream *s, const struct check *c)
{
	size_t i;

	for (i = 0; s != NULL && i < s->nfailures; i++)
		if (s->failures[i].rule != NULL &&
		    strcmp(s->failures[i].rule, c->obs) == 0)
			return true;
	return false;
}

void
findings_collect(const struct trial *t, bool done, struct verdict *v)
{
	const struct stream *s = record_stream(&t->boot->record, t->test->id);
	const struct observation *word = stream_obs(s, "failed"), *o;
	struct expectation e;
	struct finding f;
	unsigned int i;

	for (i = 0; i < t->test->checks_count; i++) {
		const struct check *c = &t->test->checks[i];

		if (c->expect == NULL || told(s, c))
			continue;
		o = compare(t, c, &e);
		if (e.holds || (!done && (o == NULL || e.memory)))
			continue;
		f = mistake(s, c, o, &e);
		verdict_add(v, &f);
	}
	for (i = 0; s != NULL && i < s->nfailures; i++) {
		f = broken(t->test, &s->failures[i]);
		verdict_add(v, &f);
	}
	if (word != NULL) {
		f = (struct finding){ .message = text("%s", word->value),
			.time = word->time };
		verdict_add(v, &f);
	}
	verdict_sort(v);
}

bool
findings_none(const struct trial *t)
{
	const struct stream *s = record_stream(&t->boot->record, t->test->id);
	struct expectation e;
	unsigned int i;

	for (i = 0; i < t->test->checks_count; i++) {
		if (t->test->checks[i].expect == NULL)
			continue;
		(void)compare(t, &t->test->checks[i], &e);
		if (!e.holds)
			return false;
	}
	return s == NULL ||
	    (s->nfailures == 0 && stream_obs(s, "failed") == NULL);
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
