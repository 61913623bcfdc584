/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Building what was taken in.
 */
#pragma once

#include "grader/build/build.h"
#include "grader/command/grading.h"

/**
 * Build the system with the files that were taken in. A build that fails
 * although they are not at fault ends the program.
 *
 * @param[in]     g     what is graded
 * @param[in,out] r     its result, which keeps errors
 * @param[out]    build how it went; free with build_free()
 * @param[in]     from  directory with the files
 */
void building_run(const struct grading *g, struct result *r,
    struct build *build, const char *from);
