/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The guest's second serial line as a socket of this machine. A process of
 * its own stands between the two: Bochs connects to it when the machine
 * starts, and any number of programs, one after the other, at the socket.
 * What the guest sends while none is there is lost.
 */
#pragma once

#include <stdint.h>
#include <sys/types.h>

/**
 * Start the process; it ends with the machine, or with the caller.
 *
 * @param[in]  path  of the socket, which is made; its directory is there
 * @param[out] port  for bochs_config.com2_port
 * @param[out] pid   of the process
 *
 * @retval 0             both sides may connect
 * @retval -ENAMETOOLONG the path is too long for a socket
 * @retval -EADDRINUSE   the path is there already
 * @retval -errno        no socket, or no process
 */
int line_start(const char *path, uint16_t *port, pid_t *pid);
