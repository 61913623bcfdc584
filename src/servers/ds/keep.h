/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What outlives a crash of DS. Each entry but mapped ranges, each subscription,
 * and the last deletions have a record in memory that RS keeps for us (see
 * struct sef_init_info). A record is written in one copy before the request
 * that changed it is answered. So whatever was answered is there, and a record
 * is either old or new however DS ends.
 *
 * Labels come from RS's public table; their records only show which of them
 * have gone meanwhile. A mapped range is gone with the process to which its
 * publisher granted it, and has to be published again.
 *
 *     keep.c     writes records, at each change
 *     recover.c  fills the store from them, after a crash
 *
 * Own design; a journal of requests would grow, and a copy of the whole store
 * would cost each request its size.
 */
#pragma once

#include "servers/ds/ds.h"

/** Pages for values of DSF_TYPE_MEM: a new value is complete before the one in
 * its place goes. */
#define KEPT_PAGES ((DS_MEM_TOTAL + DS_MAX_MEMLEN) / PAGE_SIZE)

#define KEPT_MAGIC 0x31534b44u

/** Of an entry, or of one that is gone. */
struct kept_entry {
	uint32_t sum;   /**< of what follows, see keep_sum() */
	uint32_t used;  /**< 0: nothing is here */
	uint32_t flags; /**< as of struct entry */
	uint32_t len;   /**< DSF_TYPE_MEM: bytes */
	union ds_value value;
	char key[DS_MAX_KEYLEN];
	char owner[LABEL_MAX];
	uint16_t page[DS_MAX_MEMLEN / PAGE_SIZE]; /**< DSF_TYPE_MEM: where */
};

struct kept_sub {
	uint32_t sum;
	uint32_t used;
	uint32_t flags; /**< DSF_TYPE_ wanted */
	char owner[LABEL_MAX];
	char regex[DS_MAX_KEYLEN];
};

/** All records, as they are in the memory that is kept; pages follow. */
struct kept {
	uint32_t magic;
	uint32_t attempts;  /**< to recover since one has succeeded */
	uint32_t next_gone; /**< in gone: the next to be used, the oldest */
	struct kept_entry entry[DS_ENTRIES];
	struct kept_entry gone[NR_DS_KEYS]; /**< ring: the last deletions */
	struct kept_sub sub[NR_DS_SUBS];
};

#define KEPT_FIRST PAGE_CEIL(sizeof(struct kept)) /* page 0 */
#define KEPT_BYTES (KEPT_FIRST + KEPT_PAGES * PAGE_SIZE)

extern struct kept kept; /* keep.c: what is kept, as we know it */

/**
 * Begin to keep. Without enough memory nothing is kept, and nothing fails.
 *
 * @param[in] info   of this start
 * @param[in] fresh  nothing has been kept so far
 * @return whether there is something that was kept, now in kept
 */
bool keep_begin(const struct sef_init_info *info, bool fresh);

/** Bring the records of entries up to date, after a request that may have
 * changed some. */
void keep_entries(void);

/**
 * Record a subscription that was just made.
 *
 * @param[in] who  subscriber
 * @param[in] req  its request
 */
void keep_subscription(endpoint_t who, const struct ds_subscribe_req *req);

/** Forget the record of a subscription, if there is one. @param[in] label of
 * its owner, who is gone */
void keep_subscriber_gone(const char *label);

/**
 * Claim the pages that a record names.
 *
 * @param[in] k  record of an entry
 * @return whether it may have them: they exist, and no record before has them
 */
bool keep_claim(const struct kept_entry *k);

/** An entry was stored from a record. @param[in] e entry @param[in] k record */
void keep_known(const struct entry *e, struct kept_entry *k);

/** Record that an entry is gone. @param[in] k  its record */
void keep_gone(const struct kept_entry *k);

/** Forget a record. @param[in,out] k of an entry */
void keep_drop(struct kept_entry *k);

/** Count an attempt to recover. @return how many there were in a row */
uint32_t keep_attempt(void);

/** DS lives: after a request. The attempt to recover has succeeded. */
void keep_settled(void);

/** Forget everything that was kept. */
void keep_forget(void);

/** Copy a page of a value here. @return OK, or an error of the copy */
int keep_page(const struct kept_entry *k, uint32_t n, uint8_t *to);

/**
 * Sum of a record.
 *
 * @param[in] sum   first member of a record
 * @param[in] size  of the record, a multiple of that member's
 * @return sum of all behind the first member
 */
uint32_t keep_sum(const uint32_t *sum, size_t size);

/**
 * Fill the store at a start: with labels, and with what was kept if this is
 * not the first.
 *
 * @param[in] type, info  as SEF gives them
 * @return OK, or an error of reading the labels
 */
int recover(int type, const struct sef_init_info *info);

/**
 * Have the next key_fetch() of nobody fetch a key that was kept.
 *
 * @param[in] key  it; must stay
 */
void key_replay(const char *key);

/** label_load() in two steps: read RS's public table, store its labels. */
int label_fetch(cp_grant_id_t gid);
void label_store(void);

/** Is a label in the public table as it was read, be its service running or
 * not? */
bool label_is_known(const char *label);
