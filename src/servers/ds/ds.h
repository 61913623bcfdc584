/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store: names for values that outlive their publishers.
 *
 * Entries live in one table. An entry is found by key and type together and
 * belongs to the label of its publisher, not to his endpoint: who is started
 * again still owns what he has published. Labels are entries themselves, of
 * type DSF_TYPE_LABEL; RS alone publishes them, so nobody can claim to be
 * somebody else. They have room of their own in the table.
 *
 * A subscription has two bits for every place in the table: whether the entry
 * in that place has changed and the subscriber has not looked yet; and whether
 * the subscriber knows the entry, so that it must hear when that is deleted.
 *
 * Values that do not fit into a message are memory, servers/ds/memory.h.
 *
 * Every handler checks everything, then changes: a request that fails leaves
 * the store as it was.
 *
 * This header is long because it holds the contract of every function here.
 */
#pragma once

#include <abi/limits.h>
#include <lacuna/server.h>
#include <proto/ds.h>

#include "servers/ds/memory.h"

#define DS_ENTRIES (NR_DS_KEYS + NR_SYS_PROCS) /* labels included */

/** An entry. */
struct entry {
	bool used;
	uint32_t flags; /**< one DSF_TYPE_ and any DSF_PRIV_ */
	char key[DS_MAX_KEYLEN];
	char owner[LABEL_MAX]; /**< label of who published it last */
	uint32_t serial;       /**< counts what was ever published */
	union ds_value value;  /**< other types */
	struct memory memory;  /**< DSF_TYPE_MEM, DSF_TYPE_MAP */
};

extern struct entry entry_table[DS_ENTRIES]; /* store.c */

/**
 * Find an entry.
 *
 * @param[in] key   its key
 * @param[in] type  its DSF_TYPE_
 * @return the entry, or NULL if there is none with that key in that type
 */
struct entry *entry_find(const char *key, uint32_t type);

/**
 * Put a value into the store, in place of what is there under that key and
 * type, and tell the subscribers. Permissions are the caller's business. The
 * memory of what was there is given back.
 *
 * @param[in] key     key
 * @param[in] flags   one DSF_TYPE_ and any DSF_PRIV_
 * @param[in] owner   label
 * @param[in] value   value
 * @param[in] memory  of DSF_TYPE_MEM and _MAP, from mem_load() or map_load();
 *                    it is the entry's from now on, unless this fails. Else
 *                    NULL
 *
 * @retval OK       stored
 * @retval -ENOMEM  there are NR_DS_KEYS entries (of labels: NR_SYS_PROCS)
 */
int entry_put(const char *key, uint32_t flags, const char *owner,
    const union ds_value *value, const struct memory *memory);

/** Remove an entry and tell the subscribers; its memory is given back.
 * @param[in] e  in use */
void entry_remove(struct entry *e);

/**
 * Label of a process, if it is a service RS has told us of.
 *
 * @return the label, valid until the store changes, or NULL
 */
const char *label_of(endpoint_t ep);

/**
 * Where a service runs.
 *
 * @return its endpoint, or NONE
 */
endpoint_t label_endpoint(const char *label);

/**
 * May who bind a label to an endpoint? Labels and endpoints are one to one.
 *
 * @retval OK       yes
 * @retval -EPERM   only RS may
 * @retval -EINVAL  key is too long for a label, or ep is no process
 * @retval -EEXIST  ep already has another label
 */
int label_check(endpoint_t who, const char *key, endpoint_t ep);

/** Forget a service: its label, its entries, its subscription.
 * @param[in] label  entry of its label */
void label_remove(struct entry *label);

/**
 * Learn the labels of all services from RS's public table. A service whose
 * label cannot be stored is served like any other process without one.
 *
 * @param[in] gid  RS's grant for it
 * @return OK, or an error of the copy
 */
int label_load(cp_grant_id_t gid);

/**
 * May who do what priv restricts?
 *
 * @param[in] e     entry
 * @param[in] who   caller
 * @param[in] priv  DSF_PRIV_ flag of the operation
 *
 * @retval OK      e has no such restriction, or who owns it
 * @retval -EPERM  otherwise
 */
int perm_check(const struct entry *e, endpoint_t who, uint32_t priv);

/**
 * Does who own the entry?
 *
 * @retval OK      yes, its label is the owner's
 * @retval -EPERM  no, or it has no label
 */
int perm_owner(const struct entry *e, endpoint_t who);

/** An entry was stored: mark it in the subscriptions that match it, and notify
 * those. For the others it is as if it were removed. @param[in] e  entry */
void subs_changed(const struct entry *e);

/** An entry is about to go: unmark it everywhere; note its key for those that
 * know it, and notify them. @param[in] e  entry */
void subs_removed(const struct entry *e);

/** Drop the subscription of a label, if it has one. @param[in] label  it */
void subs_drop(const char *label);

/**
 * Fetch a key from a client.
 *
 * @param[in]  who  client
 * @param[in]  key  grant and length, as the client says
 * @param[out] buf  the key; undefined on failure
 *
 * @retval OK       buf holds a key of 1 to DS_MAX_KEYLEN - 1 characters
 * @retval -EINVAL  wrong length, or no NUL exactly at the end
 * @return or an error of sys_safecopyfrom()
 */
int key_fetch(endpoint_t who, const struct ds_key *key,
    char buf[DS_MAX_KEYLEN]);

/**
 * Give a key to a client.
 *
 * @retval OK       given
 * @retval -EINVAL  the client has no room for every key
 * @return or an error of sys_safecopyto()
 */
int key_give(endpoint_t who, const struct ds_key *to, const char *key);

/** Print the store, for debugging. */
void store_dump(void);

DS_CALLS(PROTO_HANDLER)
