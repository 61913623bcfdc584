/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that are mapped ranges: the publisher's own memory, seen through a
 * window, and snapshots of it. What each function must do is said where it is
 * declared, in servers/ds/memory.h. This file is yours to write; until then
 * nothing is mapped, and nobody needs to be forgotten.
 */
#include "servers/ds/ds.h"

void
map_sweep(void)
{
}

int
map_load(endpoint_t who, const union ds_value *value, struct memory *m)
{
	(void)who, (void)value, (void)m;
	return -ENOSYS;
}

void
map_drop(struct memory *m)
{
	(void)m;
}

int
map_give(const struct memory *m, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep)
{
	(void)m, (void)who, (void)req, (void)rep;
	return -ENOSYS;
}

int
map_snapshot(struct memory *m, int32_t *nr)
{
	(void)m, (void)nr;
	return -ENOSYS;
}
