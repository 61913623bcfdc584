/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests of clients, until they can be handled.
 */
#pragma once

#include <lacuna/ipc.h>

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
