/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sending without waiting. Messages are kept in a table of this process; the
 * kernel delivers each when its receiver is ready, for one receiver in the
 * order they were sent (a message sent with AMF_NOREPLY may be overtaken by
 * one without). Only services can do this.
 */
#pragma once

#include <abi/errno.h>
#include <abi/ipc.h>
#include <abi/limits.h>

/** Messages that can be under way at the same time. */
#define ASYN_TABLE_SIZE (2 * NR_PROCS)

/**
 * Send a message without waiting. Panics when called from within itself.
 *
 * A receiver may have as many messages under way as there are free entries:
 * at least half the table while all others take theirs. So one that takes
 * nothing harms only itself.
 *
 * @param[in] dst    receiver
 * @param[in] m      copied
 * @param[in] flags  AMF_NOREPLY: m is a request, it must not be taken as the
 *                   reply the receiver may be waiting for; AMF_NOTIFY,
 *                   AMF_NOTIFY_ERR: a notification from ASYNCM tells when it
 *                   is finished (has failed), see asyn_geterror()
 *
 * @retval OK       on its way: that dst is dead or may not be sent to is
 *                  only in the result of asyn_geterror()
 * @retval -EAGAIN  dst has too many under way; this one is not sent
 * @retval -EINVAL  flags has other bits
 * @retval -EPERM   the caller is not a service
 * @source own design, after MINIX 3 asynsend3(3)
 */
int asynsend3(endpoint_t dst, const struct message *m, uint32_t flags);

/** asynsend3() with flags 0. @source own design, after MINIX 3 */
int asynsend(endpoint_t dst, const struct message *m);

/**
 * Fetch, and forget, one failed message that was sent with AMF_NOTIFY or
 * AMF_NOTIFY_ERR. To be called until there is no more before the next
 * asynsend3().
 *
 * @param[out] dst     receiver
 * @param[out] m       the message
 * @param[out] result  why it failed
 *
 * @retval true   one was there
 * @retval false  there is none
 * @source own design, after MINIX 3
 */
bool asyn_geterror(endpoint_t *dst, struct message *m, int *result);
