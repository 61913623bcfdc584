/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Subscriptions do not disturb each other: each has an expression, types,
 * changes and deletions of its own. Proves A3.
 */
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32

static struct agent a, b, c;

static void
subscribe(struct agent *who, const char *label, uint32_t flags)
{
	rule_case(OK, agent_subscribe(who, pattern_of(label), flags),
	    "%s subscribes", who->label);
}

static void
publish(const char *label, unsigned int i)
{
	rule_case(OK, agent_publish(&c, key_of(label, i), i, DSF_OVERWRITE),
	    "publishing");
}

static void
want(const char *label, unsigned int i)
{
	told_add(key_of(label, i), U32, c.ep);
}

/* A second one begins, looks, and is replaced; the first keeps what it has. */
static void
first_kept(void)
{
	subscribe(&a, "t", 0);
	publish("t", 0);
	subscribe(&b, "t", 0);
	told_begin();
	told(&b, "a subscription that began later");
	publish("t", 1);
	told_begin();
	want("t", 1);
	told(&b, "the second subscription");
	subscribe(&b, "t", DSF_OVERWRITE);
	told_begin();
	want("t", 0);
	want("t", 1);
	told_by_place(&c);
	told(&a, "the first, after the second looked and was replaced");
	publish("t", 6);
	subscribe(&a, "t", DSF_OVERWRITE);
	told_begin();
	want("t", 6);
	told(&b, "the second, after the first was replaced");
}

/* Everybody is notified, and only of what is theirs. */
static void
notified(void)
{
	subscribe(&c, "u", 0);
	(void)agent_notified(&a);
	(void)agent_notified(&b);
	publish("t", 2);
	rule_true(agent_notified(&a) > 0, "the first was not notified");
	rule_true(agent_notified(&b) > 0, "the second was not notified");
	rule_true(agent_notified(&c) == 0, "the third was notified");
	publish("u", 0);
	rule_true(agent_notified(&a) == 0, "the first was notified of u");
	rule_true(agent_notified(&b) == 0, "the second was notified of u");
	rule_true(agent_notified(&c) > 0, "the third was not notified of u");
	told_begin();
	want("u", 0);
	told(&c, "the third");
	told_begin();
	want("t", 2);
	told(&b, "the second");
	told(&a, "the first");
}

/* Each hears of a deletion what it knows: one has looked, one has not, one
 * was told of it before. */
static void
deletions(void)
{
	publish("t", 3);
	told_begin();
	want("t", 3);
	told(&a, "the first looks");
	rule_case(OK, agent_delete(&c, key_of("t", 3), U32), "deleting");
	told_begin();
	told(&b, "the second, which has not seen it");
	told_add(key_of("t", 3), U32 | DSF_DELETED, NONE);
	told(&a, "the first, which has");
	rule_case(OK, agent_delete(&c, key_of("t", 2), U32), "deleting");
	subscribe(&b, "t", DSF_OVERWRITE);
	told_begin();
	told(&b, "the second is replaced");
	told_add(key_of("t", 2), U32 | DSF_DELETED, NONE);
	told(&a, "the first, after the second was replaced");
}

/* A subscription goes with its service; the others stay. */
static void
gone(void)
{
	publish("t", 4);
	rule_case(OK, agent_stop_seen(&a, &b), "the first goes");
	publish("t", 5);
	told_begin();
	want("t", 4);
	want("t", 5);
	told_by_place(&c);
	told(&b, "the second, after the first went");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-two", &a, &b);
	(void)report_status("third", agent_start(&c, "two.c"));
	rule("first");
	first_kept();
	rule_end();
	rule("notified");
	notified();
	rule_end();
	rule("deletions");
	deletions();
	rule_end();
	rule("gone");
	gone();
	rule_end();
	(void)agent_stop(&c);
	return agents_close(NULL, &b);
}
