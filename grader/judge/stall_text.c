/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A run that did not get on, see stall_text.h.
 */
#include "grader/judge/stall_text.h"

#include <stdlib.h>

bool
stall_waited(const struct stall *s)
{
	size_t most;

	return hot_space(s->samples, s->nsamples, &most) == 0;
}

/* What the processor did. */
static char *
doing(const struct stall *s)
{
	struct hot_loop loop;
	char *all;

	if (stall_waited(s))
		return text("everything waited");
	if (!hot_find(s->objects, s->samples, s->nsamples, &loop))
		return text("the system was busy and did not get on");
	all = text("%s goes round in %s", loop.program, loop.spot);
	hot_loop_free(&loop);
	return all;
}

char *
stall_text(const struct stall *s)
{
	char *what = doing(s), *all;

	all = text("%s: nothing ended for %u emulated seconds%s", what,
	    s->silence, s->test == NULL ? ", before any test began" : "");
	free(what);
	return all;
}

char *
stall_where(const struct stall *s)
{
	struct hot_loop loop;
	char *where;

	if (!hot_find(s->objects, s->samples, s->nsamples, &loop))
		return NULL;
	where = text("%s", loop.where);
	hot_loop_free(&loop);
	return where;
}
