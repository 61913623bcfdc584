/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process may do that is as privileged as a service, but that RS has
 * not started: it has no label.
 */
#pragma once

#include <abi/errno.h>

/**
 * Do something in a child without a label, and wait for its end. What it
 * changes in memory is its own. For services.
 *
 * @param[in] work  what to do; the grants it makes are the child's
 * @return what work returns, 0 to 255, or an error of making the child
 * @source own design
 */
int nameless(int (*work)(void));
