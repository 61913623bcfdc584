/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A place in the store that is used again does not inherit what was there
 * before: neither that it has changed nor that it is known. Proves A3.
 */
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define COUNT NR_DS_KEYS /* all places */
#define U32   DSF_TYPE_U32

static struct agent a, b;

/* Publish or delete the keys of a label, which fill the store. */
static void
all(const char *label, bool there, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (there)
			(void)kind_put(&b, U32, key_of(label, i), i, 0);
		else
			(void)agent_add(&b, DS_DELETE, key_of(label, i), U32);
	(void)agent_run(&b);
	for (i = 0; i < n; i++)
		rule_case(OK, b.list[i].result, "%s entry %u",
		    there ? "publishing" : "deleting", i);
}

static void
nothing(const char *what)
{
	told_begin();
	told(&a, what);
	rule_true(agent_notified(&a) == 0, "notified: %s", what);
}

/* What had changed, and nobody had looked. */
static void
changed(void)
{
	rule_case(OK, agent_subscribe(&a, pattern_of("r"), DSF_OVERWRITE),
	    "subscribing");
	all("r", true, COUNT);
	all("r", false, COUNT);
	(void)agent_notified(&a);
	all("other", true, COUNT);
	nothing("places of what nobody has looked at");
	all("other", false, COUNT);
	nothing("what is not subscribed to went");
}

/* What was known, and whose end was told. */
static void
known(void)
{
	unsigned int i;

	all("r", true, COUNT);
	rule_case(OK, agent_subscribe(&a, pattern_of("r"), DSF_OVERWRITE),
	    "subscribing");
	all("r", false, COUNT);
	told_begin();
	for (i = 0; i < COUNT; i++)
		told_add(key_of("r", i), U32 | DSF_DELETED, NONE);
	told(&a, "all entries have gone");
	(void)agent_notified(&a);
	all("other", true, COUNT);
	all("other", false, COUNT);
	nothing("places of what was known");
	all("r", true, 4);
	all("r", false, 4);
	told_begin();
	told(&a, "what came and went in places of what was known");
}

/* A new subscription in the place of one that has gone with its service. */
static void
subscription(void)
{
	rule_case(OK, agent_stop_seen(&a, &b), "the subscriber goes");
	all("r", true, 4);
	rule_case(OK, agent_start(&a, "reuse.a"), "it is started anew");
	rule_case(-ESRCH, agent_check(&a), "DS_CHECK without a subscription");
	rule_case(OK, agent_subscribe(&a, pattern_of("r"), 0), "subscribing");
	told_begin();
	told(&a, "a new subscription");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-reuse", &a, &b);
	rule("changed");
	changed();
	rule_end();
	rule("known");
	known();
	rule_end();
	rule("subscription");
	subscription();
	rule_end();
	return agents_close(&a, &b);
}
