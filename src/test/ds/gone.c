/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who knows an entry is told when it goes, with its key, once, and before
 * anything else; who has never seen it is not. Proves A3, A7.
 */
#include <stdio.h>

#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define COUNT 10
#define U32   DSF_TYPE_U32
#define GONE  (U32 | DSF_DELETED)

static struct agent a, b;

static const char *
key(unsigned int i)
{
	return key_of("g", i);
}

/* Requests of the publisher about entry i, done at once. */
static void
publish(unsigned int i, uint32_t flags)
{
	rule_case(OK, agent_publish(&b, key(i), i, flags), "publishing");
}

static void delete (unsigned int i)
{
	rule_case(OK, agent_delete(&b, key(i), U32), "deleting");
}

static void
want(unsigned int i, uint32_t type)
{
	told_add(key(i), type, type == GONE ? NONE : b.ep);
}

/* All changes have been seen. */
static void
seen(void)
{
	unsigned int i = 0;

	while (agent_check(&a) == OK && i < STORE_MAX)
		i++;
	if (i == STORE_MAX)
		(void)rule_true(false, "there are changes without end");
}

/* Deletions of what was there, what was seen, and what nobody has seen; they
 * are told in their own order, which was drawn, and first. */
static void
known(void)
{
	unsigned int order[COUNT], i;

	shuffle("order", order, COUNT);
	for (i = 0; i < COUNT / 2; i++)
		publish(order[i], 0);
	rule_case(OK, agent_subscribe(&a, pattern_of("g"), DSF_OVERWRITE),
	    "subscribing where entries are");
	for (; i < COUNT; i++)
		publish(order[i], 0);
	seen();
	publish(20, 0);
	for (i = 0; i < COUNT; i++) {
		(void)agent_notified(&a);
		delete (i);
		rule_true(agent_notified(&a) > 0, "not notified of a deletion");
	}
	publish(21, 0);
	told_begin();
	for (i = 0; i < COUNT; i++)
		want(i, GONE);
	told_in_order();
	want(20, U32);
	want(21, U32);
	told_by_place(&b);
	told(&a, "deletions of what is known");
}

static void
unseen(void)
{
	publish(22, 0);
	(void)agent_notified(&a);
	delete (22);
	told_begin();
	told(&a, "what came and went unseen");
	rule_case(OK,
	    agent_subscribe(&a, pattern_of("g"), DSF_OVERWRITE | DSF_INITIAL),
	    "subscribing with DSF_INITIAL");
	delete (20);
	told_begin();
	want(21, U32);
	told(&a, "what went before it was looked at");
	delete (21);
	told_begin();
	want(21, GONE);
	told(&a, "what was known after DSF_INITIAL");
	rule_case(OK, agent_publish(&b, key_of("h", 0), 1, 0), "another key");
	rule_case(OK, agent_delete(&b, key_of("h", 0), U32), "and its end");
	told_begin();
	told(&a, "what does not match");
}

/* One that comes back is a change, and is known. */
static void
back(void)
{
	publish(30, 0);
	publish(31, 0);
	seen();
	delete (30);
	publish(30, 0);
	told_begin();
	want(30, U32);
	told(&a, "deleted and published again");
	delete (30);
	publish(30, 0);
	delete (30);
	told_begin();
	want(30, GONE);
	told(&a, "deleted, published, deleted");
	delete (31);
	rule_case(OK, agent_publish_str(&b, key(31), "x", 0),
	    "a string under the key of what is gone");
	told_begin();
	want(31, GONE);
	want(31, DSF_TYPE_STR);
	told(&a, "a number gone, and a string there");
	rule_case(OK, agent_delete(&b, key(31), DSF_TYPE_STR), "the string");
	seen();
}

/* To be hidden is to be gone, for all but the owner. */
static void
hidden(void)
{
	publish(40, 0);
	publish(41, 0);
	seen();
	publish(42, 0);
	(void)agent_notified(&a);
	publish(40, DSF_OVERWRITE | DSF_PRIV_SUBSCRIBE);
	rule_true(agent_notified(&a) > 0,
	    "not notified when an entry was hidden");
	publish(42, DSF_OVERWRITE | DSF_PRIV_SUBSCRIBE);
	told_begin();
	want(40, GONE);
	told(&a, "a known entry that was hidden, and an unseen one");
	(void)agent_notified(&a);
	publish(40, DSF_OVERWRITE | DSF_PRIV_SUBSCRIBE);
	delete (42);
	told_begin();
	told(&a, "what is hidden");
	rule_true(agent_notified(&a) == 0, "notified of what is hidden");
	publish(40, DSF_OVERWRITE);
	want(40, U32);
	told(&a, "no longer hidden");
	publish(41, DSF_OVERWRITE | DSF_PRIV_SUBSCRIBE);
	publish(41, DSF_OVERWRITE);
	told_begin();
	want(41, U32);
	told(&a, "hidden and shown again");
}

/* A deletion that cannot be given is not lost; a new subscription begins
 * without any. */
static void
kept(void)
{
	struct agent_op *op;

	delete (40);
	delete (41);
	op = agent_prepare(&a, DS_CHECK, "", 0);
	op->keylen = op->keygrant = DS_MAX_KEYLEN - 1;
	rule_case(-EINVAL, agent_do(&a), "DS_CHECK without room");
	op = agent_prepare(&a, DS_CHECK, "", 0);
	op->keygrant = 1;
	rule_case(-EPERM, agent_do(&a), "DS_CHECK with too short a grant");
	told_begin();
	want(40, GONE);
	want(41, GONE);
	told(&a, "deletions that could not be given before");
	publish(50, 0);
	publish(51, 0);
	seen();
	delete (50);
	rule_case(-EINVAL, agent_subscribe(&a, "(", DSF_OVERWRITE),
	    "no expression");
	told_begin();
	want(50, GONE);
	told(&a, "a deletion, after a refused subscription");
	delete (51);
	rule_case(OK, agent_subscribe(&a, pattern_of("g"), DSF_OVERWRITE),
	    "subscribing anew");
	told_begin();
	told(&a, "deletions from before the subscription");
}

/* A service goes, and with it what it has published. */
static void
service_gone(void)
{
	unsigned int i;

	for (i = 60; i < 64; i++)
		publish(i, i == 63 ? DSF_PRIV_SUBSCRIBE : 0);
	seen();
	told_begin();
	for (i = 60; i < 63; i++)
		want(i, GONE);
	told_by_place(&a);
	publish(64, 0);
	(void)agent_notified(&a);
	rule_case(OK, agent_stop_seen(&b, &a), "the publisher goes");
	rule_true(a.notified > 0, "not notified when a publisher went");
	told(&a, "entries of a service that has gone");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} parts[] = { { "known", known }, { "unseen", unseen },
		{ "back", back }, { "hidden", hidden }, { "kept", kept },
		{ "service", service_gone } };

	size_t i;

	agents_open(argc, argv, "ds-gone", &a, &b);
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		rule(parts[i].name);
		parts[i].run();
		rule_end();
	}
	return agents_close(&a, NULL);
}
