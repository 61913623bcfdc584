/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that are memory ranges: copies of what the publisher had. What each
 * function must do is said where it is declared, in servers/ds/memory.h. This
 * file is yours to write; until then there is no memory for ranges.
 */
#include "servers/ds/ds.h"

uint8_t *
mem_get(uint32_t len, enum pages_kind kind)
{
	(void)len, (void)kind;
	return NULL;
}

void
mem_put(uint8_t *p, uint32_t len)
{
	(void)p, (void)len;
}

int
mem_load(endpoint_t who, const union ds_value *value, struct memory *m)
{
	(void)who, (void)value, (void)m;
	return -ENOSYS;
}

int
mem_give(const uint8_t *p, uint32_t len, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep)
{
	(void)p, (void)len, (void)who, (void)req, (void)rep;
	return -ENOSYS;
}

void
mem_drop(struct memory *m)
{
	(void)m;
}
