/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which mappings of granted memory exist, and what each hangs on. The records
 * alone decide who may end a mapping: what the grants say by then is of no
 * interest. A record lives from before VM is asked to map until VM has
 * unmapped, or until the grantee exits or executes something else.
 *
 * Each link on the way from the grantee to the memory is a hop:
 *
 *     grantee C     B, indirect       A, direct            owner A
 *     [window]  ->  (B, gid, none) -> (A, gid, address) -> [memory]
 *
 * When the memory of the direct grant is itself a window of A's, the hops of
 * that window follow and the owner is who owns the memory behind it. If only a
 * piece of that window is mapped, there are hops for both (one will do if both
 * begin at the same address): whoever ends the window by its grant or its
 * memory ends the piece, which can be ended alone as well. A window that its
 * user unmaps ends alone. So the owner's range is never
 * a window that has an owner itself; and no window is made of memory that
 * somebody has mapped.
 */
#pragma once

#include <abi/getinfo.h>
#include <abi/grant.h>

#define MAPS_PER_PROC (NR_MAPS / 4)   /**< windows of one process */
#define MAP_HOPS_MAX  16              /**< of one mapping */
#define MAP_NO_ADDR   ((vir_bytes)-1) /**< of a granter that only passes on */

/** A grant that a mapping hangs on. */
struct map_hop {
	endpoint_t granter; /**< NONE: has exited */
	cp_grant_id_t gid;
	vir_bytes addr; /**< of what is mapped, in its memory */
	bool piece;     /**< only a piece of what begins there is */
};

/** A mapping. */
struct map {
	uint32_t serial; /**< no two have the same */
	bool mapped;     /**< false: VM is still at it */
	bool writable;
	endpoint_t grantee;
	vir_bytes window; /**< address in the grantee */
	vir_bytes length;
	endpoint_t owner; /**< of the memory; NONE: has exited */
	vir_bytes owner_addr;
	int hops;
	struct map_hop hop[MAP_HOPS_MAX];
};

/**
 * Find what is behind the owner's range of a new mapping: if that lies in a
 * window, add the window's hops and take its owner; if that has exited, the
 * window's user stays the owner, but it is a window as before.
 *
 * @param[in,out] m  all but serial and mapped is set
 *
 * @retval OK       owner and hops are complete
 * @retval -EINVAL  the range lies in a window only partly, or in several
 * @retval -EPERM   m is writable and the window is not
 * @retval -ELOOP   too many hops
 * @source own design
 */
int map_resolve(struct map *m);

/**
 * Add a record.
 *
 * @param[in]  new    resolved
 * @param[out] added  the record; it stays where it is until one is dropped
 *
 * @retval OK       *added is set; mapped is false
 * @retval -EINVAL  window and mapped memory overlap
 * @retval -EBUSY   the window overlaps another, or memory that somebody has
 *                  mapped; or there is no room for more records
 * @source own design
 */
int map_add(const struct map *new, struct map **added);

/** The mapping whose window begins at an address, or NULL. */
struct map *map_of_window(endpoint_t grantee, vir_bytes window);

/** A mapping that hangs on a grant, or NULL. */
struct map *map_of_grant(endpoint_t granter, cp_grant_id_t gid);

/** A mapping of a granter's memory that begins at an address, or one of a
 * part of a window on what begins there, or NULL. */
struct map *map_of_memory(endpoint_t granter, vir_bytes addr);

/** Drop a record. */
void map_drop(struct map *m);

/**
 * A process exits or executes something else: its windows are no more. The
 * others who have mapped its memory keep that, but the process cannot end it
 * any more: their records have NONE in its place, as owner and as granter.
 *
 * @param[in] ep  the process
 * @source own design
 */
void maps_forget(endpoint_t ep);

/**
 * Go through the records, in no order; each is there once, complete or not.
 *
 * @param[in] n  0, 1, ...
 * @return the nth one; NULL: there are not so many
 * @source own design
 */
const struct map *map_nth(uint32_t n);
