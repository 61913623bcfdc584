/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store protocol: names for values that outlive their publishers.
 * An entry is found by its key and type together; the same key may exist once
 * in each type. It belongs to the label of its publisher, so that a service
 * that was started again still owns what it has published. Keys travel through
 * grants, small values in the message.
 */
#pragma once

#include <abi/grant.h>
#include <proto/proto.h>

#define DS_MAX_KEYLEN 80 /* bytes in a key, with its NUL */
#define DS_MAX_STRLEN 16 /* bytes in a string value, with its NUL */
#define NR_DS_KEYS    64 /* entries */
#define NR_DS_SUBS    32 /* subscriptions, one per label */

/* Restrictions, stored with an entry: only the owner may ... */
#define DSF_PRIV_RETRIEVE  0x0002  /* retrieve it */
#define DSF_PRIV_OVERWRITE 0x0004  /* overwrite it */
#define DSF_PRIV_SUBSCRIBE 0x0008  /* be told about it */
#define DSF_PRIV_SNAPSHOT  0x10000 /* take snapshots of it */
#define DSF_MASK_PRIV                                                          \
	(DSF_PRIV_RETRIEVE | DSF_PRIV_OVERWRITE | DSF_PRIV_SUBSCRIBE |         \
	    DSF_PRIV_SNAPSHOT)

/* Types, exactly one per entry; a subscription may name several. */
#define DSF_TYPE_U32   0x0010
#define DSF_TYPE_STR   0x0020
#define DSF_TYPE_MEM   0x0040 /* memory range, copied */
#define DSF_TYPE_MAP   0x0080 /* memory range, mapped */
#define DSF_TYPE_LABEL 0x0100
#define DSF_MASK_TYPE  0x0FF0

/* What a request wants. */
#define DSF_OVERWRITE 0x1000 /* publish, subscribe: replace what is there */
#define DSF_INITIAL   0x2000 /* subscribe: report existing entries at once */

#define DS_CALLS(CALL)                                                         \
	CALL(DS_PUBLISH, ds_publish)     /* bind a key to a value */           \
	CALL(DS_RETRIEVE, ds_retrieve)   /* look a key up */                   \
	CALL(DS_SUBSCRIBE, ds_subscribe) /* be notified of changes */          \
	CALL(DS_CHECK, ds_check)         /* which entry has changed? */        \
	CALL(DS_DELETE, ds_delete)       /* remove an entry */                 \
	CALL(DS_SNAPSHOT, ds_snapshot)   /* freeze a mapped range */           \
	CALL(DS_RETRIEVE_LABEL, ds_retrieve_label) /* label of an endpoint */

enum ds_call {
	DS_BEFORE_FIRST = DS_BASE - 1,
	DS_CALLS(PROTO_NUMBER) DS_END
};

/** A key: bytes including the NUL, through a grant of the caller. */
struct ds_key {
	cp_grant_id_t gid;
	uint32_t len;
};

/** A value that fits in a message. */
union ds_value {
	uint32_t u32;
	endpoint_t ep; /**< DSF_TYPE_LABEL */
	char str[DS_MAX_STRLEN];

	struct {
		cp_grant_id_t gid;
		uint32_t len;
	} mem; /**< DSF_TYPE_MEM, DSF_TYPE_MAP */
};

struct ds_publish_req {
	struct ds_key key;
	uint32_t flags; /**< one DSF_TYPE_, any DSF_PRIV_, DSF_OVERWRITE */
	union ds_value value;
};

#define ds_publish_rep no_payload

struct ds_retrieve_req {
	struct ds_key key;
	uint32_t flags;    /**< one DSF_TYPE_ */
	int32_t snapshot;  /**< DSF_TYPE_MAP: which */
	cp_grant_id_t gid; /**< DSF_TYPE_MEM, _MAP: where to copy */
	uint32_t len;
};

struct ds_retrieve_rep {
	union ds_value value;
};

struct ds_subscribe_req {
	struct ds_key regex; /**< must match whole keys */
	uint32_t flags;      /**< DSF_TYPE_ (none: all), _OVERWRITE, _INITIAL */
};

#define ds_subscribe_rep no_payload

struct ds_check_req {
	struct ds_key key; /**< writable grant of DS_MAX_KEYLEN bytes */
};

struct ds_check_rep {
	uint32_t type;    /**< DSF_TYPE_ of the entry */
	endpoint_t owner; /**< where its owner runs now, or NONE */
};

struct ds_delete_req {
	struct ds_key key;
	uint32_t flags; /**< one DSF_TYPE_ */
};

#define ds_delete_rep   no_payload
#define ds_snapshot_req ds_delete_req

struct ds_snapshot_rep {
	int32_t snapshot;
};

struct ds_retrieve_label_req {
	struct ds_key key; /**< writable grant of DS_MAX_KEYLEN bytes */
	endpoint_t ep;
};

#define ds_retrieve_label_rep no_payload

DS_CALLS(PROTO_FITS)
