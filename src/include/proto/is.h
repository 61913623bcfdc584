/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Debug dumps, and figures. TTY tells IS, found by its label "is" in DS,
 * which function key was pressed; IS prints a table of its own, or asks a
 * service to print its state. Both messages are asynchronous and get no reply:
 * only services can send in that way, which is all the protection a dump
 * needs. Figures are for everybody who asks; the data store, which users cannot
 * talk to, is shown to the superuser, who may also keep entries there: as those
 * of IS, with the rights of that label.
 */
#pragma once

#include <proto/ds.h>

enum is_message {
	IS_KEY = IS_BASE, /* TTY to IS, struct is_key_msg */
	IS_DUMP           /* IS to any service; consumed by SEF */
};

struct is_key_msg {
	int32_t key; /**< 1 for F1 ... 12 for F12 */
};

#define IS_CALLS(CALL)                                                         \
	CALL(IS_USAGE, is_usage) /* what is taken of the kernel's tables */    \
	CALL(IS_DS_LIST, is_ds_list)     /* data store: entry after entry */   \
	CALL(IS_DS_GET, is_ds_get)       /* ... retrieve */                    \
	CALL(IS_DS_SET, is_ds_set)       /* ... publish */                     \
	CALL(IS_DS_DELETE, is_ds_delete) /* ... delete */

enum is_call {
	IS_BEFORE_FIRST = IS_BASE + 0xf,
	IS_CALLS(PROTO_NUMBER) IS_END
};

struct is_usage_req {
	endpoint_t ep; /**< a service: its grants; NONE: the whole system */
};

struct is_usage_rep {
	uint32_t processes, privileges;
	uint32_t hooks;   /**< of interrupts */
	uint32_t grants;  /**< in use, in the tables of services */
	uint32_t maps;    /**< of granted memory */
	uint32_t entries; /**< in the data store; only with ep == NONE */
};

/** A request about the data store, in the caller's memory. */
struct is_ds {
	struct ds_info info; /**< key and flags say which, value what */
	uint32_t next;       /**< LIST: 0 at first, then as IS left it */
	vir_bytes data;      /**< GET, SET of memory: where, in the caller */
	uint32_t length;     /**< room there; GET: bytes that were copied */
};

struct is_ds_req {
	vir_bytes at; /**< [in] struct is_ds */
};

#define is_ds_list_req   is_ds_req
#define is_ds_list_rep   no_payload
#define is_ds_get_req    is_ds_req
#define is_ds_get_rep    no_payload
#define is_ds_set_req    is_ds_req
#define is_ds_set_rep    no_payload
#define is_ds_delete_req is_ds_req
#define is_ds_delete_rep no_payload

IS_CALLS(PROTO_FITS)
_Static_assert(sizeof(struct is_key_msg) <= MSG_BODY, "IS_KEY");
