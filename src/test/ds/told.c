/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a subscriber is told: see test/ds/told.h.
 */
#include "test/ds/told.h"

#include <stdio.h>
#include <string.h>

#include "test/ds/rule.h"

static struct {
	char key[DS_MAX_KEYLEN];
	uint32_t type;
	endpoint_t owner;
} wanted[TOLD_MAX];

static unsigned int n, ordered;

void
told_begin(void)
{
	n = ordered = 0;
}

void
told_add(const char *key, uint32_t type, endpoint_t owner)
{
	if (n == TOLD_MAX)
		return;
	snprintf(wanted[n].key, sizeof wanted[n].key, "%s", key);
	wanted[n].type = type;
	wanted[n].owner = owner;
	n++;
}

/* Place of an entry in the store. */
static size_t
place(const struct store *s, unsigned int i)
{
	const struct ds_info *info =
	    store_find(s, wanted[i].key, wanted[i].type & DSF_MASK_TYPE);

	return info != NULL ? (size_t)(info - s->info) : STORE_MAX;
}

void
told_by_place(struct agent *a)
{
	static struct store s;
	unsigned int i, k;

	store_look(a, &s);
	for (i = ordered; i < n; i++)
		for (k = i; k > ordered && place(&s, k - 1) > place(&s, k);
		     k--) {
			wanted[TOLD_MAX - 1] = wanted[k];
			wanted[k] = wanted[k - 1];
			wanted[k - 1] = wanted[TOLD_MAX - 1];
		}
	ordered = n;
}

void
told_in_order(void)
{
	ordered = n;
}

void
told(struct agent *a, const char *what)
{
	const struct agent_op *got;
	unsigned int i;

	for (i = 0; i <= n; i++)
		(void)agent_add(a, DS_CHECK, "", 0);
	got = agent_run(a);
	for (i = 0; i < n; i++, got++) {
		rule_case(OK, got->result, "change %u of %u, %s", i + 1, n,
		    what);
		rule_text(wanted[i].key, got->name, "its key, %s", what);
		rule_number(wanted[i].type, got->type, "its type, %s", what);
		rule_number((uint32_t)wanted[i].owner, (uint32_t)got->owner,
		    "its owner, %s", what);
	}
	rule_case(-ENOENT, got->result, "after the last of %u, %s", n, what);
}
