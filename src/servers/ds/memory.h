/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that are memory: ranges that were copied to DS (DSF_TYPE_MEM), and
 * ranges that stay where they are and are mapped (DSF_TYPE_MAP). These
 * functions know nothing of entries, keys and permissions. Of several errors
 * the first in a function's list is returned.
 */
#pragma once

#include <proto/ds.h>

/** Memory behind an entry of type DSF_TYPE_MEM or DSF_TYPE_MAP. */
struct memory {
	uint8_t *at;  /**< the value, or a window on it; NULL: none */
	uint32_t len; /**< bytes there, and in each snapshot */
	uint8_t *snapshot[NR_DS_SNAPSHOT]; /**< ring; NULL: not taken yet */
	int32_t snapshots;                 /**< taken so far */
};

/** What pages_get() gives. */
enum pages_kind {
	PAGES_EMPTY, /**< filled at the first touch: for what is mapped over */
	PAGES_FILLED /**< zeros, in frames of their own */
};

/**
 * Get memory from VM, beginning at a page.
 *
 * @param[in] bytes  how much, rounded up to pages
 * @param[in] kind   which
 * @return it, or NULL: VM has none
 */
void *pages_get(size_t bytes, enum pages_kind kind);

/** Give memory back. @param[in] p, bytes  as of pages_get() */
void pages_put(void *p, size_t bytes);

/**
 * Get memory for a range or a snapshot. All of it together, counted in whole
 * pages, is at most DS_MEM_TOTAL.
 *
 * @return it, or NULL: that would be too much, or VM has none
 */
uint8_t *mem_get(uint32_t len, enum pages_kind kind);

/** Give memory back. @param[in] p, len  as of mem_get() */
void mem_put(uint8_t *p, uint32_t len);

/**
 * Copy a range of a client into memory of our own.
 *
 * @param[in]  who    client
 * @param[in]  value  grant and length, as the client says
 * @param[out] m      set only on success
 *
 * @retval OK       m is for entry_put() or mem_drop()
 * @retval -EINVAL  the length is 0
 * @retval -E2BIG   it is above DS_MAX_MEMLEN
 * @retval -ENOMEM  as mem_get()
 * @return or an error of sys_safecopyfrom()
 */
int mem_load(endpoint_t who, const union ds_value *value, struct memory *m);

/**
 * Copy memory to a client, as much as it has room for.
 *
 * @param[in]  p, len  the memory
 * @param[in]  who     client
 * @param[in]  req     grant and room, as the client says
 * @param[out] rep     value.mem.len: bytes that were copied
 * @return OK, or an error of sys_safecopyto()
 */
int mem_give(const uint8_t *p, uint32_t len, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep);

/** Give back what mem_load() got. @param[in,out] m the memory */
void mem_drop(struct memory *m);

/**
 * Map a range of a client, read-only.
 *
 * @param[in]  who    client
 * @param[in]  value  grant and length, as the client says
 * @param[out] m      set only on success
 *
 * @retval OK        m is for entry_put() or map_drop()
 * @retval -EINVAL   the length is 0 or not in whole pages
 * @retval -E2BIG    it is above DS_MAX_MEMLEN
 * @retval -ENOMEM   as mem_get()
 * @retval -ENOTSUP  this kernel cannot map: sys_safemap() is -ENOSYS
 * @return or an error of sys_safemap()
 */
int map_load(endpoint_t who, const union ds_value *value, struct memory *m);

/**
 * Give a client what it wants of a mapped range: a grant to read and map the
 * live range (to the same client always the same), or a copy of that, or of a
 * snapshot. req->flags says which; the first DSMF_ in proto/ds.h counts.
 *
 * @param[in]  m    the range
 * @param[in]  who  client
 * @param[in]  req  its request
 * @param[out] rep  value.mem
 *
 * @retval OK       given
 * @retval -EINVAL  no DSMF_ at all, or that snapshot is not kept
 * @retval -EPERM   a grant for who has no label
 * @retval -ENOMEM  NR_DS_READERS have grants, or there is none left
 * @return or an error of sys_safecopyto()
 */
int map_give(const struct memory *m, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep);

/**
 * Keep what is in a mapped range now, beside the NR_DS_SNAPSHOT - 1 before.
 *
 * @param[in,out] m   the range
 * @param[out]    nr  number of this snapshot, set only on success
 *
 * @retval OK          taken
 * @retval -EOVERFLOW  there is no number left
 * @retval -ENOMEM     as mem_get(); nothing is lost
 */
int map_snapshot(struct memory *m, int32_t *nr);

/** Give back what map_load() got, and the snapshots. Clients that have mapped
 * the range keep private copies. @param[in,out] m the range */
void map_drop(struct memory *m);

/** Take back the grants of clients that have no label any more. */
void map_sweep(void);
