/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A label has one subscription; a refused one leaves the old one as it was, a
 * new one starts with a clean slate. Proves A3.
 */
#include <stdio.h>
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32

static struct agent a, b;
static char key[DS_MAX_KEYLEN], exact[2 * DS_MAX_KEYLEN];

/* What is no expression. */
static const char *const bad[] = { "(", ")", "*", "+", "?", "a(", "(a", "a)",
	"(a|", "|", "[", "[a", "[]", "[^]", "a**(", "\\", "a\\", "()", "(*)" };

#define BAD (sizeof bad / sizeof bad[0])

static void
change(uint32_t value)
{
	rule_case(OK, agent_publish(&b, key, value, DSF_OVERWRITE), "a change");
}

/* The change that was made before the request is still there, and so is the
 * subscription: it hears of the next one, of that key and that type only. */
static void
kept(const char *what)
{
	told_begin();
	told_add(key, U32, b.ep);
	told(&a, what);
	change(7);
	rule_case(OK, agent_publish_str(&b, key, "x", DSF_OVERWRITE),
	    "a string");
	rule_case(OK, agent_publish(&b, key_of("se", 1), 1, DSF_OVERWRITE),
	    "another key");
	told(&a, what);
	change(8);
}

static void
refused(void)
{
	struct agent_op *op;
	size_t i;

	rule_case(OK, agent_subscribe(&a, exact, U32), "subscribing");
	change(1);
	rule_case(-EEXIST, agent_subscribe(&a, "other", 0), "a second one");
	kept("after -EEXIST");
	rule_case(-EEXIST, agent_subscribe(&a, "(", 0),
	    "a second one that is no expression");
	op = agent_prepare(&a, DS_SUBSCRIBE, "other", DSF_INITIAL);
	op->keygrant = 1;
	rule_case(-EEXIST, agent_do(&a), "a second one that cannot be read");
	for (i = 0; i < BAD; i++) {
		rule_case(-EINVAL,
		    agent_subscribe(&a, bad[i],
			DSF_OVERWRITE | (i % 2 == 0 ? DSF_INITIAL : 0)),
		    "the expression %s", bad[i]);
	}
	kept("after expressions that are none");
	op = agent_prepare(&a, DS_SUBSCRIBE, "other", DSF_OVERWRITE);
	op->keygrant = 2;
	rule_case(-EPERM, agent_do(&a), "an expression that cannot be read");
	kept("after one that cannot be read");
	op = agent_prepare(&a, DS_SUBSCRIBE, "other", DSF_OVERWRITE);
	op->keylen--;
	rule_case(-EINVAL, agent_do(&a), "an expression without NUL");
	kept("after one without NUL");
}

/* Refused first ones are none. */
static void
first(void)
{
	size_t i;

	rule_case(-ESRCH, agent_check(&a), "DS_CHECK without a subscription");
	for (i = 0; i < BAD; i++)
		rule_case(-EINVAL, agent_subscribe(&a, bad[i], 0),
		    "the expression %s", bad[i]);
	rule_case(-ESRCH, agent_check(&a), "DS_CHECK after refused ones");
	agent_prepare(&a, DS_SUBSCRIBE, ".*", 0)->nameless = true;
	rule_case(-ESRCH, agent_do(&a), "subscribing without a label");
	agent_prepare(&a, DS_CHECK, "", 0)->nameless = true;
	rule_case(-ESRCH, agent_do(&a), "DS_CHECK without a label");
	rule_case(-ESRCH, agent_check(&a), "DS_CHECK after these");
	rule_case(OK, agent_publish(&b, key, 1, 0), "publishing");
}

/* A new one begins without changes, for its expression and types. */
static void
replaced(void)
{
	rule_case(OK, agent_subscribe(&a, exact, DSF_OVERWRITE), "replacing");
	told_begin();
	told(&a, "changes from before it was replaced");
	change(3);
	told_add(key, U32, b.ep);
	told(&a, "a change after it was replaced");
	change(4);
	rule_case(OK, agent_subscribe(&a, pattern_of("other"), DSF_OVERWRITE),
	    "replacing with another expression");
	change(5);
	told_begin();
	told(&a, "keys of the former expression");
	rule_case(OK, agent_publish(&b, key_of("other", 0), 1, 0), "one more");
	told_add(key_of("other", 0), U32, b.ep);
	told(&a, "a key of the new expression");
}

int
main(int argc, char **argv)
{
	static const int calls[] = { DS_SUBSCRIBE, 0 };

	agents_open(argc, argv, "ds-suberrors", &a, &b);
	nonce_stem(report_nonce(), "se", key);
	literally(key, exact);
	rule("first");
	first();
	rule_end();
	rule("refused");
	refused();
	rule_end();
	rule("replaced");
	replaced();
	rule_end();
	entries_keys(&a, calls, DSF_OVERWRITE);
	return agents_close(&a, &b);
}
