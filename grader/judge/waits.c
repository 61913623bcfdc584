/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Knots of processes, see waits.h. A note is "waits WAITER PEER".
 */
#include "grader/judge/waits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

char *
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
