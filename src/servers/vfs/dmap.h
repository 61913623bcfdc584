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
	bool block;
	struct fs_peer peer;
	uint32_t owed; /**< answers that nobody waits for any more */
};

/**
 * Read RS's public table.
 *
 * @param[in] rproctab_gid  RS's grant for it
 *
 * @return OK, or the error of sys_safecopyfrom()
 */
int dmap_init(cp_grant_id_t rproctab_gid);

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
