/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store, for services: publish a value under a name, find it again,
 * hear of changes. See <proto/ds.h> for the limits and the DSF_ flags.
 *
 * A subscriber is notified by DS when entries its expression matches were
 * published, overwritten or deleted. Notifications carry nothing and may be
 * merged: call ds_check() until it returns -ENOENT.
 *
 * A DS that has crashed is back with all entries and subscriptions, but for
 * mapped ranges, which are published again by whoever wants them there.
 * Subscribers are notified, and told again of all entries that are there and
 * of the last that were deleted. After a refresh DS begins with labels only,
 * and what it is asked for then is -ESRCH.
 *
 * This header is long because it holds the contract of every call.
 *
 * Common errors of all calls: -EINVAL name empty or too long, -ENOMEM no free
 * grant, -ENOSYS this DS does not know the call, -EDEADSRCDST DS is dead.
 */
#pragma once

#include <abi/errno.h>
#include <proto/ds.h>

/**
 * Publish a number under a name. The other publishing calls differ in the
 * type of the value only.
 *
 * @param[in] name   key
 * @param[in] val    value
 * @param[in] flags  DSF_PRIV_* to store, DSF_OVERWRITE to replace
 *
 * @retval OK       published; subscribers are notified
 * @retval -EEXIST  key is there in this type, and no DSF_OVERWRITE
 * @retval -EPERM   it is there with DSF_PRIV_OVERWRITE and not ours, or the
 *                  caller has no label
 * @retval -ENOMEM  the store is full
 * @source own design, after MINIX 3
 */
int ds_publish_u32(const char *name, uint32_t val, int flags);

/** Publish a string of less than DS_MAX_STRLEN characters (else -EINVAL). */
int ds_publish_str(const char *name, const char *val, int flags);

/**
 * Publish a copy of a memory range.
 *
 * @param[in] name    key
 * @param[in] addr    the range
 * @param[in] length  bytes, 1 to DS_MAX_MEMLEN
 * @param[in] flags   as of ds_publish_u32()
 *
 * @retval -EINVAL  length is 0
 * @retval -E2BIG   length is above DS_MAX_MEMLEN
 * @retval -ENOMEM  the store is full, or its memory is; an old value stays
 * @return else as ds_publish_u32()
 * @source own design, after MINIX 3
 */
int ds_publish_mem(const char *name, const void *addr, size_t length,
    int flags);

/**
 * Publish memory itself: who retrieves it sees what it holds then, or maps
 * it and sees every change. It stays ours, only we can write there. Mapped
 * ranges cannot be overwritten: delete and publish anew. If we end without
 * deleting it, its last contents stay in the store.
 *
 * @param[in] name    key
 * @param[in] addr    the range: private memory, on a page boundary; it must
 *                    stay until the entry is deleted
 * @param[in] length  bytes, whole pages, up to DS_MAX_MEMLEN
 * @param[in] flags   DSF_PRIV_* to store
 *
 * @retval -EINVAL   not in whole pages, or DSF_OVERWRITE
 * @retval -E2BIG    length is above DS_MAX_MEMLEN
 * @retval -ENOMEM   the store is full, or its memory is
 * @retval -ENOSPC   DS_MY_MAPS ranges are published by this process
 * @retval -ENOTSUP  the kernel cannot map memory between processes
 * @return else as ds_publish_u32(), or an error of sys_safemap()
 * @source own design, after MINIX 3
 */
int ds_publish_map(const char *name, void *addr, size_t length, int flags);

#define DS_MY_MAPS 16

/**
 * Keep what a mapped range holds now. The NR_DS_SNAPSHOT newest of a range
 * can be retrieved.
 *
 * @param[in]  name  key
 * @param[out] nr    its number, set only on success
 *
 * @retval OK       taken
 * @retval -ESRCH   no such mapped range
 * @retval -EPERM   stored with DSF_PRIV_SNAPSHOT, and not ours
 * @retval -ENOMEM  DS's memory for ranges is full; nothing is lost
 * @source own design, after MINIX 3
 */
int ds_snapshot_map(const char *name, int *nr);

/**
 * Publish where the service with a label runs. For RS alone (-EPERM). Labels
 * and endpoints are one to one: -EEXIST also when ep has another label.
 */
int ds_publish_label(const char *name, endpoint_t ep, int flags);

/**
 * Look a number up.
 *
 * @param[in]  name  key
 * @param[out] val   set only on success
 *
 * @retval OK      *val is the published value
 * @retval -ESRCH  no such key in this type
 * @retval -EPERM  stored with DSF_PRIV_RETRIEVE, and not ours
 * @source own design, after MINIX 3
 */
int ds_retrieve_u32(const char *name, uint32_t *val);

