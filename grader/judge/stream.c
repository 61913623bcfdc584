/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What one test has reported, see stream.h.
 */
#include "grader/judge/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"

#define PER_TEST_MAX 4096 /* observations */

void
blame(char **error, char *why)
{
	if (*error == NULL)
		*error = why;
	else
		free(why);
}

/* The value of a hexadecimal digit, or -1. */
static int
digit(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c);

	return c != '\0' && at != NULL ? (int)(at - digits) : -1;
}

/* Undo the escapes of a payload, in place. */
static void
unescape(char *s)
{
	char *to = s;
	int high, low;

	while (*s != '\0') {
		high = *s == '%' ? digit(s[1]) : -1;
		low = high >= 0 ? digit(s[2]) : -1;
		if (low < 0) {
			*to++ = *s++;
			continue;
		}
		*to = (char)(uint8_t)(high << 4 | low);
		to += *to != '\0'; /* a NUL would end the string */
		s += 3;
	}
	*to = '\0';
}

static void
failure_free(struct failure *f)
{
	free(f->place);
	free(f->claim);
	free(f->rule);
	free(f->sign);
	free(f->wanted);
	free(f->seen);
	free(f->say);
}

/* The type of NAME:TYPE=..., NUL if it has none. */
static char
type_before(const char *payload, const char *eq)
{
	static const char types[] = { REPORT_TEXT, REPORT_STATUS, REPORT_NUMBER,
		REPORT_ADDR, REPORT_BYTES, '\0' };

	if (eq - payload < 3 || eq[-2] != ':' || strchr(types, eq[-1]) == NULL)
		return '\0';
	return eq[-1];
}

void
stream_observe(struct stream *s, const char *payload, bool is_note)
{
	const char *eq = is_note ? NULL : strchr(payload, '=');
	struct observation *o;

	if (s->nseen == PER_TEST_MAX)
		return;
	o = realloc(s->seen, (s->nseen + 1) * sizeof *o);
	if (o == NULL)
		die(EXIT_INFRA, "out of memory");
	s->seen = o;
	o += s->nseen++;
	o->type = '\0';
	if (eq != NULL)
		o->type = type_before(payload, eq);
	o->name = eq == NULL
	    ? text("%s", "")
	    : text("%.*s", (int)(eq - payload - (o->type != 0 ? 2 : 0)),
		  payload);
	o->value = text("%s", eq == NULL ? payload : eq + 1);
	o->time = s->last;
	unescape(o->value);
}

/* FILE:LINE CLAIM: the first record of a failed check. */
void
stream_fail(struct stream *s, const char *payload)
{
	size_t n = strcspn(payload, " ");
	struct failure *f;

	if (s->nfailures == CHECK_KEPT)
		return;
	f = realloc(s->failures, (s->nfailures + 1) * sizeof *f);
	if (f == NULL)
		die(EXIT_INFRA, "out of memory");
	s->failures = f;
	f += s->nfailures++;
	memset(f, 0, sizeof *f);
	f->place = text("%.*s", (int)n, payload);
	f->claim = text("%s", payload[n] == ' ' ? payload + n + 1 : "");
	f->time = s->last;
	unescape(f->claim);
}

/* Set a part of a failure, once; the end of it unescaped. */
static void
fill(char **part, const char *payload)
{
	free(*part);
	*part = text("%s", payload);
	unescape(*part);
}

/* TYPE [SIGN] VALUE */
static void
fill_value(struct failure *f, const char *payload, bool with_sign, char **part)
{
	size_t n;

	if (payload[0] == '\0' || payload[1] != ' ')
		return;
	f->type = payload[0];
	payload += 2;
	if (with_sign) {
		n = strcspn(payload, " ");
		free(f->sign);
		f->sign = text("%.*s", (int)n, payload);
		payload += payload[n] == ' ' ? n + 1 : n;
	}
	fill(part, payload);
}

/* More of the failed check that came last; false: no record of that kind. */
bool
stream_fail_more(struct stream *s, const char *kind, const char *payload)
{
	struct failure none = { 0 }, *f = &none;
	bool known = true;

	if (s->nfailures > 0)
		f = &s->failures[s->nfailures - 1];
	if (strcmp(kind, "rule") == 0)
		fill(&f->rule, payload);
	else if (strcmp(kind, "want") == 0)
		fill_value(f, payload, true, &f->wanted);
	else if (strcmp(kind, "seen") == 0)
		fill_value(f, payload, false, &f->seen);
	else if (strcmp(kind, "say") == 0)
		fill(&f->say, payload);
	else
		known = false;
	failure_free(&none);
	return known;
}

/* ENDPOINT ADDRESS BYTES */
static bool
read_place(const char *s, struct place *p)
{
	char *end;

	p->endpoint = (int)strtol(s, &end, 10);
	if (end == s || *end != ' ')
		return false;
	s = end + 1;
	p->addr = (uint32_t)strtoul(s, &end, 16);
	if (end == s || *end != ' ')
		return false;
	s = end + 1;
	p->bytes = (uint32_t)strtoul(s, &end, 10);
	return end != s && *end == '\0';
}

/* The place of a name, made when new; NULL if there are too many. */
static struct place *
place_for(struct stream *s, const char *name, size_t n)
{
	struct place *p;
	size_t i;

	for (i = 0; i < s->nplaces; i++) {
		p = &s->places[i];
		if (strlen(p->name) == n && memcmp(p->name, name, n) == 0)
			return p;
	}
	if (s->nplaces == PER_TEST_MAX)
		return NULL;
	p = realloc(s->places, (s->nplaces + 1) * sizeof *p);
	if (p == NULL)
		die(EXIT_INFRA, "out of memory");
	s->places = p;
	p += s->nplaces++;
	p->name = text("%.*s", (int)n, name);
	return p;
}

/* A part of memory gets a name: NAME=... */
void
stream_place(struct stream *s, const char *payload)
{
	const char *eq = strchr(payload, '=');
	struct place *p, read;

	if (eq == NULL || !read_place(eq + 1, &read)) {
		blame(&s->error, text("a place without a name or address"));
		return;
	}
	p = place_for(s, payload, (size_t)(eq - payload));
	if (p == NULL)
		return;
	read.name = p->name;
	*p = read;
}

const char *
stream_fault(const struct stream *s)
{
	if (s == NULL)
		return "it never reported anything";
	if (s->error != NULL)
		return s->error;
	if (!s->begun)
		return "it has no beginning";
	return s->ended ? NULL : "it has no end";
}

const struct observation *
stream_obs(const struct stream *s, const char *name)
{
	const struct observation *found = NULL;
	size_t i;

	for (i = 0; s != NULL && i < s->nseen; i++)
		if (strcmp(s->seen[i].name, name) == 0)
			found = &s->seen[i];
	return found;
}

void
stream_free(struct stream *s)
{
	size_t i;

	for (i = 0; i < s->nseen; i++) {
		free(s->seen[i].name);
		free(s->seen[i].value);
	}
	free(s->seen);
	for (i = 0; i < s->nfailures; i++)
		failure_free(&s->failures[i]);
	free(s->failures);
	for (i = 0; i < s->nplaces; i++)
		free(s->places[i].name);
	free(s->places);
	free(s->test);
	free(s->error);
}
