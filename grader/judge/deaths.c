/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Deaths of services, see deaths.h. Traces are
 *
 *     trace LABEL ENDPOINT 0xADDR ...
 *
 * and RS says "rs: LABEL (ENDPOINT, PROGRAM) ended by signal 11" behind them.
 */
#include "grader/judge/deaths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"

#define WORDS_TOLD 8 /* lines */

/* The name in a trace of a service, or false: it is none. */
static bool
is_trace(const char *line, char name[32])
{
	return sscanf(line, "trace %31s", name) == 1 &&
	    strcmp(name, "kernel") != 0;
}

/* The test that was on when a line came, or NULL. */
static const char *
test_at(const struct record *rec, size_t line)
{
	const struct stream *s;
	size_t i;

	for (i = 0; i < rec->nstreams; i++) {
		s = &rec->streams[i];
		if (s->begun && strcmp(s->test, RUNNER) != 0 &&
		    line >= s->from && line < s->to)
			return s->test;
	}
	return NULL;
}

bool
death_find(const struct record *rec, size_t from, size_t to, struct death *d)
{
	size_t i;

	for (i = from; i < to && i < rec->words.n; i++)
		if (is_trace(rec->words.at[i], d->name)) {
			d->line = i;
			d->test = test_at(rec, i);
			return true;
		}
	return false;
}

/* What RS says behind a death, or NULL: "(ENDPOINT, PROGRAM) ..." */
static const char *
rs_says(const struct record *rec, const struct death *d)
{
	char *start = text("rs: %s (", d->name);
	size_t i, n = strlen(start);
	const char *found = NULL;

	for (i = d->line; i < rec->words.n && found == NULL; i++)
		if (strncmp(rec->words.at[i], start, n) == 0)
			found = rec->words.at[i] + n - 1;
	free(start);
	return found;
}

/* The path of the service's program, for free(); NULL: nobody says. */
static char *
program_of(const struct record *rec, const struct death *d)
{
	const char *says = rs_says(rec, d), *path;

	path = says != NULL ? strstr(says, ", /") : NULL;
	if (path == NULL || strchr(path, ')') == NULL)
		return NULL;
	return text("%.*s", (int)strcspn(path + 2, ")"), path + 2);
}

bool
death_before(const struct trial *t, struct death *d)
{
	const struct record *rec = &t->boot->record;
	const struct stream *s = record_stream(rec, t->test->id);
	size_t from = 0;
	char *program;
	bool agent;

	while (s != NULL && death_find(rec, from, s->from, d)) {
		program = program_of(rec, d);
		agent = program != NULL && strncmp(program, "/test/", 6) == 0;
		free(program);
		if (!agent &&
		    (d->test == NULL || t->meant == NULL ||
			!strings_have(t->meant, d->test)))
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
	char *fault = text("vm: fault of %s ", d->name);
	const char *why = line_before(rec, d, panic), *says;

	if (why != NULL)
		why += strlen(d->name) + 2;
	else if ((why = line_before(rec, d, fault)) != NULL)
		why += strlen("vm: ");
	else if ((says = rs_says(rec, d)) != NULL)
		why = strstr(says, "ended ");
	free(panic);
	free(fault);
	return why != NULL ? text(": %s", why) : text("%s", "");
}

char *
death_decode(const char *objects, const struct record *rec,
    const struct death *d)
{
	char *path = program_of(rec, d), *program = NULL, *all, *lines = NULL;

	if (objects == NULL) {
		free(path);
		return NULL;
	}
	program = symbols_program(objects,
	    path != NULL ? strrchr(path, '/') + 1 : d->name);
	if (program != NULL)
		lines = symbols_decode_in(program, rec->words.at[d->line]);
	all = lines != NULL ? text("  in %s:\n%s", d->name, lines) : NULL;
	free(lines);
	free(program);
	free(path);
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
