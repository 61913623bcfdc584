/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values of each type, and the store as it can be listed: what tests need
 * that say the same of all types. A value has a number: number 7 of a type is
 * the same in the whole run, whoever publishes it.
 */
#pragma once

#include "test/ds/agent.h"

#define KINDS 4 /* types that services publish */

/** DSF_TYPE_ of each. */
extern const uint32_t kind_types[KINDS];

/** Its name, for people. @param[in] type DSF_TYPE_ */
const char *kind_name(uint32_t type);

/** Fill an agent's range with what memory values are made of.
 * @return OK or an error of the copy */
int kinds_open(struct agent *a);

/** Add a call that publishes value i of a type. @see agent_add() */
struct agent_op *kind_put(struct agent *a, uint32_t type, const char *key,
    unsigned int i, uint32_t flags);

/** Add a call that retrieves one; a mapped range is copied.
 * @see agent_add() */
struct agent_op *kind_get(struct agent *a, uint32_t type, const char *key);

/** What came of it: OK, the error, or -EIO: another value than i. */
int kind_is(const struct agent_op *got, uint32_t type, unsigned int i);

/** Publish and retrieve, at once. @return as DS says; kind_is() */
int kind_put_now(struct agent *a, uint32_t type, const char *key,
    unsigned int i, uint32_t flags);
int kind_is_now(struct agent *a, uint32_t type, const char *key,
    unsigned int i);

/** The restrictions number s, 0 to 15. @return DSF_PRIV_* */
uint32_t restrictions(unsigned int s);

/** The same, for people. @return text, valid until the next call */
const char *restrictions_name(uint32_t flags);

/** An order of this run. @param[in] label of it @param[out] order the numbers
 * from 0 to n - 1 */
void shuffle(const char *label, unsigned int *order, unsigned int n);

#define STORE_MAX 128 /* places */

/** The store, as DS_LIST shows it, by place. */
struct store {
	uint32_t n;
	struct ds_info info[STORE_MAX];
};

/** List the store. A test whose agent cannot do that ends. */
void store_look(struct agent *a, struct store *s);

/** An entry of that list, or NULL. */
const struct ds_info *store_find(const struct store *s, const char *key,
    uint32_t type);

/** Entries that are no labels. */
unsigned int store_entries(const struct store *s);

/** A case of the open rule: the store lists what it listed before. */
bool store_same(struct agent *a, const struct store *before, const char *what);
