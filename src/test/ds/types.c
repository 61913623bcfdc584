/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A key may stand for a number and for a string at the same time, and neither
 * disturbs the other. Strings have 0 to 15 characters. Proves A3.
 */
#include <string.h>

#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define COUNT 12
#define U32   DSF_TYPE_U32
#define STR   DSF_TYPE_STR

static struct agent a, b;

/* Is there a value of this type under key i? Key 0 has only a number, key 1
 * only a string, and so on; key 3, 7 and 11 have none. */
static bool
there(unsigned int i, uint32_t type)
{
	return (i % 4 == 2 && (type == U32 || type == STR)) ||
	    (i % 4 == 0 && type == U32) || (i % 4 == 1 && type == STR);
}

/* All types under all keys; numbers and strings have values from plus on. */
static void
look(struct agent *who, unsigned int plus_u32, unsigned int plus_str)
{
	static const uint32_t all[] = { U32, STR, DSF_TYPE_MEM, DSF_TYPE_MAP,
		DSF_TYPE_LABEL };
	unsigned int i, t, plus;

	for (i = 0; i < COUNT; i++)
		for (t = 0; t < 5; t++)
			(void)kind_get(who, all[t], key_of("types", i));
	(void)agent_run(who);
	for (i = 0; i < COUNT; i++)
		for (t = 0; t < 5; t++) {
			plus = t == 0 ? plus_u32 : plus_str;
			rule_case(there(i, all[t]) ? OK : -ESRCH,
			    kind_is(&who->list[5 * i + t], all[t], i + plus),
			    "retrieving a %s under key %u", kind_name(all[t]),
			    i);
		}
}

/* Publish one type under all keys that have it; last is key `only`. */
static void
put(struct agent *who, uint32_t type, unsigned int plus, uint32_t flags)
{
	unsigned int order[COUNT], i, n = 0;

	shuffle(type == U32 ? "numbers" : "strings", order, COUNT);
	for (i = 0; i < COUNT; i++)
		if (there(order[i], type)) {
			(void)kind_put(who, type, key_of("types", order[i]),
			    order[i] + plus, flags);
			n++;
		}
	(void)agent_run(who);
	for (i = 0; i < n; i++)
		rule_case(OK, who->list[i].result, "publishing a %s",
		    kind_name(type));
}

/* Strings of every length. */
static void
lengths(void)
{
	static const char letters[] = "abcdefghijklmno";
	const char *key = key_of("length", 0);
	unsigned int i;

	for (i = 0; i < DS_MAX_STRLEN; i++) {
		strcpy(agent_add(&a, DS_PUBLISH, key, STR | DSF_OVERWRITE)
			   ->value.str,
		    &letters[DS_MAX_STRLEN - 1 - i]);
		(void)kind_get(&a, STR, key);
	}
	(void)agent_run(&a);
	for (i = 0; i < DS_MAX_STRLEN; i++) {
		rule_case(OK, a.list[2 * i].result,
		    "publishing a string of %u characters", i);
		rule_text(&letters[DS_MAX_STRLEN - 1 - i],
		    a.list[2 * i + 1].got.str, "a string of %u characters", i);
	}
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-types", &a, &b);
	rule("apart");
	put(&a, STR, 0, 0);
	put(&b, U32, 0, 0);
	look(&a, 0, 0);
	look(&b, 0, 0);
	rule_end();
	rule("overwritten");
	put(&a, U32, 30, DSF_OVERWRITE);
	look(&b, 30, 0);
	put(&b, STR, 60, DSF_OVERWRITE);
	look(&a, 30, 60);
	rule_end();
	rule("lengths");
	lengths();
	rule_end();
	return agents_close(&a, &b);
}
