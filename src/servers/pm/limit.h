/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process may use: the limits of setrlimit().
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Give a process the limits of the system, in which all others begin.
 *
 * @param[out] mp  process of the boot image
 */
void limits_init(struct mproc *mp);

/**
 * Has a user as many processes as the limit of one of them allows?
 *
 * @param[in] mp  process that is to have a child
 * @return whether it has; never of the superuser
 */
bool limit_reached_procs(const struct mproc *mp);
