/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Waiting in the middle of a request. A server that needs another's answer,
 * or an interrupt, before it can go on must not be deaf meanwhile: pings want
 * an answer, and no peer is waited for without bound. So it receives from
 * everybody, takes what it waits for, and puts off the rest: requests are
 * served, and signals handled, when the present request is done.
 */
#pragma once

#include <lacuna/sef.h>

#define WAIT_DEFERRED 16 /* requests that can be put off */

/** Is this message, or notification, what the server waits for? */
typedef bool (*wait_wanted_t)(const struct message *m, int status);

/**
 * Wait, from the handler of a request that server_run() has called. When more
 * than WAIT_DEFERRED requests come meanwhile, the last ones get -EAGAIN;
 * notifications that are not wanted are dropped. The alarm of the service is
 * used for this; one that it has set for itself is lost.
 *
 * @param[in]  wanted  asked about each message and notification
 * @param[in]  max     ticks to wait at least, more than 0; it may be twice that
 * @param[out] m       what was wanted
 * @param[out] status  how it was sent; may be NULL
 *
 * @retval OK          it came
 * @retval -ETIMEDOUT  it did not
 * @source own design
 */
int server_wait(wait_wanted_t wanted, clock_ticks max, struct message *m,
    int *status);
