/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription hears of the keys its expression matches as a whole, and of
 * no others. Proves A3.
 */
#include <stdio.h>
#include <string.h>

#include "test/ds/rule.h"
#include "test/ds/told.h"
#include "test/report/report.h"

#define U32 DSF_TYPE_U32

static struct agent a, b;
static char key[DS_MAX_KEYLEN], exact[2 * DS_MAX_KEYLEN];

/* Publish, in b's name, a key in front of which and behind which is more. */
static void
publish(const char *before, const char *what, const char *after)
{
	char text[2 * DS_MAX_KEYLEN];

	snprintf(text, sizeof text, "%s%s%s", before, what, after);
	rule_case(OK, agent_publish(&b, text, 1, DSF_OVERWRITE),
	    "publishing \"%.30s\"", text);
}

/* Keys that begin, end or go on like the one that is meant. */
static void
whole(void)
{
	char shorter[DS_MAX_KEYLEN];

	rule_case(OK, agent_subscribe(&a, exact, DSF_OVERWRITE),
	    "subscribing to one key, letter for letter");
	(void)agent_notified(&a);
	publish("x", key, "");
	publish("", key, "x");
	publish("x", key, "x");
	publish("", &key[1], "");
	strcpy(shorter, key);
	shorter[strlen(key) - 1] = '\0';
	publish("", shorter, "");
	rule_true(agent_notified(&a) == 0,
	    "notified of keys that only look like it");
	told_begin();
	told(&a, "keys that only look like it");
	publish("", key, "");
	rule_true(agent_notified(&a) > 0, "not notified of the key itself");
	told_begin();
	told_add(key, U32, b.ep);
	told(&a, "the key itself");
}

/* An expression, and which of the keys "", "a", "b", "ab", "xx", "a+b" behind
 * the one that is meant it matches. */
static const struct {
	const char *after;
	const char *matches;
} expressions[] = { { ".*", "111111" }, { "", "100000" }, { "a?", "110000" },
	{ "[ab]+", "011100" }, { "(ab|xx)", "000110" }, { "a.b", "000001" },
	{ "a\\+b", "000001" }, { "(a|b)*", "111100" }, { "[^a]", "001000" },
	{ "..", "000110" }, { "x+", "000010" }, { "c", "000000" } };

static const char *const endings[] = { "", "a", "b", "ab", "xx", "a+b" };

#define EXPRESSIONS (sizeof expressions / sizeof expressions[0])

static void
expression(size_t i)
{
	char text[2 * DS_MAX_KEYLEN];
	size_t k;

	snprintf(text, sizeof text, "%s%s", exact, expressions[i].after);
	rule_case(OK, agent_subscribe(&a, text, DSF_OVERWRITE | DSF_INITIAL),
	    "subscribing to ...%s", expressions[i].after);
	told_begin();
	for (k = 0; k < 6; k++) {
		snprintf(text, sizeof text, "%s%s", key, endings[k]);
		if (expressions[i].matches[k] == '1')
			told_add(text, U32, b.ep);
	}
	told_by_place(&a);
	told(&a, expressions[i].after);
}

int
main(int argc, char **argv)
{
	size_t i;

	agents_open(argc, argv, "ds-match", &a, &b);
	nonce_stem(report_nonce(), "match", key);
	literally(key, exact);
	rule("whole");
	whole();
	rule_end();
	nonce_stem(report_nonce(), "expressions", key);
	literally(key, exact);
	rule("published");
	for (i = 0; i < 6; i++)
		publish("", key, endings[i]);
	rule_end();
	for (i = 0; i < EXPRESSIONS; i++) {
		char name[] = "expression00";

		name[10] = (char)('0' + i / 10);
		name[11] = (char)('0' + i % 10);
		rule(name);
		expression(i);
		rule_end();
	}
	return agents_close(&a, &b);
}
