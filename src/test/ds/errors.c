/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A request that is refused says why, for the first reason that applies, and
 * leaves the store as it was. Proves A3.
 */
#include <string.h>

#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32
#define STR DSF_TYPE_STR
#define OW  DSF_OVERWRITE

static struct agent a, b;
static struct store before;
static char number[DS_MAX_KEYLEN], text[DS_MAX_KEYLEN]; /* what is there */

static bool
one_known(uint32_t type)
{
	return type == U32 || type == STR || type == DSF_TYPE_MEM ||
	    type == DSF_TYPE_MAP || type == DSF_TYPE_LABEL;
}

/* All 256 sums of types; no type instead of those that are one known. */
static void
types(int call, uint32_t flags)
{
	const struct agent_op *done;
	unsigned int i, first;
	uint32_t type;

	for (first = 0; first < 256; first += AGENT_LIST_MAX) {
		for (i = first; i < first + AGENT_LIST_MAX; i++)
			(void)agent_add(&a, call, number,
			    (one_known(i << 4) ? 0 : i << 4) | flags);
		done = agent_run(&a);
		for (i = first; i < first + AGENT_LIST_MAX; i++) {
			type = i << 4;
			rule_case(-EINVAL, done[i - first].result,
			    "request %d with the type %#x", call - DS_BASE,
			    (unsigned)type);
		}
	}
}

/* A string whose first NUL is in some place, 16: it has none. */
static int
publish_string(const char *key, unsigned int nul, uint32_t flags)
{
	struct agent_op *op = agent_add(&a, DS_PUBLISH, key, STR | flags);

	memset(op->value.str, 'x', sizeof op->value.str);
	if (nul < DS_MAX_STRLEN)
		op->value.str[nul] = '\0';
	return agent_run(&a)[0].result;
}

static void
strings(void)
{
	unsigned int i;

	for (i = 0; i < DS_MAX_STRLEN; i++)
		rule_case(OK, publish_string(key_of("string", 0), i, OW),
		    "a string whose NUL is in place %u", i);
	rule_case(-EINVAL, publish_string(key_of("string", 0), i, OW),
	    "overwriting with a string without NUL");
	rule_case(-EINVAL, publish_string(key_of("string", 1), i, 0),
	    "a string without NUL");
	rule_case(-EINVAL, publish_string(key_of("string", 1), i, OW),
	    "a string without NUL, with DSF_OVERWRITE");
	rule_case(-ESRCH, agent_retrieve(&a, key_of("string", 1), STR),
	    "retrieving it");
	(void)agent_retrieve(&a, key_of("string", 0), STR);
	rule_text("xxxxxxxxxxxxxxx", a.op.got.str, "the string that was there");
}

/* Labels are RS's alone, whatever they are bound to. */
static void
labels(void)
{
	const char *const keys[] = { key_of("label", 0), a.label, b.label,
		"vfs", "rs", "no.such", "a.label.that.is.too.long" };
	const endpoint_t eps[] = { a.ep, b.ep, NONE, 0, 1, 77777 };
	unsigned int i, k;

	for (i = 0; i < 7; i++) {
		for (k = 0; k < 6; k++)
			agent_add(&a, DS_PUBLISH, keys[i], DSF_TYPE_LABEL | OW)
			    ->value.ep = eps[k];
		agent_add(&a, DS_PUBLISH, keys[i], DSF_TYPE_LABEL)->value.ep =
		    a.ep;
		(void)agent_run(&a);
		for (k = 0; k < 6; k++)
			rule_case(-EPERM, a.list[k].result,
			    "a service binds the label %.16s to %d", keys[i],
			    (int)eps[k]);
		rule_case(i > 0 && i < 5 ? -EEXIST : -EPERM, a.list[k].result,
		    "the same with %.16s, without DSF_OVERWRITE", keys[i]);
	}
}

/* A request of a process without label. */
static int
nameless(int call, const char *key, uint32_t flags)
{
	agent_prepare(&a, call, key, flags)->nameless = true;
	return agent_do(&a);
}

static void
without_label(void)
{
	rule_case(-EPERM, nameless(DS_PUBLISH, key_of("none", 0), U32),
	    "publishing a number without a label");
	rule_case(-EPERM, nameless(DS_PUBLISH, key_of("none", 0), STR | OW),
	    "publishing a string without a label");
	rule_case(-EPERM, nameless(DS_PUBLISH, number, U32),
	    "publishing what is taken without a label");
	rule_case(-EPERM, nameless(DS_PUBLISH, number, U32 | OW),
	    "overwriting without a label");
	rule_case(OK, nameless(DS_RETRIEVE, number, U32),
	    "retrieving without a label");
	rule_case(-ESRCH, nameless(DS_RETRIEVE, key_of("none", 0), U32),
	    "retrieving what is not there without a label");
	rule_case(-EINVAL, nameless(DS_PUBLISH, "", U32),
	    "publishing under no key without a label");
}

/* Two reasons at once: the first in the handout's list decides. */
static void
orders(void)
{
	static const struct {
		const char *what;
		int call;
		uint32_t flags;
		bool bad_key;
		int want;
	} cases[] = {
		{ "no type, no key", DS_PUBLISH, 0, true, -EINVAL },
		{ "two types, no key", DS_PUBLISH, U32 | STR, true, -EINVAL },
		{ "a map to overwrite, no key", DS_PUBLISH, DSF_TYPE_MAP | OW,
		    true, -EINVAL },
		{ "a map to overwrite, of no byte", DS_PUBLISH,
		    DSF_TYPE_MAP | OW, false, -EINVAL },
		{ "no key, taken", DS_PUBLISH, U32, true, -EPERM },
		{ "taken, a string without NUL", DS_PUBLISH, STR, false,
		    -EEXIST },
		{ "no type, no key", DS_RETRIEVE, 0, true, -EINVAL },
		{ "an unknown type, no key", DS_RETRIEVE, 0x200, true,
		    -EINVAL },
		{ "no key, not there", DS_RETRIEVE, STR, true, -EPERM },
	};
	struct agent_op *op;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		op = agent_add(&a, cases[i].call, text, cases[i].flags);
		memset(op->value.str, 'x', sizeof op->value.str);
		if (cases[i].bad_key)
			op->keygrant = 1;
	}
	(void)agent_run(&a);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		rule_case(cases[i].want, a.list[i].result, "request %d: %s",
		    cases[i].call - DS_BASE, cases[i].what);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-errors", &a, &b);
	strcpy(number, key_of("number", 0));
	strcpy(text, key_of("text", 0));
	rule("strings");
	strings();
	rule_end();
	(void)report_status("number",
	    agent_publish(&b, number, value_of(0), 0));
	(void)report_status("text", agent_publish_str(&b, text, "text", 0));
	store_look(&a, &before);
	rule("types");
	types(DS_PUBLISH, 0);
	types(DS_PUBLISH, OW);
	types(DS_RETRIEVE, 0);
	rule_end();
	rule("labels");
	labels();
	rule_end();
	rule("no-label");
	without_label();
	rule_end();
	rule("order");
	orders();
	rule_end();
	rule("unchanged");
	store_same(&a, &before, "refused requests");
	rule_end();
	agent_report(&b, number, "value");
	return agents_close(&a, &b);
}
