/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A result for programs.
 */
#pragma once

#include "grader/report/result.h"

/**
 * Write a result as JSON; COURSE.md lists the keys.
 *
 * @param[in] result the result
 * @param[in] path   file to write
 */
void result_json(const struct result *result, const char *path);
