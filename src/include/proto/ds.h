/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store protocol: names for values that outlive their publishers.
 * An entry is found by its key and type together; the same key may exist once
 * in each type. It belongs to the label of its publisher, so that a service
 * that was started again still owns what it has published. Keys and memory
 * ranges travel through grants, small values in the message. This header is
 * long because a protocol is best read in one place.
 */
#pragma once

#include <abi/grant.h>
#include <proto/proto.h>

#define DS_MAX_KEYLEN 80 /* bytes in a key, with its NUL */
#define DS_MAX_STRLEN 16 /* bytes in a string value, with its NUL */
#define NR_DS_KEYS    64 /* entries */
#define NR_DS_SUBS    32 /* subscriptions, one per label */

#define DS_MAX_MEMLEN  (128 * 1024)  /* bytes in a memory range */
#define DS_MEM_TOTAL   (1024 * 1024) /* in all ranges and snapshots, in pages */
#define NR_DS_SNAPSHOT 5             /* the newest of a mapped range are kept */
#define NR_DS_READERS  64            /* live maps of clients, all together */

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

/* With the type that DS_CHECK reports: the entry is gone. */
#define DSF_DELETED 0x4000

/* What to retrieve of a mapped range; of several the first counts. */
#define DSMF_MAP_MAPPED    0x20000 /* a grant to map the live range */
#define DSMF_COPY_MAPPED   0x40000 /* a copy of the live range */
#define DSMF_COPY_SNAPSHOT 0x80000 /* a copy of a snapshot */

#define DS_CALLS(CALL)                                                         \
	CALL(DS_PUBLISH, ds_publish)     /* bind a key to a value */           \
	CALL(DS_RETRIEVE, ds_retrieve)   /* look a key up */                   \
	CALL(DS_SUBSCRIBE, ds_subscribe) /* be notified of changes */          \
	CALL(DS_CHECK, ds_check)         /* which entry has changed? */        \
	CALL(DS_DELETE, ds_delete)       /* remove an entry */                 \
	CALL(DS_SNAPSHOT, ds_snapshot)   /* freeze a mapped range */           \
	CALL(DS_RETRIEVE_LABEL, ds_retrieve_label) /* label of an endpoint */  \
	CALL(DS_LIST, ds_list)                     /* what is there? */

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
	} mem; /**< _MEM: CPF_READ; _MAP: CPF_READ | CPF_MAP, whole pages */
};

struct ds_publish_req {
	struct ds_key key;
	uint32_t flags; /**< one DSF_TYPE_, any DSF_PRIV_, DSF_OVERWRITE */
	union ds_value value;
};

#define ds_publish_rep no_payload

struct ds_retrieve_req {
	struct ds_key key;
	uint32_t flags;    /**< one DSF_TYPE_; DSF_TYPE_MAP: and a DSMF_ */
	int32_t snapshot;  /**< DSMF_COPY_SNAPSHOT: which */
	cp_grant_id_t gid; /**< where to copy memory; not DSMF_MAP_MAPPED */
	uint32_t len;      /**< room there */
};

struct ds_retrieve_rep {
	union ds_value value; /**< mem.len: bytes that were copied, or that can
	                         be mapped through mem.gid, a grant of DS */
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
	uint32_t type; /**< DSF_TYPE_ of the entry; DSF_DELETED: it is gone */
	endpoint_t owner; /**< where its owner runs now, or NONE */
};

struct ds_delete_req {
	struct ds_key key;
	uint32_t flags; /**< one DSF_TYPE_ */
};

#define ds_delete_rep   no_payload
#define ds_snapshot_req ds_delete_req

struct ds_snapshot_rep {
	int32_t snapshot; /**< its number, from 0 for each range */
};

struct ds_retrieve_label_req {
	struct ds_key key; /**< writable grant of DS_MAX_KEYLEN bytes */
	endpoint_t ep;
};

#define ds_retrieve_label_rep no_payload

/** What anybody may know of an entry. */
struct ds_info {
	char key[DS_MAX_KEYLEN];
	char owner[16];       /**< label */
	uint32_t flags;       /**< DSF_TYPE_ and DSF_PRIV_ */
	uint32_t serial;      /**< differs when it was published again */
	union ds_value value; /**< zero with DSF_PRIV_RETRIEVE; mem: length */
};

struct ds_list_req {
	struct ds_key info; /**< writable grant of a struct ds_info */
	uint32_t from;      /**< 0, then what the last call said */
};

struct ds_list_rep {
	uint32_t next;
};

DS_CALLS(PROTO_FITS)
