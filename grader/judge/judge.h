/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Judging: from what a run reported to what went wrong, and why. The rules
 * stand in order in a table in judge.c: the first that holds gives the
 * verdict its class. Expected values are computed here, from the nonce.
 */
#pragma once

#include "grader/judge/trial.h"
#include "grader/judge/verdict.h"

/**
 * Judge one test of one boot.
 *
 * @param[in]  t what to judge
 * @param[out] v the verdict, for verdict_free()
 */
void judge(const struct trial *t, struct verdict *v);
