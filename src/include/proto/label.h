/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a label may be. Lists of labels are separated by blanks and have words
 * of their own, and labels are printed and typed, so not every string is one.
 * Both sides check: service(8), which says what is wrong, and RS. The two have
 * different C libraries, so this uses none.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <abi/limits.h>

/** The rule, in words. */
#define LABEL_RULE                                                             \
	"a label has 1 to 15 letters, digits, dots, dashes and underscores, "  \
	"and is none of ALL, USER and SYSTEM"

_Static_assert(LABEL_MAX == 16, "LABEL_RULE says how long a label may be");

static inline bool
label_has(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

static inline bool
label_is(const char *label, const char *word)
{
	while (*label == *word && *word != '\0')
		label++, word++;
	return *label == *word;
}

/**
 * Can a service have this label?
 *
 * @param[in] label  a string
 *
 * @retval true   it is as LABEL_RULE says
 * @retval false  it is not
 */
static inline bool
label_ok(const char *label)
{
	size_t n;

	for (n = 0; label[n] != '\0'; n++)
		if (n == LABEL_MAX - 1 || !label_has(label[n]))
			return false;
	return n > 0 && !label_is(label, "ALL") && !label_is(label, "USER") &&
	    !label_is(label, "SYSTEM");
}
