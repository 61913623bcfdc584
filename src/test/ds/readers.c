/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * DS makes 64 grants for clients that map; they are for those that live, and
 * for ranges that are there. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/ds/rule.h"
#include "test/ds/usage.h"
#include "test/report/report.h"

#define RANGES (NR_DS_READERS / 2)
#define MAP    DSF_TYPE_MAP

static struct agent a, b;

static void
publish(unsigned int from, unsigned int n)
{
	struct agent_op *op;
	unsigned int i;

	for (i = from; i < from + n; i++) {
		op = agent_add(&a, DS_PUBLISH, key_of("range", i), MAP);
		op->len = op->granted = 4096;
	}
	(void)agent_run(&a);
	for (i = 0; i < n; i++)
		rule_case(OK, a.list[i].result, "publishing range %u",
		    from + i);
}

/* Ask for grants to map ranges. */
static void
map(struct agent *who, unsigned int from, unsigned int n, int want)
{
	unsigned int i;

	for (i = from; i < from + n; i++)
		(void)agent_add(who, DS_RETRIEVE, key_of("range", i),
		    MAP | DSMF_MAP_MAPPED);
	(void)agent_run(who);
	for (i = 0; i < n; i++)
		rule_case(want, who->list[i].result,
		    "a grant of range %u for %s", from + i, who->label);
}

/* Both clients, all ranges; then one more, and what they have already. */
static void
all(void)
{
	publish(0, RANGES + 2);
	map(&a, 0, RANGES, OK);
	map(&b, 0, RANGES, OK);
	map(&a, RANGES, 2, -ENOMEM);
	map(&b, RANGES, 2, -ENOMEM);
	map(&a, 0, RANGES, OK);
	map(&b, 0, RANGES, OK);
}

/* A range that goes gives back two; they can be had again, and no more. */
static void
deleted(void)
{
	rule_case(OK, agent_delete(&a, key_of("range", 3), MAP), "deleting");
	map(&a, RANGES, 2, OK);
	map(&b, RANGES, 1, -ENOMEM);
	publish(3, 1);
	map(&b, 3, 1, -ENOMEM);
}

/* A client that was started again has no use for what it had. */
static void
again(void)
{
	rule_case(OK, agent_restart(&b), "a client is started again");
	map(&b, 0, 3, OK);
	map(&b, 4, RANGES - 4, OK);
	map(&b, RANGES, 2, -ENOMEM);
}

/* When it goes for good, so do its grants. */
static void
gone(void)
{
	struct usage before, now;

	usage_look(&before);
	rule_case(OK, agent_stop_seen(&b, &a), "a client goes");
	usage_look(&now);
	rule_number(RANGES - 1, (uint32_t)(before.grants - now.grants),
	    "grants that went with it");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-readers", &a, &b);
	rule("all");
	all();
	rule_end();
	rule("deleted");
	deleted();
	rule_end();
	rule("again");
	again();
	rule_end();
	rule("gone");
	gone();
	rule_end();
	return agents_close(&a, NULL);
}
