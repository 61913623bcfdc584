/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * An entry may be kept from the subscriptions of all but its owner, with
 * every other restriction or without. Proves A3.
 */
#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32

static struct agent a, b;

/* Entries that were there before; the new owner of one sees it, the former
 * does not. */
static void
owners(void)
{
	const char *key = key_of("sp", 0);

	rule_case(OK, agent_subscribe(&a, pattern_of("sp"), DSF_OVERWRITE),
	    "one subscribes");
	rule_case(OK, agent_subscribe(&b, pattern_of("sp"), DSF_OVERWRITE),
	    "the other subscribes");
	rule_case(OK, agent_publish(&a, key, 1, DSF_PRIV_SUBSCRIBE),
	    "the first publishes");
	told_begin();
	told(&b, "what is the other's");
	told_add(key, U32, a.ep);
	told(&a, "what is one's own");
	rule_case(OK,
	    agent_publish(&b, key, 2, DSF_PRIV_SUBSCRIBE | DSF_OVERWRITE),
	    "the second overwrites");
	told_begin();
	told_add(key, U32, b.ep);
	told(&b, "what is one's own now");
	told_begin();
	told_add(key, U32 | DSF_DELETED, NONE);
	told(&a, "what was one's own");
	rule_case(OK,
	    agent_subscribe(&a, pattern_of("sp"), DSF_OVERWRITE | DSF_INITIAL),
	    "with DSF_INITIAL");
	told_begin();
	told(&a, "what is the other's, with DSF_INITIAL");
	rule_case(OK, agent_delete(&b, key, U32), "its owner deletes it");
	told(&a, "the end of what is the other's");
	told_add(key, U32 | DSF_DELETED, NONE);
	told(&b, "the end of what is one's own");
	rule_case(OK, agent_publish(&a, key, 1, DSF_PRIV_SUBSCRIBE), "again");
	rule_case(OK, agent_retrieve(&b, key, U32),
	    "retrieving what only its owner hears of");
}

int
main(int argc, char **argv)
{
	static const uint32_t both[] = { DSF_TYPE_U32, DSF_TYPE_STR, 0 };

	agents_open(argc, argv, "ds-subpriv", &a, &b);
	rule("owners");
	owners();
	rule_end();
	entries_told(&a, &b, both);
	return agents_close(&a, &b);
}
