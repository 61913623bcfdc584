/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The rules that make mutants. A rule is a row in a table, an id and a
 * function that is shown every node of a file and makes of it what it can; so
 * a new rule is a row and a function.
 */
#pragma once

#include "grader/mutate/mutant.h"

/** What a rule works with. */
struct maker {
	struct mutants *all;
	const struct source *source;
	const struct function *function;
	const char *rule;
};

struct rule {
	const char *id;
	const char *title; /**< what it does, for people */
	void (*apply)(struct maker *m, const struct node *n);
};

extern const struct rule expression_rules[]; /**< the last without an id */
extern const struct rule statement_rules[];  /**< likewise */

/**
 * Make all mutants of a file.
 *
 * @param[in]     source the file
 * @param[in,out] all    gets them
 */
void rules_apply(const struct source *source, struct mutants *all);

/**
 * A rule by its number, for lists.
 *
 * @param[in] i from 0
 * @return the rule, or NULL: there are no more
 */
const struct rule *rule_nth(size_t i);

/**
 * Make a mutant: replace a node's text.
 *
 * @param[in,out] m   the maker
 * @param[in]     n   the node
 * @param[in]     fmt as printf
 */
void replace(struct maker *m, const struct node *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * Make a mutant: replace a part of a node's text.
 *
 * @param[in,out] m   the maker
 * @param[in]     n   the node
 * @param[in]     at  the part
 * @param[in]     fmt as printf
 */
void replace_part(struct maker *m, const struct node *n, struct span at,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/**
 * A node's text as arguments for "%.*s".
 */
#define TEXT(m, n)                                                             \
	(int)((n)->at.to - (n)->at.from), (m)->source->text + (n)->at.from

/**
 * Is this how a node's operator is written?
 *
 * @param[in] m  the maker
 * @param[in] n  the node
 * @param[in] op the operator
 * @return whether it is
 */
bool has_op(const struct maker *m, const struct node *n, const char *op);
