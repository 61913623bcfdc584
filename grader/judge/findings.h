/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Everything that a test saw and should not have seen: observations that are
 * not what check/TEST.yaml expects, and checks of the program's own that
 * failed. Each is told by itself, with its own requirement.
 */
#pragma once

#include "grader/judge/trial.h"
#include "grader/judge/verdict.h"

/**
 * Add it all to a verdict, in the order in which it was seen.
 *
 * @param[in]     t    what is judged
 * @param[in]     done whether the test came to its end: what it has not
 *                     reported is missing only then
 * @param[in,out] v    the verdict
 */
void findings_collect(const struct trial *t, bool done, struct verdict *v);

/**
 * Was nothing seen that should not have been?
 *
 * @param[in] t what is judged, come to its end
 * @return whether there are no findings
 */
bool findings_none(const struct trial *t);

/**
 * Does a test ask for the guest's memory?
 *
 * @param[in] test the test
 * @return whether one of its checks does
 */
bool test_asks_memory(const struct test *test);
