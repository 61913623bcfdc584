/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Keys have 1 to 79 characters, all of them count, and what is no such key is
 * refused. Proves A3.
 */
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define LONGEST (DS_MAX_KEYLEN - 1)
#define U32     DSF_TYPE_U32

static struct agent a, b;
static char longest[DS_MAX_KEYLEN]; /* characters of this run */

/* The key of n characters: the beginning of the longest. */
static const char *
key(unsigned int n)
{
	static char text[DS_MAX_KEYLEN];

	memcpy(text, longest, n);
	text[n] = '\0';
	return text;
}

/* Is the key of n characters published? About every third is, and those next
 * to the limits. */
static bool
there(unsigned int n)
{
	return n <= 3 || n >= LONGEST - 2 || (value_of(1) + n) % 3 == 0;
}

/* The keys of all lengths, of which each is the beginning of the next. */
static void
lengths(void)
{
	unsigned int i;

	for (i = 1; i <= LONGEST; i++)
		if (there(i))
			(void)kind_put(&a, U32, key(i), i, 0);
	for (i = LONGEST; i >= 1; i--) /* with neighbours to be harmed */
		if (there(i))
			(void)kind_put(&a, U32, key(i), i, DSF_OVERWRITE);
	(void)agent_run(&a);
	for (i = 1; i <= LONGEST; i++)
		(void)kind_get(&b, U32, key(i));
	(void)agent_run(&b);
	for (i = 1; i <= LONGEST; i++)
		rule_case(there(i) ? OK : -ESRCH,
		    kind_is(&b.list[i - 1], U32, i),
		    "a key of %u characters that is %sthere", i,
		    there(i) ? "" : "not ");
}

/* The longest key, with another character in each place. */
static void
characters(void)
{
	char other[DS_MAX_KEYLEN];
	unsigned int i;

	for (i = 0; i < LONGEST; i++) {
		strcpy(other, longest);
		other[i] ^= 1;
		(void)kind_get(&b, U32, other);
	}
	strcpy(other, longest);
	other[LONGEST - 1] ^= 2;
	(void)kind_put(&b, U32, other, 90, 0);
	(void)kind_get(&b, U32, other);
	(void)kind_get(&b, U32, longest);
	(void)agent_run(&b);
	for (i = 0; i < LONGEST; i++)
		rule_case(-ESRCH, b.list[i].result,
		    "a key of 79, with another character in place %u", i);
	rule_case(OK, b.list[i].result, "publishing one whose last differs");
	rule_case(OK, kind_is(&b.list[i + 1], U32, 90), "its value");
	rule_case(OK, kind_is(&b.list[i + 2], U32, LONGEST), "the other's");
}

int
main(int argc, char **argv)
{
	static const int calls[] = { DS_PUBLISH, DS_RETRIEVE, 0 };
	unsigned int i;

	agents_open(argc, argv, "ds-keylen", &a, &b);
	for (i = 0; strlen(longest) < LONGEST; i++)
		strncat(longest, key_of("keylen", i),
		    LONGEST - strlen(longest));
	rule("lengths");
	lengths();
	rule_end();
	rule("characters");
	characters();
	rule_end();
	entries_keys(&a, calls, U32);
	return agents_close(&a, &b);
}
