/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A result for people: what is graded, a row for each test as soon as that is
 * decided, a paragraph for each cause of failure, the score as the last line.
 */
#pragma once

#include "grader/report/result.h"

/**
 * Print what is graded.
 *
 * @param[in] result with hashes and number of schedules
 */
void result_show_head(const struct result *result);

/**
 * Print the row of a test, and above the first the names of columns.
 *
 * @param[in,out] result remembers which row was the last
 * @param[in]     o      outcome of a test that is decided
 */
void result_show_row(struct result *result, const struct outcome *o);

/**
 * Print the rest, when all is over: causes, remarks, score.
 *
 * @param[in] result the result
 * @param[in] all    tell every failure in full, not only the first of each
 *                   exercise
 */
void result_show(const struct result *result, bool all);
