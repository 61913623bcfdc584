/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The subscription of a service survives it, with what it has not looked at
 * yet: the next process under its label is notified. Proves A3.
 */
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32

static struct agent a, b;

static void
publish(unsigned int i)
{
	rule_case(OK, agent_publish(&b, key_of("sr", i), i, DSF_OVERWRITE),
	    "publishing");
}

static void
want(unsigned int i, bool gone)
{
	told_add(key_of("sr", i), gone ? U32 | DSF_DELETED : U32,
	    gone ? NONE : b.ep);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-subrestart", &a, &b);
	rule("before");
	rule_case(OK, agent_subscribe(&a, pattern_of("sr"), U32),
	    "subscribing");
	publish(0);
	publish(1);
	told_begin();
	want(0, false);
	want(1, false);
	told_by_place(&b);
	told(&a, "the first process");
	rule_case(OK, agent_delete(&b, key_of("sr", 0), U32), "deleting");
	publish(2);
	rule_end();
	(void)report_status("restart", agent_restart(&a));
	rule("pending");
	told_begin();
	want(0, true);
	want(2, false);
	told(&a, "what the first process has not looked at");
	rule_end();
	(void)agent_notified(&a);
	rule("after");
	publish(1);
	rule_true(agent_notified(&a) > 0, "the new process was not notified");
	rule_case(OK, agent_publish_str(&b, key_of("sr", 3), "x", 0),
	    "a string");
	rule_true(agent_notified(&a) == 0, "it was notified of a string");
	rule_case(OK, agent_delete(&b, key_of("sr", 2), U32), "deleting");
	told_begin();
	want(2, true);
	want(1, false);
	told(&a, "the new process");
	rule_case(-EEXIST, agent_subscribe(&a, pattern_of("sr"), 0),
	    "subscribing again");
	rule_end();
	return agents_close(&a, &b);
}
