/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Words of the machine, see suite_words.h.
 */
#include "grader/command/suite_words.h"

#include <string.h>

/* The first line from a number on that contains some words; or the number of
 * lines. */
static size_t
line_with(const struct record *rec, size_t from, const char *words)
{
	while (
	    from < rec->words.n && strstr(rec->words.at[from], words) == NULL)
		from++;
	return from;
}

char *
words_panic(const struct system_test *t, const struct boot *b)
{
	const uint64_t early =
	    (uint64_t)t->not_before * boot_ips(0); /* the suite's schedule */

	if (b->run.end != BOCHS_PANIC)
		return text("it did not end in a panic, but: %s %s",
		    bochs_end_name(b->run.end), b->run.reason);
	if (line_with(&b->record, 0, t->panics) == b->record.words.n)
		return text("it did not say \"%s\" but: %s", t->panics,
		    b->run.reason);
	if (b->run.ticks < early)
		return text("it did not wait %u seconds for that",
		    t->not_before);
	return NULL;
}

char *
words_say(const struct system_test *t, const struct record *rec)
{
	const size_t n = rec->words.n;
	size_t from = 0, at;
	unsigned int i;

	for (i = 0; i < t->says_count; i++) {
		at = line_with(rec, 0, t->says[i]);
		if (at == n)
			return text("it did not say \"%s\"", t->says[i]);
		if (at < from)
			return text("it said \"%s\" before \"%s\"", t->says[i],
			    t->says[i - 1]);
		if (line_with(rec, at + 1, t->says[i]) != n)
			return text("it said \"%s\" twice", t->says[i]);
		from = at;
	}
	return NULL;
}
