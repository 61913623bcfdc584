/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the store sees of the world in its unit tests: keys come from a
 * variable instead of a grant, so does memory; notifications are counted, and
 * so are pages, grants and windows, to find what was not given back. Then
 * what the tests of the store do: a store with three services, and requests.
 */
#pragma once

#include "servers/ds/ds.h"
#include "servers/ds/test/fake_grants.h"

#define ALICE      20
#define BOB        21
#define NOBODY     22 /* has no label */
#define CAROL      23 /* neither, at first */
#define SERVICE(i) (100 + (i))
#define OW         DSF_OVERWRITE
#define U32        DSF_TYPE_U32
#define STR        DSF_TYPE_STR
#define MEM        DSF_TYPE_MEM
#define MAP        DSF_TYPE_MAP
#define LABEL      DSF_TYPE_LABEL

extern char fake_key[DS_MAX_KEYLEN]; /**< fetched and given */
extern int fake_key_status;          /**< of the next fetch or gift */
extern int fake_notified[NR_PROCS];  /**< notifications, by slot */

#define FAKE_ROOM 0x40000u
extern uint8_t fake_memory[FAKE_ROOM]; /**< of clients, as grants show it */
extern int fake_copy_status;           /**< of the next copies */
extern int fake_map_status;            /**< of the next safemap */
extern int fake_pages_left;            /**< pages VM still has */
extern int fake_pages;                 /**< pages given to DS */
extern int fake_windows;               /**< ranges that DS has mapped */
extern endpoint_t fake_owner;          /**< as check() was told it */

/** What RS keeps for DS, through the grant FAKE_KEEP; and after how many more
 * copies to it DS ends with status FAKE_CRASHED, if not -1. */
extern uint8_t *fake_keep;
extern int fake_keep_left;

#define FAKE_KEEP    78
#define FAKE_CRASHED 99

/** This shall be pages of DS: else the test fails. */
void fake_range(vir_bytes addr, size_t bytes);

/** An empty store with ALICE and BOB. @return 0 */
int store_begin(void **state);

/** The store, empty again, has nothing left. @return 0 */
int store_end(void **state);

/** Requests; the key goes through fake_key. @return as DS says */
int put(endpoint_t who, const char *key, unsigned flags, uint32_t value);
int get(endpoint_t who, const char *key, unsigned flags, uint32_t *value);
int del(endpoint_t who, const char *key, unsigned flags);
int subscribe(endpoint_t who, const char *regex, unsigned flags);

/** Publish len bytes of fake_memory. @return as DS says */
int put_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len);

/** Retrieve up to *len bytes, with a DSMF_, of snapshot nr; a copy goes to
 * fake_memory. @param[out] value of the reply @return as DS says */
int get_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len,
    int32_t nr, union ds_value *value);

/** The same with bytes that are all alike. @return as DS says */
int fill(endpoint_t who, const char *key, unsigned flags, int byte,
    uint32_t len);

/** What anybody can retrieve. @param[out] len of it
 * @return its first byte, or an error */
int look(const char *key, unsigned flags, int32_t nr, uint32_t *len);

/** A key with a number. @return it, until the call after the next */
const char *name_of(const char *prefix, int i);

/** Publish, or delete, the numbers 0 to n - 1 under such keys. */
void put_many(endpoint_t who, const char *prefix, int n);
void del_many(endpoint_t who, const char *prefix, int n);

/** Publish labels "s0", "s1", ... of SERVICE(0), ... until there are n.
 * @return how many that were */
int labels_fill(int n);

/** Look at all changes there are. */
void see_changes(endpoint_t who);

/** Next change; its key is in fake_key. @param[out] type  of it, may be NULL
 * @return as DS says */
int check(endpoint_t who, uint32_t *type);
