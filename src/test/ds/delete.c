/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is deleted is gone, in its type only, in every order, and its key may be
 * used by others. Proves A3.
 */
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define COUNT 30
#define U32   DSF_TYPE_U32
#define STR   DSF_TYPE_STR

static struct agent a, b;
static struct store before;
static unsigned int order[COUNT];

/* Half of the keys have a number, all have a string; number i is deleted
 * when it is even. */
static void
publish(void)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++)
		(void)kind_put(&a, STR, key_of("del", i), i, 0);
	for (i = 0; i < COUNT; i++)
		(void)kind_put(&a, U32, key_of("del", i), i, 0);
	(void)agent_run(&a);
	for (i = 0; i < 2 * COUNT; i++)
		rule_case(OK, a.list[i].result, "publishing");
}

static void
look(uint32_t type, int even)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++)
		(void)kind_get(&b, type, key_of("del", i));
	(void)agent_run(&b);
	for (i = 0; i < COUNT; i++)
		rule_case(i % 2 == 0 ? even : OK, kind_is(&b.list[i], type, i),
		    "retrieving %s %u", kind_name(type), i);
}

/* Delete the even ones of a type; the order was drawn. */
static void
delete_some(uint32_t type, int want)
{
	unsigned int i, n = 0;

	for (i = 0; i < COUNT; i++)
		if (order[i] % 2 == 0) {
			(void)agent_add(&a, DS_DELETE, key_of("del", order[i]),
			    type);
			n++;
		}
	(void)agent_run(&a);
	for (i = 0; i < n; i++)
		rule_case(want, a.list[i].result, "deleting a %s",
		    kind_name(type));
}

/* What was free is another's now. */
static void
reused(void)
{
	unsigned int i;

	for (i = 0; i < COUNT; i += 2)
		(void)kind_put(&b, U32, key_of("del", i), i, 0);
	(void)agent_run(&b);
	for (i = 0; i < COUNT / 2; i++)
		rule_case(OK, b.list[i].result, "publishing what was deleted");
}

/* No type, two types, unknown types. */
static void
types(void)
{
	unsigned int i, first;
	uint32_t type;

	store_look(&a, &before);
	for (first = 0; first < 256; first += AGENT_LIST_MAX) {
		for (i = first; i < first + AGENT_LIST_MAX; i++) {
			type = i << 4;
			if (type == U32 || type == STR)
				type = 0;
			(void)agent_add(&a, DS_DELETE, key_of("del", 1), type);
		}
		(void)agent_run(&a);
		for (i = first; i < first + AGENT_LIST_MAX; i++) {
			type = i << 4;
			rule_case(type == DSF_TYPE_MEM ||
				    type == DSF_TYPE_MAP ||
				    type == DSF_TYPE_LABEL
				? -ESRCH
				: -EINVAL,
			    a.list[i - first].result,
			    "deleting with the type %#x", (unsigned)type);
		}
	}
	store_same(&a, &before, "refused deletions");
}

int
main(int argc, char **argv)
{
	static const int calls[] = { DS_DELETE, 0 };

	agents_open(argc, argv, "ds-delete", &a, &b);
	shuffle("order", order, COUNT);
	rule("gone");
	publish();
	delete_some(U32, OK);
	look(U32, -ESRCH);
	delete_some(U32, -ESRCH);
	rule_end();
	rule("others");
	look(STR, OK);
	rule_end();
	rule("free");
	reused();
	look(U32, OK);
	rule_end();
	rule("types");
	types();
	rule_end();
	entries_keys(&a, calls, U32);
	return agents_close(&a, &b);
}
