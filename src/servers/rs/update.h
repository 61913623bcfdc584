/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Live update: a service is replaced while it runs, in a state in which that
 * does no harm.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/table.h"

/**
 * Begin to replace a service: ask it to get ready. One update at a time is
 * under way, and until it is over no other change of that service.
 *
 * @param[in,out] rp   no change of it is under way
 * @param[in]     who  is answered when the next instance has initialised,
 *                     or when the update has failed
 * @param[in]     req  what it asks for
 *
 * @retval EDONTREPLY  begun
 * @retval -EINVAL     no such state, or more time than RS_UPDATE_MAX
 * @retval -EBUSY      another update is under way
 * @retval -ESHUTDOWN  nothing is started any more
 * @retval -EAGAIN     the service has no process just now
 * @return or an error of image_copy() or image_check() for a new program
 */
int update_begin(struct rproc *rp, endpoint_t who,
    const struct rs_update_req *req);

/** Take a service's report. @param[in] m  of type RS_LU_PREPARE */
void update_report(const struct message *m, int status);

/** Has a service used up its time to get ready? Then it is told to forget
 * about it. */
bool update_expired(struct rproc *rp, clock_ticks now);

/** Is a service getting ready? If it ends now, the update has failed. */
bool update_prepares(const struct rproc *rp);

/** An update is over, if there is one; its result is known. */
void update_end(struct rproc *rp, int result);
