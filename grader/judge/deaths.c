/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Deaths of services, see deaths.h. Traces are
 *
 *     trace PROGRAM ENDPOINT 0xADDR ...
 *
 * Before them VM says "vm: fault of ENDPOINT: ...", or the service itself
 * "PROGRAM: panic: ..."; behind them RS says "rs: LABEL (ENDPOINT) ended ...".
 */
#include "grader/judge/deaths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"

#define WORDS_TOLD  8   /* lines */
#define FLOOD_LINES 100 /* the last, which are looked at */

/* Take the trace of a service apart; false: it is none. */
static bool
is_trace(const char *line, struct death *d)
{
	const char *number;
	char *end;

	if (sscanf(line, "trace %31s", d->name) != 1 ||
	    strcmp(d->name, "kernel") == 0)
		return false;
	number = line + strlen("trace ") + strlen(d->name);
	d->endpoint = (int)strtol(number, &end, 10);
	return end != number;
}

/* The test that was on when a line came, or NULL. */
static const char *
test_at(const struct record *rec, size_t line)
{
	const struct stream *s = rec->streams, *end = s + rec->nstreams;

	for (; s < end; s++)
		if (s->begun && strcmp(s->test, RUNNER) != 0 &&
		    line >= s->from && line < s->to)
			return s->test;
	return NULL;
}

bool
death_find(const struct record *rec, size_t from, size_t to, struct death *d)
{
	size_t i;

	for (i = from; i < to && i < rec->words.n; i++)
		if (is_trace(rec->words.at[i], d)) {
			d->test = test_at(rec, i);
			d->line = i;
			return true;
		}
	return false;
}

/* What RS says behind a death, or NULL: "ended by signal 11". */
static const char *
rs_says(const struct record *rec, const struct death *d)
{
	char *who = text(" (%d) ended ", d->endpoint), *at;
	const char *found = NULL;
	size_t i;

	for (i = d->line; i < rec->words.n && found == NULL; i++) {
		at = strstr(rec->words.at[i], who);
		if (at != NULL && strncmp(rec->words.at[i], "rs: ", 4) == 0)
			found = strstr(at, "ended ");
	}
	free(who);
	return found;
}

/* Is it the end of an agent, a program of the tests? */
static bool
is_agent(const char *objects, const struct death *d)
{
	char *path = objects != NULL ? symbols_program(objects, d->name) : NULL;
	bool agent = path != NULL && strstr(path, "/test/") != NULL;

	free(path);
	return agent;
}

bool
death_before(const struct trial *t, struct death *d)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, t->test->id);
	size_t from = 0;

	while (s != NULL && death_find(rec, from, s->from, d)) {
		if (!is_agent(t->objects, d) &&
		    (d->test == NULL || t->meant == NULL ||
			!strings_have(t->meant, d->test)))
			return true;
		from = d->line + 1;
	}
	return false;
}

bool
death_in(const struct trial *t, struct death *d)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, t->test->id);

	return death_find(rec, s != NULL ? s->from : 0,
		   s != NULL ? s->to : SIZE_MAX, d) &&
	    strcmp(d->name, t->test->id) != 0;
}

size_t
next_begin(const struct record *rec, const struct stream *s)
{
	const struct stream *o = rec->streams, *end = o + rec->nstreams;
	size_t next = SIZE_MAX;

	for (; o < end; o++)
		if (o != s && o->begun && strcmp(o->test, RUNNER) != 0 &&
		    o->first > s->first && o->from < next)
			next = o->from;
	return next;
}

bool
death_behind(const struct trial *t, struct death *d)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, t->test->id);
	size_t from, to;

	if (s == NULL || !s->ended)
		return false;
	from = s->to;
	to = next_begin(rec, s);
	while (death_find(rec, from, to, d)) {
		if (!is_agent(t->objects, d) &&
		    strcmp(d->name, t->test->id) != 0)
			return true;
		from = d->line + 1;
	}
	return false;
}

/* The last line before a death that begins like this, or NULL. */
static const char *
line_before(const struct record *rec, const struct death *d, const char *start)
{
	size_t i = d->line + 1, stop = i > 12 ? i - 12 : 0;

	while (i-- > stop)
		if (strncmp(rec->words.at[i], start, strlen(start)) == 0)
			return rec->words.at[i];
	return NULL;
}

char *
death_cause(const struct record *rec, const struct death *d)
{
	char *panic = text("%s: panic: ", d->name);
	char *fault = text("vm: fault of %d: ", d->endpoint);
	const char *why = line_before(rec, d, panic);

	if (why != NULL)
		why += strlen(d->name) + 2;
	else if ((why = line_before(rec, d, fault)) != NULL)
		why += strlen(fault);
	else
		why = rs_says(rec, d);
	free(panic);
	free(fault);
	return why != NULL ? text(": %s", why) : text("%s", "");
}

char *
death_decode(const char *objects, const struct record *rec,
    const struct death *d)
{
	char *lines, *all;

	if (objects == NULL)
		return NULL;
	lines = symbols_decode(objects, rec->words.at[d->line]);
	all = lines != NULL ? text("  in %s:\n%s", d->name, lines) : NULL;
	free(lines);
	return all;
}

/* Does a line say anything to people? */
static bool
is_word(const char *line)
{
	return line[strspn(line, " ")] != '\0' &&
	    strncmp(line, "trace ", 6) != 0;
}

char *
last_words(const struct record *rec, size_t from, size_t to)
{
	char *all = NULL, *more;
	size_t i = to < rec->words.n ? to : rec->words.n, n = 0;

	while (i-- > from && n < WORDS_TOLD) {
		if (!is_word(rec->words.at[i]))
			continue;
		more = text("%s%s%s", rec->words.at[i], n > 0 ? "\n" : "",
		    n > 0 ? all : "");
		free(all);
		all = more;
		n++;
	}
	return all;
}

/* The line that came most often among the last ones, and how often. */
static const char *
words_most(const struct record *rec, size_t last, unsigned int *most)
{
	size_t n = rec->words.n, i, k, from = n > last ? n - last : 0;
	const char *line = NULL;
	unsigned int count;

	*most = 0;
	for (i = from; i < n; i++) {
		for (count = 0, k = from; k < n; k++)
			count +=
			    strcmp(rec->words.at[i], rec->words.at[k]) == 0;
		if (count > *most) {
			*most = count;
			line = rec->words.at[i];
		}
	}
	return line;
}

char *
flood_text(const struct record *rec, const char *limit)
{
	unsigned int most;
	const char *line = words_most(rec, FLOOD_LINES, &most);

	if (line == NULL || most < 2)
		return text("%s", limit);
	return text("%s; of the last %d lines, %u were: %s", limit, FLOOD_LINES,
	    most, line);
}
