/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which calls are shown, and how often each was made.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "cmd/trace/tables.h"

/**
 * Show only some calls. Complains about what is no call, and ends the command.
 *
 * @param[in] list  vfs_open, open, or vfs for all calls of a protocol, with
 *                  commas between; all others if it begins with !
 */
void filter_set(const char *list);

/** Is a call shown? @param[in] call it, or NULL: none that is known
 * @return whether it is */
bool filter_has(const struct call *call);

/** Count a call that has ended. @param[in] call it, or NULL
 * @param[in] status how */
void count_add(const struct call *call, int32_t status);

/** Write what was counted, most frequent first. @param[in] fd where to */
void count_show(int fd);
