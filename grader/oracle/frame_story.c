/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The story of a frame, see frame_story.h. The page tables of a checkpoint are
 * kept, so they are simply walked again.
 */
#include "grader/oracle/frame_story.h"

#include <stdio.h>
#include <string.h>

#include <abi/limits.h>

#define TOLD        3 /* entries */
#define TABLE_SPAN  (PAGE_SIZE / 4 * PAGE_SIZE)
#define KERNEL_PDES (KERNEL_BASE / TABLE_SPAN)

/* A text under construction. */
struct story {
	const struct oracle *o;
	const struct snapshot *s;
	uint32_t frame, entries;
	char *to;
	size_t size, n;
};

static __attribute__((format(printf, 2, 3))) void
say(struct story *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(t->to + t->n, t->size - t->n, fmt, ap);
	va_end(ap);
	if (n > 0)
		t->n +=
		    (size_t)n < t->size - t->n ? (size_t)n : t->size - t->n - 1;
}

/* The name of a process, as the kernel has it. */
static void
name_of(const struct story *t, const struct space *p, char name[PROC_NAME_MAX])
{
	char letter[80];
	int64_t c = 0;
	size_t i;

	for (i = 0; i + 1 < PROC_NAME_MAX; i++) {
		snprintf(letter, sizeof letter,
		    "kernel/proc.c:proc_table[%u].name[%zu]", p->slot, i);
		if (snapshot_variable(t->o, t->s, false, letter, &c) < 0 ||
		    c <= ' ' || c > '~')
			break;
		name[i] = (char)c;
	}
	name[i] = '\0';
}

/* The place an address of a process belongs to, or NULL. */
static const struct place *
place_at(const struct snapshot *s, int endpoint, uint32_t addr)
{
	const struct place *p;
	size_t i;

	for (i = 0; i < s->nplaces; i++) {
		p = &s->places[i];
		if (p->endpoint == endpoint && addr + PAGE_SIZE > p->addr &&
		    addr < p->addr + p->bytes)
			return p;
	}
	return NULL;
}

static void
tell_entry(struct story *t, const struct space *p, uint32_t addr, uint32_t pte)
{
	const struct place *place = place_at(t->s, p->endpoint, addr);
	char name[PROC_NAME_MAX];

	if (t->entries++ >= TOLD)
		return;
	name_of(t, p, name);
	say(t, "%s %s (%d) at 0x%x%s%s%s", t->entries > 1 ? "," : ":", name,
	    p->endpoint, addr, place != NULL ? " in " : "",
	    place != NULL ? place->name : "",
	    (pte & PTE_W) != 0 ? ", may store" : "");
}

/* The entries of one table. */
static void
tell_table(struct story *t, const struct space *p, uint32_t table,
    uint32_t start)
{
	uint32_t i, pte;

	for (i = 0; i < PAGE_SIZE / 4; i++)
		if (memory_word(&t->s->memory, table + i * 4, &pte) &&
		    (pte & PTE_P) != 0 && pte >> PAGE_SHIFT == t->frame)
			tell_entry(t, p, start + i * PAGE_SIZE, pte);
}

void
frame_story(const struct oracle *o, const struct snapshot *s, uint32_t frame,
    char *to, size_t size)
{
	struct story t = { o, s, frame, 0, to, size, 0 };
	int64_t vm = snapshot_vm_refs(s, frame);
	uint32_t i, pde;
	size_t k;

	if (vm == FRAME_IS_FREE)
		say(&t, "frame 0x%x is free to VM", frame);
	else
		say(&t, "VM counts %lld users of frame 0x%x", (long long)vm,
		    frame);
	say(&t, ", and %u map%s it", s->refs[frame] + s->tables[frame],
	    s->refs[frame] + s->tables[frame] == 1 ? "s" : "");
	if (s->tables[frame])
		say(&t, " (one as a table)");
	for (k = 0; k < s->nspaces; k++)
		for (i = 0; i < KERNEL_PDES; i++)
			if (memory_word(&s->memory, s->spaces[k].dir + i * 4,
				&pde) &&
			    (pde & PTE_P) != 0)
				tell_table(&t, &s->spaces[k], pde & PTE_FRAME,
				    i * TABLE_SPAN);
	if (t.entries > TOLD)
		say(&t, ", and %u more", t.entries - TOLD);
}
