/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription may ask for what is there already, and is told at once; if
 * nothing is, it is left alone. Proves A3.
 */
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define COUNT 12
#define U32   DSF_TYPE_U32

static struct agent a, b;

/* Everything that matches, in the order of places. */
static void
all(struct agent *who, const char *what)
{
	unsigned int i;

	told_begin();
	for (i = 0; i < COUNT; i++)
		told_add(key_of("initial", i), U32, b.ep);
	told_by_place(&b);
	told(who, what);
}

static void
none(struct agent *who, const char *what)
{
	told_begin();
	told(who, what);
}

static void
subscribe(struct agent *who, const char *regex, uint32_t flags, bool notified)
{
	(void)agent_notified(who);
	rule_case(OK, agent_subscribe(who, regex, flags | DSF_OVERWRITE),
	    "subscribing");
	rule_true((agent_notified(who) > 0) == notified, "%s",
	    notified ? "not notified at once of what is there"
		     : "notified, though there is nothing to see");
}

/* Half of the keys first, then room between them, then the other half. */
static void
publish(void)
{
	unsigned int order[COUNT], i;

	shuffle("order", order, COUNT);
	for (i = 0; i < COUNT; i++)
		(void)kind_put(&b, U32, key_of("initial", order[i]), i, 0);
	for (i = 0; i < 3; i++)
		(void)kind_put(&b, U32, key_of("other", i), i, 0);
	(void)agent_run(&b);
	for (i = 0; i < COUNT + 3; i++)
		rule_case(OK, b.list[i].result, "publishing");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-initial", &a, &b);
	rule("published");
	publish();
	rule_end();
	rule("silent");
	subscribe(&a, pattern_of("initial"), 0, false);
	none(&a, "without DSF_INITIAL");
	rule_end();
	rule("initial");
	subscribe(&a, pattern_of("initial"), DSF_INITIAL, true);
	all(&a, "with DSF_INITIAL");
	subscribe(&b, pattern_of("initial"), DSF_INITIAL, true);
	all(&b, "one's own, with DSF_INITIAL");
	rule_end();
	rule("anew");
	subscribe(&a, pattern_of("initial"), DSF_INITIAL, true);
	all(&a, "with DSF_INITIAL again");
	subscribe(&a, pattern_of("initial"), DSF_INITIAL, true);
	subscribe(&a, pattern_of("initial"), 0, false);
	none(&a, "without DSF_INITIAL after it");
	rule_end();
	rule("nothing");
	subscribe(&a, pattern_of("nothing"), DSF_INITIAL, false);
	none(&a, "where nothing matches");
	subscribe(&a, pattern_of("initial"), DSF_INITIAL | DSF_TYPE_STR, false);
	none(&a, "where no type matches");
	rule_end();
	return agents_close(&a, &b);
}
