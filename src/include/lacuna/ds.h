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

/** Look up where the service with a label runs. */
int ds_retrieve_label_endpt(const char *name, endpoint_t *ep);

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
 * Fetch the next changed entry. Deleted ones are not reported.
 *
 * @param[out] name   its key; room for DS_MAX_KEYLEN
 * @param[out] type   its DSF_TYPE_; may be NULL
 * @param[out] owner  where its owner runs, or NONE; may be NULL
 *
 * @retval OK       one change is taken off the list
 * @retval -ENOENT  nothing has changed
 * @retval -ESRCH   no subscription
 * @source own design, after MINIX 3
 */
int ds_check(char *name, int *type, endpoint_t *owner);
