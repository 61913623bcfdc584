/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Numbers published under names are found again, each under its own name, by
 * whoever asks, and under no other. Proves A3.
 */
#include <string.h>

#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define COUNT 40
#define U32   DSF_TYPE_U32

static struct agent a, b;
static unsigned int order[COUNT];

/* Retrieve all keys, in the order that was drawn. */
static void
all(struct agent *who, bool there)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++)
		(void)kind_get(who, U32, key_of("u32", order[i]));
	(void)agent_run(who);
	for (i = 0; i < COUNT; i++)
		rule_case(there ? OK : -ESRCH,
		    kind_is(&who->list[i], U32, order[i]), "retrieving key %u",
		    order[i]);
}

/* Keys that are nearly one that is there. */
static void
others(void)
{
	char key[DS_MAX_KEYLEN + 1];
	unsigned int i;
	size_t n;

	for (i = 0; i < 3 * COUNT; i++) {
		strcpy(key, key_of("u32", i / 3));
		n = strlen(key);
		if (i % 3 == 0)
			key[n - 1] = '\0';
		else if (i % 3 == 1)
			key[value_of(i) % n] ^= 1;
		else
			strcpy(n < DS_MAX_KEYLEN - 1 ? &key[n] : key, "x");
		(void)kind_get(&b, U32, key);
	}
	(void)agent_run(&b);
	for (i = 0; i < 3 * COUNT; i++)
		rule_case(-ESRCH, b.list[i].result,
		    "retrieving what is %s key "
		    "%u",
		    i % 3 == 0       ? "shorter than"
			: i % 3 == 1 ? "one character from"
				     : "longer than",
		    i / 3);
}

int
main(int argc, char **argv)
{
	char name[16] = "value0";
	unsigned int i;

	agents_open(argc, argv, "ds-u32", &a, &b);
	shuffle("order", order, COUNT);
	rule("missing");
	all(&b, false);
	rule_end();
	rule("published");
	for (i = 0; i < COUNT; i++)
		(void)kind_put(&a, U32, key_of("u32", i), i, 0);
	(void)agent_run(&a);
	for (i = 0; i < COUNT; i++)
		rule_case(OK, a.list[i].result, "publishing key %u", i);
	rule_end();
	for (i = 0; i < 4; i++) {
		name[5] = (char)('0' + i);
		agent_report(&b, key_of("u32", i), name);
	}
	rule("found");
	all(&b, true);
	all(&a, true);
	rule_end();
	rule("others");
	others();
	rule_end();
	return agents_close(&a, &b);
}