/** Look a string up; -E2BIG if it does not fit into len bytes. */
int ds_retrieve_str(const char *name, char *val, size_t len);

/**
 * Look a memory range up.
 *
 * @param[in]     name    key
 * @param[out]    addr    gets the beginning of it
 * @param[in,out] length  room there; how many bytes were copied. Set only on
 *                        success
 * @return as ds_retrieve_u32(), or an error of sys_safecopyto()
 * @source own design, after MINIX 3
 */
int ds_retrieve_mem(const char *name, void *addr, size_t *length);

/**
 * Look a mapped range up.
 *
 * @param[in]     name    key
 * @param[in,out] addr    gets a copy of the beginning, or is mapped over
 * @param[in,out] length  room there; how much was copied or mapped. Set only
 *                        on success
 * @param[in]     nr      which snapshot
 * @param[in]     flags   DSMF_COPY_SNAPSHOT: that; DSMF_COPY_MAPPED: what the
 *                        range holds now; DSMF_MAP_MAPPED: map it, read-only,
 *                        as many whole pages as there is room for. addr is
 *                        then on a page boundary, in private writable memory.
 *                        End it with sys_safeunmap(addr). When the entry is
 *                        deleted it ends by itself; in both cases addr keeps
 *                        the last contents
 *
 * @retval -EINVAL  none of these flags; that snapshot is not kept; or there
 *                  is no room for a page to be mapped
 * @retval -EPERM   stored with DSF_PRIV_RETRIEVE, and not ours; or mapping is
 *                  wanted by who has no label
 * @retval -ENOMEM  NR_DS_READERS clients map ranges already
 * @return else as ds_retrieve_mem(), or an error of sys_safemap()
 * @source own design, after MINIX 3
 */
int ds_retrieve_map(const char *name, void *addr, size_t *length, int nr,
    int flags);

/** Look up where the service with a label runs. */
int ds_retrieve_label_endpt(const char *name, endpoint_t *ep);

/** The same as a number. */
int ds_retrieve_label_num(const char *name, uint32_t *num);

/** Look up the label of an endpoint; name has room for DS_MAX_KEYLEN. */
int ds_retrieve_label_name(char *name, endpoint_t ep);

/**
 * Remove a number. Its key may then be published by anybody.
 *
 * @param[in] name  key
 *
 * @retval OK      removed; subscribers are notified
 * @retval -ESRCH  no such key in this type
 * @retval -EPERM  not ours
 * @source own design, after MINIX 3
 */
int ds_delete_u32(const char *name);

/** Remove a string. */
int ds_delete_str(const char *name);

/** Remove a memory range. */
int ds_delete_mem(const char *name);

/** Remove a mapped range. The memory is no longer shared then. */
int ds_delete_map(const char *name);

/** Remove a label, with all its entries and its subscription. For RS. */
int ds_delete_label(const char *name);

/**
 * Ask to be notified of changes. A label has one subscription.
 *
 * @param[in] regex  extended regular expression that whole keys must match:
 *                   characters, . [set] \c and the operators * + ? | ( )
 * @param[in] flags  DSF_TYPE_* wanted, none: all; DSF_OVERWRITE: replace the
 *                   old subscription; DSF_INITIAL: entries that are there
 *                   already count as changed
 *
 * @retval OK       subscribed
 * @retval -EEXIST  there is one already, and no DSF_OVERWRITE
 * @retval -EINVAL  the expression is none
 * @retval -ESRCH   the caller has no label
 * @retval -EAGAIN  no room for more subscriptions
 * @source own design, after MINIX 3
 */
int ds_subscribe(const char *regex, int flags);

/**
 * Fetch the next change. Deletions come first, and only of entries that this
 * subscription knows: they were there when it began, or have been reported.
 * An entry that was changed often, or deleted and published again, is one
 * change. Being kept from an entry by DSF_PRIV_SUBSCRIBE is its deletion.
 *
 * @param[out] name   its key; room for DS_MAX_KEYLEN
 * @param[out] type   its DSF_TYPE_, with DSF_DELETED if it is gone; may be
 *                    NULL
 * @param[out] owner  where its owner runs, or NONE; may be NULL
 *
 * @retval OK       one change is taken off the list
 * @retval -ENOENT  nothing has changed
 * @retval -ESRCH   no subscription
 * @source own design, after MINIX 3
 */
int ds_check(char *name, int *type, endpoint_t *owner);

/**
 * Go through the store.
 *
 * @param[out]    info  an entry, set only on success
 * @param[in,out] next  0 at first; where to go on
 *
 * @retval OK       *info is set
 * @retval -ENOENT  there are no more
 * @retval -EPERM   the caller has no label
 * @source own design
 */
int ds_list(struct ds_info *info, uint32_t *next);
