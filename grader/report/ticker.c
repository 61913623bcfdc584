/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A line that tells how far it is, see ticker.h.
 */
#include "grader/report/ticker.h"

#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "grader/base/base.h"

#define TERMINAL_MS 200
#define FILE_MS     10000
#define COLUMNS     78 /* a line that wraps cannot be wiped */

static uint64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail here */
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void
ticker_init(struct ticker *t, bool wanted)
{
	t->to = wanted ? stderr : NULL;
	t->terminal = isatty(STDERR_FILENO) != 0;
	t->every = t->terminal ? TERMINAL_MS : FILE_MS;
	atomic_init(&t->again, 0);
	t->shown = 0;
}

/* One call for the whole of it: threads do not mix in one. */
static void
say(struct ticker *t, const char *line)
{
	if (t->terminal) {
		fprintf(t->to, "\r%-*.*s", t->shown, COLUMNS, line);
		t->shown = COLUMNS;
	} else {
		fprintf(t->to, "%s.\n", line);
	}
	fflush(t->to);
	atomic_store(&t->again, now_ms() + t->every);
}

void
ticker_start(struct ticker *t, const char *what)
{
	if (t->to != NULL)
		say(t, what);
}

bool
ticker_due(struct ticker *t)
{
	uint64_t now = now_ms();
	uint_fast64_t again = atomic_load(&t->again);

	return t->to != NULL && now >= again &&
	    atomic_compare_exchange_strong(&t->again, &again, now + t->every);
}

void
ticker_tell(struct ticker *t, const char *fmt, ...)
{
	va_list ap;
	char *line;

	if (t->to == NULL)
		return;
	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		die(EXIT_INFRA, "out of memory");
	va_end(ap);
	say(t, line);
	free(line);
}

void
ticker_wipe(struct ticker *t)
{
	if (t->to == NULL || t->shown == 0)
		return;
	fprintf(t->to, "\r%*s\r", t->shown, "");
	fflush(t->to);
	t->shown = 0;
}
