/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Mutants: small changes of a file, each of which a test should notice.
 *
 * A mutant's key names it for good: function, rule, a digest of the place's
 * text and of what is done to it, and a number among equals. What is edited
 * elsewhere does not change it.
 */
#pragma once

#include "grader/mutate/parse.h"

#define KEY_DIGITS 8 /* of the digest */

/** One change. */
struct mutant {
	const struct source *source;
	const struct function *function;
	const char *rule; /**< id of the rule that made it */
	struct span at;   /**< what is replaced */
	char *with;       /**< by what */
	char *key;        /**< FUNCTION.RULE.DIGEST or FUNCTION.RULE.DIGEST.N */
	unsigned int line;
	unsigned int number; /**< from 1, in the order they were made */
	bool dead;           /**< does not compile */
	bool out;            /**< not wanted this time, so not built */
};

/** All of a lab. */
struct mutants {
	struct mutant *at;
	size_t n;
};

/**
 * Append a mutant, unless there is one with the same effect.
 *
 * @param[in,out] all   the list
 * @param[in]     draft a mutant without key and number; `with` is kept
 * @param[in]     place text that tells the place from others
 */
void mutants_add(struct mutants *all, const struct mutant *draft,
    struct span place);

/**
 * A mutant by its key.
 *
 * @param[in] all the list
 * @param[in] key what to look for
 * @return the mutant, or NULL
 */
struct mutant *mutants_find(const struct mutants *all, const char *key);

/**
 * The change in one line.
 *
 * @param[in] m the mutant
 * @return `old => new`, for free()
 */
char *mutant_line(const struct mutant *m);

/**
 * The change as a patch of one hunk, with the lines around.
 *
 * @param[in] m the mutant
 * @return text for free()
 */
char *mutant_diff(const struct mutant *m);

/**
 * A file's text with one mutant in it.
 *
 * @param[in] m    the mutant
 * @param[in] span which part of the text
 * @return text for free()
 */
char *mutant_text(const struct mutant *m, struct span span);

/**
 * Free what a list holds.
 *
 * @param[in,out] all the list
 */
void mutants_free(struct mutants *all);
