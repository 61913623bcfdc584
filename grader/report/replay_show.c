/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A run for people, see replay_show.h. What it says is foreign: each text from
 * the guest is quoted.
 */
#include "grader/report/replay_show.h"

#include <stdlib.h>
#include <string.h>

#include "grader/base/quote.h"

/* An observation or a note. That no check of the test's own failed says
 * nothing: what it observed is compared here. */
static void
show_seen(FILE *to, const struct observation *o)
{
	char *name = quote(o->name), *value = quote(o->value);
	bool none =
	    strcmp(o->name, "failed-checks") == 0 && strcmp(o->value, "0") == 0;

	if (!none)
		fprintf(to, "  %12llu  %s%s%s\n", (unsigned long long)o->time,
		    name, name[0] != '\0' ? " = " : "# ", value);
	free(name);
	free(value);
}

static void
show_failure(FILE *to, const struct failure *f)
{
	char *place = quote(f->place), *claim = quote(f->claim);

	fprintf(to, "  %12llu  failed: %s %s\n", (unsigned long long)f->time,
	    place, claim);
	free(place);
	free(claim);
}

/* One thing that was wrong. */
static void
show_wrong(FILE *to, const char *what, const char *message,
    const char *expected, const char *seen)
{
	char *q = quote(message != NULL ? message : "");

	fprintf(to, "%s%s\n", what, q);
	free(q);
	if (expected == NULL)
		return;
	q = quote(expected);
	fprintf(to, "  expected %s\n", q);
	free(q);
	q = quote(seen != NULL ? seen : "nothing");
	fprintf(to, "  seen     %s\n", q);
	free(q);
}

static void
show_verdict(FILE *to, const struct verdict *v)
{
	char *what, *where;
	size_t i;

	if (v->fault == FAULT_NONE) {
		fprintf(to, "It passes.\n");
		return;
	}
	what = text("It fails: %s: ", fault_text(v->fault));
	show_wrong(to, what, v->message, v->expected, v->seen);
	free(what);
	if (v->where != NULL) {
		where = quote_lines(v->where, "");
		fputs(where, to);
		free(where);
	}
	for (i = 0; i < v->nmore; i++)
		show_wrong(to, "Also: ", v->more[i].message,
		    v->more[i].expected, v->more[i].seen);
}

void
replay_show(FILE *to, const struct record *rec, const struct test *t,
    const struct verdict *v)
{
	const struct stream *s = record_stream(rec, t->id);
	size_t i;
	char *q;

	fprintf(to, "%s: %s\n", t->id, t->title);
	for (i = 0; s != NULL && i < s->nseen; i++)
		show_seen(to, &s->seen[i]);
	for (i = 0; s != NULL && i < s->nfailures; i++)
		show_failure(to, &s->failures[i]);
	for (i = 0; i < rec->words.n; i++) {
		q = quote(rec->words.at[i]);
		fprintf(to, "  kernel: %s\n", q);
		free(q);
	}
	show_verdict(to, v);
}
