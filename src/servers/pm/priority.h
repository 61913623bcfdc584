/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How urgent a process is.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Compute the kernel's queue and set it.
 *
 * @param[in] mp    process
 * @param[in] nice  PM_PRIO_MIN .. PM_PRIO_MAX
 * @return OK, -EINVAL out of range, or the kernel's error
 */
int sched_nice(struct mproc *mp, int nice);
