/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS's part of the way down, see <proto/shutdown.h>.
 */
#pragma once

#include <lacuna/ipc.h>
#include <stdbool.h>

/**
 * Is a message what RS says on the way down? Then do it, or begin to.
 *
 * @param[in] m  message
 * @return whether it was
 */
bool shutdown_request(const struct message *m);

/** Is the system on its way down? Then nothing is mounted any more. */
bool shutdown_begun(void);
