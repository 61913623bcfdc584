/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests of clients, until they can be handled.
 */
#pragma once

#include <abi/limits.h>
#include <lacuna/ipc.h>

/** Requests that wait for PM. With all that PM can have about services at the
 * same time, two for each, they are fewer than asynsend3() always takes. */
#define CLIENT_QUEUE (NR_PROCS / 4)

/** Take a request. @return false: it is none */
bool client_request(const struct message *m);

/**
 * PM has said who the client is that waits for longest.
 *
 * @param[in] who      the client
 * @param[in] is_root  it lives, and is the superuser
 */
void client_identified(endpoint_t who, bool is_root);

/** Has PM used up its time to say who a client is? Then panic. */
void client_supervise(clock_ticks now);
