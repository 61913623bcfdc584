/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The device map: which driver serves a major number. RS's public table says
 * it; VFS reads that once, when it starts, and hears of each change.
 */
#pragma once

#include <abi/types.h>
#include <stdbool.h>

#include "servers/vfs/peer.h"

/** A driver. Those of blocks answer like file servers, one at a time. */
struct dmap {
	endpoint_t driver; /**< NONE: nobody */
	bool returns;      /**< it has died, and RS starts it again */
	bool block;
	struct fs_peer peer;
	uint32_t owed; /**< answers that nobody waits for any more */
};

/** Take the drivers there are from RS's public table. @return OK, or -EIO: it
 * cannot be read */
int dmap_init(void);

/** Driver of a device. @param[in] dev number @return its row, or NULL: there
 * is none at the moment */
struct dmap *dmap_find(uint32_t dev);

/** The conversation with a block driver. @param[in] ep endpoint @return it,
 * or NULL: that is none */
struct fs_peer *dmap_peer(endpoint_t ep);

/** The driver at an endpoint. @param[in] ep endpoint @return its row, or NULL:
 * that is none */
struct dmap *dmap_of(endpoint_t ep);

/** A service has died: it drives nothing. @param[in] ep endpoint */
void dmap_died(endpoint_t ep);

/** Has the driver of a device died, and RS not said yet that it will not come
 * back? @param[in] dev number @return whether that is so */
bool dmap_returns(uint32_t dev);

/**
 * While the driver of a device is coming back, wait for it: at most PATIENCE.
 * Blocks the worker.
 *
 * @param[in] dev  number
 *
 * @retval OK      it is there; or it is not, and does not come back
 * @retval -EIO    that takes too long
 * @retval -EINTR  a signal interrupted the wait
 */
int dmap_wait(uint32_t dev);
