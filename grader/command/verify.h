/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the parts of `grade verify' share.
 */
#pragma once

#include "grader/command/grading.h"

/**
 * Is something wanted? Everything is, if nothing is named.
 *
 * @param[in] name its name
 * @param[in] argc words that its name may have in it
 * @param[in] argv the words
 * @return whether it is
 */
bool verify_wanted(const char *name, int argc, char **argv);

/**
 * Grade something and keep the result beside the others.
 *
 * @param[in]  all  how to grade
 * @param[in]  name of it; also that of its directory
 * @param[in]  what as given() takes it
 * @param[out] r    for result_free()
 * @return the directory, for free()
 */
char *verify_grade(const struct grading *all, const char *name,
    const char *what, struct result *r);

/**
 * Print a line about something that was graded, and remember whether it was
 * as it should be.
 *
 * @param[in] g      how it was graded
 * @param[in] name   of it
 * @param[in] score  that it got
 * @param[in] why    what is wrong, or NULL
 * @param[in] change what it is, or NULL
 * @return whether nothing is wrong
 */
bool verify_tell(const struct grading *g, const char *name, unsigned int score,
    const char *why, const char *change);

/**
 * Grade the stages of the solution: stages/to-E1, to-E2, ...: what is behind
 * that exercise is missing; stages/without-E1, ...: that exercise is. A lab
 * whose solution does not say what belongs to which has none. Nothing is graded
 * unless it is named.
 *
 * @param[in]     g     how to grade
 * @param[in]     argc  names of what is wanted
 * @param[in]     argv  the names
 * @param[in,out] count failed, passed
 */
void verify_stages(const struct grading *g, int argc, char **argv,
    int count[2]);
