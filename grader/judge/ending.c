/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See grader/judge/ending.h. */
#include "grader/judge/ending.h"

#include <string.h>

/* The first line from `from` on that holds a word, or the number of all. */
static size_t
find(const struct strings *lines, size_t from, const char *word)
{
	while (from < lines->n && strstr(lines->at[from], word) == NULL)
		from++;
	return from;
}

/* Lines that do not come, or in another order. */
static char *
missing(const struct ending *e, const struct strings *lines, size_t from)
{
	unsigned int i;

	for (i = 0; i < e->says_count; i++, from++) {
		from = find(lines, from, e->says[i]);
		if (from == lines->n)
			return text("on the way down nobody says \"%s\"%s%s%s",
			    e->says[i], i > 0 ? " behind \"" : "",
			    i > 0 ? e->says[i - 1] : "", i > 0 ? "\"" : "");
	}
	return NULL;
}

/* Lines that should not come. */
static char *
unwanted(const struct ending *e, const struct strings *lines, size_t from)
{
	unsigned int i;
	size_t at;

	for (i = 0; i < e->never_count; i++) {
		at = find(lines, from, e->never[i]);
		if (at < lines->n)
			return text("on the way down: \"%s\"", lines->at[at]);
	}
	return NULL;
}

char *
ending_fault(const struct ending *e, const struct record *rec, uint64_t ticks,
    uint32_t ips, const char *console)
{
	const struct stream *runner = record_stream(rec, RUNNER);
	uint64_t took;
	char *why;

	if (runner == NULL || !rec->bye)
		return text("the tests have not ended");
	took = ticks - runner->last;
	if (took > (uint64_t)e->within * ips)
		return text("the way down takes %.1f seconds, not %u",
		    (double)took / ips, e->within);
	why = missing(e, &rec->words, runner->to);
	if (why == NULL)
		why = unwanted(e, &rec->words, runner->to);
	if (why == NULL && e->console != NULL &&
	    strstr(console, e->console) == NULL)
		why = text("the console does not show \"%s\"", e->console);
	return why;
}
