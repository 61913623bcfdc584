/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way down: what ends, in which order, and how long each may take.
 */
#pragma once

#include <lacuna/ipc.h>
#include <stdbool.h>

/** A signal for RS. TERM is PM's: the machine is to end. @param[in] signo
 * number */
void shutdown_signal(int signo);

/**
 * Is a message an answer of PM or VFS on the way down? Then go on.
 *
 * @param[in] m  message
 * @return whether it was
 */
bool shutdown_answer(const struct message *m);

/**
 * Go on if what the present step waits for has happened, or has taken too
 * long. To be called when a service has ended, and from time to time.
 *
 * @param[in] now  uptime
 */
void shutdown_step(clock_ticks now);
