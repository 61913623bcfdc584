/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of all sizes at all offsets, in the agent: a sweep would take too
 * long if the test asked for each.
 */
#include <lacuna/kcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "test/safecopy/agent.h"

#define ROOM (12 * PAGE) /* the largest copy with a page on either side */

static uint8_t expected[ROOM], seen[ROOM];
static uint8_t pattern[ROOM]; /* what the source has */

/* One copy of a sweep. */
struct one {
	vir_bytes mine, theirs; /* where it goes, or comes from */
	vir_bytes start;        /* of the whole room, on the receiving side */
	uint32_t size, room;
};

static void
pattern_make(void)
{
	for (uint32_t i = 0; i < sizeof pattern; i++)
		pattern[i] = (uint8_t)((i * 2654435761u) >> 21);
}

/* Whole pages of a range. */
static uint32_t
whole_pages(vir_bytes addr, uint32_t size)
{
	vir_bytes first = (addr + PAGE - 1) / PAGE, end = (addr + size) / PAGE;

	return end > first ? end - first : 0;
}

/* The receiving side is as it should be. */
static bool
arrived(const struct agent_op *op, const struct one *c, uint32_t skip)
{
	const uint8_t *got = (const uint8_t *)(uintptr_t)c->start;
	endpoint_t who = op->who;

	memset(expected, GUARD, c->room);
	memcpy(expected + skip, pattern, c->size);
	if (op->sweep.write) {
		if (sys_datacopy(who, c->start, SELF, vir_addr(seen),
			c->room) != OK)
			return false;
		got = seen;
	}
	return memcmp(got, expected, c->room) == 0;
}

/* Prepare both sides: the source holds the pattern, the other the guard. */
static int
prepare(const struct agent_op *op, const struct one *c)
{
	if (op->sweep.write) {
		memcpy((void *)(uintptr_t)c->mine, pattern, c->size);
		return sys_memset(op->who, c->start, GUARD, c->room);
	}
	memset((void *)(uintptr_t)c->start, GUARD, c->room);
	return sys_datacopy(SELF, vir_addr(pattern), op->who, c->theirs,
	    c->size);
}

/* Note the first case that went wrong. */
static void
note(struct sweep *s, const struct one *c)
{
	if (s->wrong + s->miscounted == 0) {
		s->size = c->size;
		s->at = c->mine % PAGE;
	}
}

/* One copy: `at` is the offset here in the second page of the room. */
static int
copy_one(struct agent_op *op, uint32_t size, uint32_t at)
{
	struct sweep *s = &op->sweep;
	uint32_t there = (at + s->skew) % PAGE, skip;
	struct one c = { op->addr + PAGE + at, s->theirs + PAGE + there, 0,
		size, 0 };
	endpoint_t receiver = s->write ? op->who : SELF;
	uint32_t pages;
	int before, after, r;

	skip = PAGE + (s->write ? there : at);
	c.start = s->write ? s->theirs : op->addr;
	c.room = (skip + size + 2 * PAGE) & ~(PAGE - 1);
	r = prepare(op, &c);
	if (r != OK)
		return r;
	before = agent_shared(receiver);
	r = s->write
	    ? sys_safecopyto(op->who, op->gid, PAGE + there, c.mine, size)
	    : sys_safecopyfrom(op->who, op->gid, PAGE + there, c.mine, size);
	after = agent_shared(receiver);
	pages = s->skew % PAGE == 0 ? whole_pages(c.mine, size) : 0;
	s->cases++;
	s->pages += pages;
	if (after > before)
		s->shared += (uint32_t)(after - before);
	if (r != OK || !arrived(op, &c, skip)) {
		note(s, &c);
		s->wrong++;
	} else if (after - before != (int)pages) {
		note(s, &c);
		s->miscounted++;
	}
	return OK;
}

int
agent_sweep(struct agent_op *op)
{
	struct sweep *s = &op->sweep;
	uint32_t size, at;
	int d, r = OK;

	s->cases = s->pages = s->shared = s->wrong = s->miscounted = 0;
	s->size = s->at = 0;
	pattern_make();
	for (size = s->min; size <= s->max; size *= 2)
		for (d = -1; d <= 1; d++)
			for (at = s->first; at < PAGE && r == OK; at += s->step)
				if (size + (uint32_t)d > 0 &&
				    size + PAGE <= 9 * PAGE)
					r = copy_one(op, size + (uint32_t)d,
					    at);
	return r;
}
