/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Regular expressions over keys: a subset of POSIX extended ones that must
 * match the whole key. An expression becomes a small program; it is run for
 * all its possible states at once, so that no expression is slow.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define MATCH_TEXT_MAX 80 /* bytes in an expression, with its NUL */
#define MATCH_OPS_MAX  (2 * MATCH_TEXT_MAX)

/** One step of a matcher. */
struct match_op {
	uint8_t kind;
	char c;
	int16_t to; /**< relative to this step, or place in the text */
};

/** A compiled expression. */
struct matcher {
	char text[MATCH_TEXT_MAX];
	struct match_op op[MATCH_OPS_MAX];
	int ops;
};

/**
 * Compile an expression: characters, . [set] [^set] \\c, the operators
 * * + ? behind them, | between and ( ) around sub-expressions.
 *
 * @param[out] m     set only on success
 * @param[in]  text  expression
 *
 * @retval OK       m can be used
 * @retval -EINVAL  not such an expression, or too long
 * @source POSIX.1-2008, 9.4; algorithm: K. Thompson, CACM 11(6), 1968
 */
int match_compile(struct matcher *m, const char *text);

/** Does the expression match the whole string? */
bool match_whole(const struct matcher *m, const char *s);
