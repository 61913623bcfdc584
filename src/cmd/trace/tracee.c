/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See tracee.h. */
#include "cmd/trace/tracee.h"

#include <stdlib.h>

#include <lacuna/cmdtext.h>

struct tracee *tracees;

struct tracee *
tracee_add(pid_t pid)
{
	struct tracee *t = cmd_memory(NULL, sizeof *t);

	*t = (struct tracee){ .next = tracees, .pid = pid };
	tracees = t;
	return t;
}

struct tracee *
tracee_find(pid_t pid)
{
	struct tracee *t = tracees;

	while (t != NULL && t->pid != pid)
		t = t->next;
	return t;
}

void
tracee_remove(struct tracee *t)
{
	struct tracee **at = &tracees;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	text_free(&t->line);
	free(t);
}
