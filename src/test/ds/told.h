/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a subscriber is told: taking changes off an agent's list, and comparing
 * them with those that there should be.
 */
#pragma once

#include "test/ds/kinds.h"

#define TOLD_MAX 100

/** A change that there should be. */
struct change {
	const char *key; /* a copy is kept */
	uint32_t type;   /**< with DSF_DELETED */
	endpoint_t owner;
};

/** Begin a list of what there should be. */
void told_begin(void);

/** Add to it; NONE is the owner of what is gone. */
void told_add(const char *key, uint32_t type, endpoint_t owner);

/** Put what was added since into the order of their places in the store.
 * @param[in] a lists the store */
void told_by_place(struct agent *a);

/** What was added since stays in this order. */
void told_in_order(void);

/** Cases of the open rule: an agent checks, and finds the list, in this order,
 * and nothing behind it. @param[in] what they are about */
void told(struct agent *a, const char *what);
