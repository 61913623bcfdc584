/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See breaks.h. */
#include "cmd/db/breaks.h"

#include <stddef.h>
#include <stdlib.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/db/show.h"
#include "cmd/trace/process.h"

#define INT3 0xcc

static struct brk *list; /* in the order they were made */
static int last;

struct brk *
breaks_at(uint32_t addr)
{
	struct brk *b = list;

	while (b != NULL && b->addr != addr)
		b = b->next;
	return b;
}

struct brk *
breaks_add(uint32_t addr, bool once)
{
	struct brk **at = &list, *b = breaks_at(addr);

	if (b == NULL) {
		b = cmd_memory(NULL, sizeof *b);
		*b = (struct brk){ .addr = addr };
		while (*at != NULL)
			at = &(*at)->next;
		*at = b;
	}
	if (!once && b->number == 0)
		b->number = ++last;
	return b;
}

void
breaks_forget(struct brk *b)
{
	struct brk **at = &list;

	while (*at != b)
		at = &(*at)->next;
	*at = b->next;
	free(b);
}

bool
breaks_delete(int number)
{
	bool found = false;
	struct brk *b, *next;

	for (b = list; b != NULL; b = next) {
		next = b->next;
		if (number != 0 && b->number != number)
			continue;
		found = true;
		breaks_forget(b);
	}
	return found;
}

void
breaks_insert(pid_t pid, const struct brk *but)
{
	const uint8_t trap = INT3;
	struct brk *b, *next;

	for (b = list; b != NULL; b = next) {
		next = b->next;
		if (b == but)
			continue;
		b->in = process_peek(pid, b->addr, &b->old, 1) == 1 &&
		    process_poke(pid, b->addr, &trap, 1) == 0;
		if (!b->in) {
			cmd_warnx("breakpoint", "no memory is there; deleted");
			breaks_forget(b);
		}
	}
}

void
breaks_clean(pid_t pid)
{
	for (const struct brk *b = list; b != NULL; b = b->next)
		if (b->in)
			(void)process_poke(pid, b->addr, &b->old, 1);
}

void
breaks_lost(void)
{
	for (struct brk *b = list; b != NULL; b = b->next)
		b->in = false;
}

void
breaks_remove(pid_t pid)
{
	breaks_clean(pid);
	breaks_lost();
}

void
breaks_show(void)
{
	if (list == NULL)
		cmd_outs("no breakpoints\n");
	for (const struct brk *b = list; b != NULL; b = b->next) {
		cmd_outs("breakpoint ");
		cmd_out_number(b->number, 0);
		cmd_outs(" at ");
		show_place(b->addr);
		cmd_outc('\n');
	}
}
