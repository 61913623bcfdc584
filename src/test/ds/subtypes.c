/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription hears of the types it names; if it names none, of all.
 * Proves A3.
 */
#include <stdio.h>

#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32   DSF_TYPE_U32
#define STR   DSF_TYPE_STR
#define LABEL DSF_TYPE_LABEL

static struct agent a, b;
static char key[DS_MAX_KEYLEN];

/* Subscribe to a number, a string and a label, as types number m says: each
 * bit of m is one. */
static void
mask(unsigned int m)
{
	const uint32_t types = (m & 1 ? U32 : 0) | (m & 2 ? STR : 0) |
	    (m & 4 ? LABEL : 0) | (m & 8 ? DSF_TYPE_MEM : 0) |
	    (m & 16 ? DSF_TYPE_MAP : 0);
	char text[3 * DS_MAX_KEYLEN];

	snprintf(text, sizeof text, "(subtypes[.]b|%s)", pattern_of("types"));
	rule_case(OK,
	    agent_subscribe(&a, text, DSF_OVERWRITE | DSF_INITIAL | types),
	    "subscribing to the types %#x", (unsigned)types);
	told_begin();
	if (types == 0 || types & U32)
		told_add(key, U32, b.ep);
	if (types == 0 || types & STR)
		told_add(key, STR, b.ep);
	if (types == 0 || types & LABEL)
		told_add(b.label, LABEL, RS_PROC_NR);
	told_by_place(&a);
	snprintf(text, sizeof text, "types %#x", (unsigned)types);
	told(&a, text);
}

/* The same when something is published, for one type and for no type. */
static void
published(struct agent *who, uint32_t types)
{
	rule_case(OK,
	    agent_subscribe(who, pattern_of("types"), DSF_OVERWRITE | types),
	    "subscribing");
	(void)agent_notified(who);
	rule_case(OK, agent_publish(&b, key, 2, DSF_OVERWRITE), "a number");
	rule_true((agent_notified(who) > 0) == (types == 0 || types & U32),
	    "notified or not of a number, wrongly");
	rule_case(OK, agent_publish_str(&b, key, "2", DSF_OVERWRITE),
	    "a string");
	rule_true((agent_notified(who) > 0) == (types == 0 || types & STR),
	    "notified or not of a string, wrongly");
	told_begin();
	if (types == 0 || types & U32)
		told_add(key, U32, b.ep);
	if (types == 0 || types & STR)
		told_add(key, STR, b.ep);
	told_by_place(&a);
	told(who, "what was published");
}

int
main(int argc, char **argv)
{
	static const uint32_t some[] = { 0, U32, STR, U32 | STR, LABEL,
		DSF_TYPE_MEM | DSF_TYPE_MAP, STR | LABEL };
	char name[] = "types00";
	unsigned int i;

	agents_open(argc, argv, "ds-subtypes", &a, &b);
	snprintf(key, sizeof key, "%s", key_of("types", 0));
	(void)report_status("number", agent_publish(&b, key, 1, 0));
	(void)report_status("string", agent_publish_str(&b, key, "1", 0));
	for (i = 0; i < 8; i++) {
		name[5] = '0';
		name[6] = (char)('0' + i);
		rule(name);
		mask(i);
		mask(i | 8);
		mask(i | 16);
		mask(i | 24);
		rule_end();
	}
	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		name[5] = '1';
		name[6] = (char)('0' + i);
		rule(name);
		published(&a, some[i]);
		published(&b, some[i]);
		rule_end();
	}
	return agents_close(&a, &b);
}
