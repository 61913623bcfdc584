/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One run of one test, for people: all that it said, and the verdict.
 */
#pragma once

#include <stdio.h>

#include "grader/judge/record.h"
#include "grader/judge/verdict.h"
#include "grader/lab/lab.h"

/**
 * Tell a run.
 *
 * @param[in] to  where to
 * @param[in] rec what was said in it
 * @param[in] t   the test
 * @param[in] v   the verdict
 */
void replay_show(FILE *to, const struct record *rec, const struct test *t,
    const struct verdict *v);
