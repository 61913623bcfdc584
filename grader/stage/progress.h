/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A make that is long enough to ask what it does: told at once, on standard
 * error, and how far it is; in one line on a terminal, now and then elsewhere.
 */
#pragma once

#include "grader/base/job.h"

/**
 * Run make.
 *
 * @param[in]  job    make and its arguments; its calls are ours
 * @param[in]  what   what it makes, as in "building the system"
 * @param[in]  first  it has much to do: say so before it begins
 * @param[out] result as of job_run()
 *
 * @retval 0      it ran
 * @retval -errno it could not be started
 */
int progress_make(const struct job *job, const char *what, bool first,
    struct job_result *result);
