/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Subscriptions: who wants to hear of which entries, and what each has not
 * looked at yet. A notification only says "look": it carries nothing, and
 * many may become one, so the truth is in the bits. This file is yours to
 * write; until then nobody can subscribe, and nobody hears of anything.
 */
#include "servers/ds/ds.h"

void
subs_changed(const struct entry *e)
{
	(void)e;
}

void
subs_removed(const struct entry *e)
{
	(void)e;
}

void
subs_drop(const char *label)
{
	(void)label;
}

int
do_ds_subscribe(endpoint_t who, const struct ds_subscribe_req *req,
    struct no_payload *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_ds_check(endpoint_t who, const struct ds_check_req *req,
    struct ds_check_rep *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}
