/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory of DS, counted along with it: see test/ds/bound.h. Sizes are drawn so
 * that many are just what is left, or a page more.
 */
#include "test/ds/bound.h"

#include <abi/limits.h>

#include "test/ds/rule.h"
#include "test/report/report.h"

#define PAGE    4096u
#define SLOTS   14
#define STEPS   110
#define LONGEST (DS_MAX_MEMLEN / PAGE) /* pages */
#define MEM     DSF_TYPE_MEM
#define MAP     DSF_TYPE_MAP

/* What should be in the store. */
static struct slot {
	uint32_t type; /* 0: nothing */
	uint32_t pages, snapshots;
} slots[SLOTS];

static uint32_t left; /* pages */
static int want[STEPS];

/* A number of this walk. */
static uint32_t
draw(const char *label, unsigned int step, uint32_t n)
{
	return nonce_u32(report_nonce(), label, step) % n;
}

/* How many pages to ask for: often just what is left, or one more. */
static uint32_t
size(unsigned int step)
{
	const uint32_t some = 1 + draw("size", step, LONGEST);
	uint32_t pages = left + draw("more", step, 2);

	if (draw("exact", step, 2) == 0 || pages == 0 || pages > LONGEST)
		pages = some;
	return pages;
}

static struct agent_op *
publish(struct agent *a, unsigned int i, uint32_t type, uint32_t len,
    uint32_t flags)
{
	struct agent_op *op =
	    agent_add(a, DS_PUBLISH, key_of("bound", i), type | flags);

	op->len = op->granted = len;
	return op;
}

/* Publish something where nothing is, or over what is there. */
static int
step_publish(struct agent *a, unsigned int step, unsigned int i, uint32_t type)
{
	struct slot *s = &slots[i];
	const uint32_t pages = size(step);
	const uint32_t len =
	    pages * PAGE - (type == MEM ? draw("odd", step, PAGE) : 0);
	struct agent_op *op =
	    publish(a, i, type, len, s->type != 0 ? DSF_OVERWRITE : 0);

	if (pages > left)
		return -ENOMEM;
	if (draw("refused", step, 6) == 0 && len > PAGE) {
		op->granted = PAGE;
		return -EPERM;
	}
	left -= pages;
	if (s->type != 0)
		left += s->pages;
	*s = (struct slot){ .type = type, .pages = pages };
	return OK;
}

static int
step_delete(struct agent *a, unsigned int i)
{
	struct slot *s = &slots[i];
	const uint32_t kept =
	    s->snapshots < NR_DS_SNAPSHOT ? s->snapshots : NR_DS_SNAPSHOT;

	(void)agent_add(a, DS_DELETE, key_of("bound", i), s->type);
	left += s->pages * (1 + kept);
	s->type = 0;
	return OK;
}

static int
step_snapshot(struct agent *a, unsigned int i)
{
	struct slot *s = &slots[i];

	(void)agent_add(a, DS_SNAPSHOT, key_of("bound", i), MAP);
	if (s->pages > left)
		return -ENOMEM;
	if (++s->snapshots <= NR_DS_SNAPSHOT)
		left -= s->pages;
	return OK;
}

/* One request; what should come of it. */
static int
step(struct agent *a, unsigned int n, bool mapped)
{
	const unsigned int i = draw("slot", n, SLOTS);
	const uint32_t type = mapped && i % 2 == 0 ? MAP : MEM;

	if (slots[i].type == 0)
		return step_publish(a, n, i, type);
	if (draw("delete", n, 4) == 0)
		return step_delete(a, i);
	return type == MAP ? step_snapshot(a, i) : step_publish(a, n, i, MEM);
}

/* All memory, and not a byte more. */
static void
all(struct agent *a)
{
	unsigned int i, n = 0;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].type != 0) {
			(void)step_delete(a, i);
			n++;
		}
	(void)agent_run(a);
	for (i = 0; i < n; i++)
		if (a->list[i].result != OK)
			rule_case(OK, a->list[i].result, "deleting");
	for (i = 0; i < DS_MEM_TOTAL / DS_MAX_MEMLEN; i++)
		(void)publish(a, i, MEM, DS_MAX_MEMLEN - i, 0);
	(void)publish(a, i, MEM, 1, 0);
	(void)agent_run(a);
	for (i = 0; i < DS_MEM_TOTAL / DS_MAX_MEMLEN; i++)
		rule_case(OK, a->list[i].result, "range %u of all memory", i);
	rule_case(-ENOMEM, a->list[i].result, "one byte more");
}

void
bound_walk(struct agent *a, bool mapped)
{
	unsigned int n;

	left = DS_MEM_TOTAL / PAGE;
	for (n = 0; n < STEPS; n++)
		want[n] = step(a, n, mapped);
	(void)agent_run(a);
	rule("walk");
	for (n = 0; n < STEPS; n++)
		rule_case(want[n], a->list[n].result,
		    "step %u: request %d, %u pages", n,
		    a->list[n].call - DS_BASE,
		    (unsigned)((a->list[n].len + PAGE - 1) / PAGE));
	rule_end();
	rule("all");
	all(a);
	rule_end();
}
