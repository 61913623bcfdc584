/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that are memory ranges: copies of what the publisher had, in pages
 * of their own. What all ranges take together is bounded, mapped ranges and
 * their snapshots (servers/ds/map.c) included, so that no client can use up
 * the memory of DS. A new value is complete before an old one goes.
 */
#include "servers/ds/ds.h"

#include <lacuna/kcall.h>
#include <lacuna/syslib.h>

static uint32_t taken; /* bytes, of DS_MEM_TOTAL */

uint8_t *
mem_get(uint32_t len, enum pages_kind kind)
{
	uint8_t *p;

	if (len > DS_MEM_TOTAL || PAGE_CEIL(len) > DS_MEM_TOTAL - taken)
		return NULL;
	p = pages_get(len, kind);
	if (p != NULL)
		taken += PAGE_CEIL(len);
	return p;
}

void
mem_put(uint8_t *p, uint32_t len)
{
	pages_put(p, len);
	taken -= PAGE_CEIL(len);
}

int
mem_load(endpoint_t who, const union ds_value *value, struct memory *m)
{
	const uint32_t len = value->mem.len;
	uint8_t *p;
	int r;

	if (len == 0)
		return -EINVAL;
	if (len > DS_MAX_MEMLEN)
		return -E2BIG;
	p = mem_get(len, PAGES_FILLED);
	if (p == NULL)
		return -ENOMEM;
	r = sys_safecopyfrom(who, value->mem.gid, 0, vir_addr(p), len);
	if (r != OK) {
		mem_put(p, len);
		return r;
	}
	*m = (struct memory){ .at = p, .len = len };
	return OK;
}

int
mem_give(const uint8_t *p, uint32_t len, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep)
{
	const uint32_t n = req->len < len ? req->len : len;
	int r = sys_safecopyto(who, req->gid, 0, vir_addr(p), n);

	if (r == OK)
		rep->value.mem.len = n;
	return r;
}

void
mem_drop(struct memory *m)
{
	mem_put(m->at, m->len);
	m->at = NULL;
}
