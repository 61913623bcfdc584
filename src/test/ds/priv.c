/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Each restriction binds everybody but the owner, and restricts nothing but
 * what it names. Proves A3.
 */
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

static struct agent a, b;
static struct store before;

/* A request of a process without label; it owns nothing. */
static int
nameless(const char *key, uint32_t type)
{
	agent_prepare(&a, DS_RETRIEVE, key, type)->nameless = true;
	return agent_do(&a);
}

static void
without_label(void)
{
	const char *key = key_of("none", 0);

	(void)kind_put_now(&a, DSF_TYPE_U32, key, 1, DSF_PRIV_RETRIEVE);
	(void)kind_put_now(&a, DSF_TYPE_STR, key, 1, DSF_PRIV_OVERWRITE);
	rule_case(-EPERM, nameless(key, DSF_TYPE_U32),
	    "a process without label retrieves, DSF_PRIV_RETRIEVE");
	rule_case(OK, nameless(key, DSF_TYPE_STR),
	    "a process without label retrieves, DSF_PRIV_OVERWRITE");
}

/* Refused for two reasons: the first in the handout's list decides. */
static void
orders(void)
{
	const char *key = key_of("order", 0);
	struct agent_op *op;

	(void)kind_put_now(&a, DSF_TYPE_STR, key, 1, DSF_PRIV_OVERWRITE);
	store_look(&a, &before);
	op = agent_add(&b, DS_PUBLISH, key, DSF_TYPE_STR | DSF_OVERWRITE);
	memset(op->value.str, 'x', sizeof op->value.str);
	op = agent_add(&b, DS_PUBLISH, key, DSF_TYPE_STR);
	memset(op->value.str, 'x', sizeof op->value.str);
	(void)agent_run(&b);
	rule_case(-EPERM, b.list[0].result,
	    "another's, and a string without NUL");
	rule_case(-EEXIST, b.list[1].result, "another's, and no DSF_OVERWRITE");
	store_same(&a, &before, "refused requests");
}

int
main(int argc, char **argv)
{
	static const uint32_t both[] = { DSF_TYPE_U32, DSF_TYPE_STR, 0 };
	const char *secret, *fixed;

	agents_open(argc, argv, "ds-priv", &a, &b);
	secret = key_of("secret", 0);
	fixed = key_of("fixed", 1);
	(void)report_status("secret",
	    agent_publish(&a, secret, value_of(0), DSF_PRIV_RETRIEVE));
	(void)report_status("fixed",
	    agent_publish(&a, fixed, value_of(1), DSF_PRIV_OVERWRITE));
	(void)report_status("look", agent_retrieve(&b, secret, DSF_TYPE_U32));
	agent_report(&a, secret, "own-look");
	(void)report_status("change",
	    agent_publish(&b, fixed, value_of(2), DSF_OVERWRITE));
	agent_report(&b, fixed, "kept");
	entries_restricted(&a, &b, both);
	rule("no-label");
	without_label();
	rule_end();
	rule("order");
	orders();
	rule_end();
	return agents_close(&a, &b);
}
