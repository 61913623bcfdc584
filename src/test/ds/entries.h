/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What holds for entries of every type. Each of these functions tries it for
 * the types that a test names, and reports it as rules (test/ds/rule.h).
 */
#pragma once

#include "test/ds/kinds.h"

/** Types, as a row that ends with 0. */
typedef const uint32_t *kind_row;

/** What is taken needs DSF_OVERWRITE; then value, restrictions and owner are
 * those of the request. Rules: taken, replaced, takeover. */
void entries_overwritten(struct agent *a, struct agent *b, kind_row t);

/** Each restriction, and each of their sums, binds everybody but the owner,
 * and only in what it names. Rules: owner, restricted. */
void entries_restricted(struct agent *a, struct agent *b, kind_row t);

/** Only the owner, who is the last publisher, deletes. Rules: not-owner,
 * former. */
void entries_deleted(struct agent *a, struct agent *b, kind_row t);

/** Subscribers hear of what they may see. Rule: told. */
void entries_told(struct agent *a, struct agent *b, kind_row t);

/** Memory for which there is no place in the table is given back. Rule:
 * no-room. @param[in] type DSF_TYPE_MEM or _MAP */
void entries_no_room(struct agent *a, uint32_t type);

/** What is no key is refused by a request, and changes nothing. Rule: keys.
 * @param[in] calls  DS_*, as a row that ends with 0
 * @param[in] flags  of each request */
void entries_keys(struct agent *a, const int *calls, uint32_t flags);
