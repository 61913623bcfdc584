/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Mapped ranges and snapshots count as memory, too; a snapshot for which there
 * is none costs none of the others. Proves A3.
 */
#include "test/ds/bound.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define LEN  DS_MAX_MEMLEN
#define MAP  DSF_TYPE_MAP
#define RING NR_DS_SNAPSHOT

static struct agent a, b;

static int
publish(unsigned int i, uint32_t type)
{
	return agent_publish_memory(&a, key_of("full", i), LEN, type);
}

/* The snapshots of a range, of which byte 10 + i is number i. */
static void
kept(int first, int n)
{
	int i, r;
	uint8_t byte;

	for (i = first - 1; i <= first + n; i++) {
		r = agent_retrieve_snapshot(&b, key_of("full", 0), i);
		rule_case(i < first || i == first + n ? -EINVAL : OK, r,
		    "snapshot %d", i);
		if (r == OK && agent_peek(&b, &byte, 1) == OK)
			rule_number(10 + (uint32_t)i, byte,
			    "byte of snapshot "
			    "%d",
			    i);
	}
}

static void
take(int i, int want)
{
	(void)agent_fill(&a, 10 + i, LEN);
	rule_case(want, agent_snapshot(&a, key_of("full", 0)),
	    "taking snapshot %d", i);
}

/* A range, RING snapshots, and other ranges until there is no memory: the
 * next snapshot needs memory before the oldest is given back. */
static void
full(void)
{
	int i;

	rule_case(OK, publish(0, MAP), "publishing");
	for (i = 0; i < RING; i++)
		take(i, i);
	rule_case(OK, publish(1, MAP), "publishing another");
	rule_case(OK, publish(2, DSF_TYPE_MEM), "publishing a copy");
	rule_case(-ENOMEM, publish(3, DSF_TYPE_MEM), "one copy more");
	rule_case(-ENOMEM, publish(3, MAP), "one map more");
	take(RING, -ENOMEM);
	rule_case(-ENOMEM, agent_snapshot(&b, key_of("full", 1)),
	    "the first snapshot of the other range");
	kept(0, RING);
	rule_case(OK, agent_delete(&a, key_of("full", 2), DSF_TYPE_MEM),
	    "deleting the copy");
	take(RING, RING);
	take(RING + 1, RING + 1);
	kept(2, RING);
	rule_case(0, agent_snapshot(&b, key_of("full", 1)),
	    "the first snapshot of the other range");
	take(RING + 2, -ENOMEM);
	kept(2, RING);
	rule_case(OK, agent_delete(&a, key_of("full", 0), MAP), "deleting");
	rule_case(OK, agent_delete(&a, key_of("full", 1), MAP), "deleting");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-mapbound", &a, &b);
	rule("full");
	full();
	rule_end();
	bound_walk(&a, true);
	return agents_close(&a, &b);
}
