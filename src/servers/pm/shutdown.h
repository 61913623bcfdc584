/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's part of the way down, see <proto/shutdown.h>.
 */
#pragma once

#include <lacuna/ipc.h>
#include <stdbool.h>

/**
 * Is a message what RS says on the way down? Then do it.
 *
 * @param[in] m  message
 * @return whether it was
 */
bool shutdown_request(const struct message *m);

/** A process has ended, as far as VFS is concerned: was it the last one? */
void shutdown_check(void);

/** May users still fork? Not when they are killed for good. */
bool shutdown_allows_fork(void);
