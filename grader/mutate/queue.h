/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Trials on all cores, with progress, and what is known kept on the way.
 */
#pragma once

#include "grader/mutate/trial.h"

/**
 * Try mutants of which nothing is known.
 *
 * @param[in,out] court   where
 * @param[in,out] r       gets what becomes of them
 * @param[in]     chosen  for each mutant, whether it is wanted
 * @param[in]     workers how many at once
 * @return how many were tried
 */
size_t queue_run(struct court *court, struct results *r, const bool *chosen,
    unsigned int workers);
