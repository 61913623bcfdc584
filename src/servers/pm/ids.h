/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The effective user of a process.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Make a process act for a user. VM is told when it becomes the superuser's
 * or ceases to be, because some memory is kept for those.
 *
 * @param[in] mp    process
 * @param[in] euid  its effective user from now on
 */
void euid_set(struct mproc *mp, uint32_t euid);
