/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The store holds 64 entries beside the labels; the next one is refused, and
 * room that is given back is used again. Proves A3.
 */
#include <string.h>

#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32
#define STR DSF_TYPE_STR

static struct agent a, b, c;
static struct store before;

/* Of which type entry i is. */
static uint32_t
type_of(unsigned int i)
{
	return value_of(i) / 7 % 2 == 0 ? U32 : STR;
}

static const char *
key(unsigned int i)
{
	return key_of("full", i);
}

/* Publish 40 entries each; how many were taken, and was the rest refused? */
static unsigned int
fill(void)
{
	struct agent *const both[] = { &a, &b };
	unsigned int n, taken = 0;
	int r;

	rule("filled");
	for (n = 0; n < 80; n++)
		(void)kind_put(both[n / 40], type_of(n), key(n), n, 0);
	for (n = 0; n < 2; n++)
		(void)agent_run(both[n]);
	for (n = 0; n < 80; n++) {
		r = both[n / 40]->list[n % 40].result;
		rule_case(n < NR_DS_KEYS ? OK : -ENOMEM, r,
		    "publishing entry %u, from 0", n);
		taken += r == OK;
	}
	rule_end();
	return taken;
}

/* A full store refuses what is new, and for that reason last. */
static void
refused(void)
{
	struct agent_op *op;

	store_look(&a, &before);
	rule_case(-ENOMEM, kind_put_now(&a, U32, key(200), 1, 0), "a number");
	rule_case(-ENOMEM, kind_put_now(&b, STR, key(200), 1, 0), "a string");
	rule_case(-ENOMEM, kind_put_now(&b, U32, key(201), 1, DSF_OVERWRITE),
	    "a number with DSF_OVERWRITE");
	rule_case(-EEXIST, kind_put_now(&b, type_of(5), key(5), 1, 0),
	    "what is taken");
	op = agent_add(&a, DS_PUBLISH, key(200), STR);
	memset(op->value.str, 'x', sizeof op->value.str);
	rule_case(-EINVAL, agent_run(&a)[0].result, "a string without NUL");
	(void)agent_add(&a, DS_PUBLISH, key(200), DSF_TYPE_LABEL);
	rule_case(-EPERM, agent_run(&a)[0].result, "a label");
	store_same(&a, &before, "refused requests");
}

/* Overwriting needs no room, whoever does it. */
static void
overwritten(void)
{
	unsigned int i;

	for (i = 0; i < NR_DS_KEYS; i++)
		(void)kind_put(&a, type_of(i), key(i), i + 20, DSF_OVERWRITE);
	(void)agent_run(&a);
	for (i = 0; i < NR_DS_KEYS; i++)
		rule_case(OK, a.list[i].result, "overwriting entry %u", i);
}

/* Labels have room of their own. */
static void
labelled(void)
{
	rule_case(OK, agent_start(&c, "full.c"), "a third service");
	rule_case(OK, agent_retrieve(&c, "full.c", DSF_TYPE_LABEL),
	    "its label, in a full store");
	rule_number((uint32_t)c.ep, (uint32_t)c.op.got.ep, "its endpoint");
	rule_case(OK, agent_stop_seen(&c, &a), "the service goes");
}

/* Give back `some` entries, from a place that is drawn, and fill up. */
static void
again(unsigned int some)
{
	unsigned int i, n, from = value_of(some) % NR_DS_KEYS;

	for (n = 0; n < some; n++) {
		i = (from + n) % NR_DS_KEYS;
		(void)agent_add(&a, DS_DELETE, key(i), type_of(i));
	}
	for (n = 0; n <= some; n++) {
		i = (from + n) % NR_DS_KEYS;
		(void)kind_put(&a, type_of(i), n < some ? key(i) : key(300),
		    i + 20, 0);
	}
	(void)agent_run(&a);
	for (n = 0; n < 2 * some; n++)
		rule_case(OK, a.list[n].result, "%u of %u entries: %s",
		    n % some, some, n < some ? "deleting" : "publishing");
	rule_case(-ENOMEM, a.list[n].result, "one more than %u", some);
}

/* Is everything there? */
static void
values(void)
{
	unsigned int i;

	for (i = 0; i < NR_DS_KEYS; i++)
		(void)kind_get(&b, type_of(i), key(i));
	(void)agent_run(&b);
	for (i = 0; i < NR_DS_KEYS; i++)
		rule_case(OK, kind_is(&b.list[i], type_of(i), i + 20),
		    "entry %u", i);
}

int
main(int argc, char **argv)
{
	static const unsigned int counts[] = { 1, 2, 17, 63, 1 };
	unsigned int i;

	agents_open(argc, argv, "ds-full", &a, &b);
	store_look(&a, &before);
	(void)report_obs("empty", "%u", store_entries(&before));
	(void)report_obs("entries", "%u", fill());
	rule("refused");
	refused();
	rule_end();
	rule("overwritten");
	overwritten();
	rule_end();
	rule("label");
	labelled();
	rule_end();
	rule("again");
	for (i = 0; i < 5; i++)
		again(counts[i]);
	rule_end();
	rule("values");
	values();
	rule_end();
	store_look(&a, &before);
	(void)report_obs("full", "%u", store_entries(&before));
	return agents_close(&a, &b);
}
