/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The expressions in which a lab says what a test should have seen.
 *
 * An expression is a number or a string. It knows the run's nonce, so it can
 * say what a test must have computed without having the values in the image:
 *
 *     0   -ENOENT   "text"   'text'   u32('value', 3) % 100 + 1
 *     u32(LABEL[, I])        32 bits of the nonce's stream
 *     pick(LABEL, I, N)      the same, modulo N
 *     word(LABEL, I, N)      N letters
 *     key(LABEL, I)          a key of nonce_key()
 *     digest(LABEL, N)       digest of N bytes, as report_digest() prints it
 *     spread(LABEL, N)       the same of N bytes of nonce_spread()
 *     sum(LABEL, N)          nonce_sum() of these, its bytes as report_bytes()
 *                            prints them
 *     hex(X)   int(X)        as %x prints it; as a signed 32-bit number
 *     seed                   the schedule's number
 *     seen                   what the test reported
 *
 * Operators as in C: ?: || && == != < <= > >= << >> + - * / % unary - and !,
 * of 64 bits, shifts without a sign; on
 * strings + joins and comparisons compare. Names of errors are their numbers.
 * An expression that uses `seen` is a condition; any other is the value that
 * must have been seen.
 *
 * Memory of the guest is looked at from outside, at the checkpoints of the
 * test (report_checkpoint()), in the places it has named (report_place()); see
 * oracle_expr.h. An expression that asks for it is a condition, too, and
 * needs no observation unless it also uses `seen`.
 */
#pragma once

#include "test/report/nonce.h"

#include <stdbool.h>

#define EXPR_STRING_MAX 256
#define EXPR_FOUND_MAX  1000

/** A number, or a string if is_string. */
struct value {
	bool is_string;
	int64_t number;
	char string[EXPR_STRING_MAX];
};

struct oracle; /* grader/oracle/oracle.h */

/** What an expression may refer to. */
struct expr_env {
	const uint8_t *nonce;
	unsigned int seed;
	const char *seen;            /**< NULL: nothing was */
	const struct oracle *memory; /**< NULL: nobody has looked */
	const char *test; /**< whose checkpoints; NULL: only syntax matters */
};

/** How an observation compares with what was expected. */
struct expectation {
	bool holds;
	bool memory; /**< it asked for memory, and ... */
	bool status; /**< it is the name of an error, or OK */
	bool seen; /**< it used `seen`, or is a value to be compared with it */
	char missing[EXPR_STRING_MAX]; /**< ... this was not there, or "" */
	char found[EXPR_FOUND_MAX];    /**< ... these were the answers */
	uint64_t time; /**< of the last checkpoint it asked for */
	char expected[EXPR_FOUND_MAX]; /**< for people */
};

/**
 * Evaluate an expression.
 *
 * @param[in]  source the expression
 * @param[in]  env    what it may refer to
 * @param[out] value  its value, set only on success
 * @param[out] error  where the trouble is, set only on failure; or NULL
 *
 * @retval 0       done
 * @retval -EINVAL it is not an expression, or it divides by zero
 */
int expr_eval(const char *source, const struct expr_env *env,
    struct value *value, const char **error);

/**
 * Does an observation meet an expectation?
 *
 * @param[in]  source the expression
 * @param[in]  env    with `seen` set
 * @param[out] result the answer
 *
 * @retval 0       done
 * @retval -EINVAL it is not an expression
 */
int expr_expect(const char *source, const struct expr_env *env,
    struct expectation *result);

/**
 * The number of an error's name.
 *
 * @param[in]  name   as "ENOENT"
 * @param[in]  n      its length
 * @param[out] number set only on success
 *
 * @return whether there is such an error
 */
bool error_number(const char *name, size_t n, int *number);

/**
 * The name of an error, for people.
 *
 * @param[in] number a positive error number
 * @return its name, or NULL
 */
const char *error_name(int number);
