/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Each changed entry is reported once, however often it changed, by place, with
 * its type and where its owner runs. Proves A3, A7.
 */
#include <stdio.h>
#include <string.h>

#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define COUNT 16
#define U32   DSF_TYPE_U32
#define STR   DSF_TYPE_STR

static struct agent a, b;
static unsigned int order[COUNT];

static uint32_t
type_of(unsigned int i)
{
	return i % 3 == 0 ? STR : U32;
}

/* Publish keys of the order from `from` on, each by turns. */
static void
publish(unsigned int from, unsigned int n, unsigned int value, uint32_t flags)
{
	unsigned int i;

	for (i = from; i < from + n; i++)
		(void)kind_put(&b, type_of(order[i]), key_of("c", order[i]),
		    value, flags);
	(void)agent_run(&b);
	for (i = 0; i < n; i++)
		rule_case(OK, b.list[i].result, "publishing");
}

static void
want(unsigned int from, unsigned int n)
{
	unsigned int i;

	for (i = from; i < from + n; i++)
		told_add(key_of("c", order[i]), type_of(order[i]), b.ep);
	told_by_place(&a);
}

/* Many times, in many orders; the same value is a change as well. */
static void
once(void)
{
	told_begin();
	told(&a, "before anything has changed");
	publish(0, COUNT / 2, 1, 0);
	publish(0, COUNT / 2, 1, DSF_OVERWRITE);
	publish(0, COUNT / 4, 2, DSF_OVERWRITE);
	want(0, COUNT / 2);
	told(&a, "published and overwritten");
	told_begin();
	told(&a, "after that");
	publish(COUNT / 4, 1, 1, DSF_OVERWRITE);
	want(COUNT / 4, 1);
	told(&a, "overwritten with the same value");
	publish(2, COUNT - 2, 3, DSF_OVERWRITE);
	told_begin();
	want(2, COUNT - 2);
	told(&a, "some old ones and some new ones");
}

/* A change that cannot be given is not lost; one that was is not repeated. */
static void
without_room(void)
{
	static const uint32_t rooms[] = { 0, 1, 2, DS_MAX_KEYLEN - 1 };
	struct agent_op *op;
	unsigned int i;

	publish(0, 3, 4, DSF_OVERWRITE);
	for (i = 0; i < 4; i++) {
		op = agent_add(&a, DS_CHECK, "", 0);
		op->keylen = op->keygrant = rooms[i];
	}
	op = agent_add(&a, DS_CHECK, "", 0);
	op->keygrant = 1;
	(void)agent_run(&a);
	for (i = 0; i < 4; i++)
		rule_case(-EINVAL, a.list[i].result,
		    "DS_CHECK with room for %u bytes", (unsigned)rooms[i]);
	rule_case(-EPERM, a.list[i].result,
	    "DS_CHECK with a grant that is too short");
	told_begin();
	want(0, 3);
	told(&a, "what could not be given before");
}

/* The owner is where its label is. */
static void
owner(void)
{
	publish(0, 4, 5, DSF_OVERWRITE);
	rule_case(OK, agent_restart(&b), "the publisher is started again");
	told_begin();
	want(0, 4);
	told(&a, "whose owner was started again");
	rule_case(OK,
	    kind_put_now(&a, type_of(order[0]), key_of("c", order[0]), 6,
		DSF_OVERWRITE),
	    "the subscriber overwrites one");
	told_begin();
	told_add(key_of("c", order[0]), type_of(order[0]), a.ep);
	told(&a, "one's own change");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-check", &a, &b);
	shuffle("order", order, COUNT);
	(void)report_status("subscribe",
	    agent_subscribe(&a, pattern_of("c"), 0));
	(void)agent_publish(&b, key_of("c", 100), value_of(0), 0);
	(void)report_obs("notified", "%d", agent_notified(&a) > 0);
	(void)report_status("first", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	(void)report_status("not-twice", agent_check(&a));
	rule("once");
	once();
	rule_end();
	rule("room");
	without_room();
	rule_end();
	rule("owner");
	owner();
	rule_end();
	return agents_close(&a, &b);
}
