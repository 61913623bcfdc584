/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that are mapped ranges: the publisher's own memory, seen through a
 * window, and snapshots of it. The window is read-only, and clients that want
 * to see the live range get a grant to read and map it, so nobody but the
 * publisher ever writes there.
 *
 * Such a grant must live as long as the client's map, whose end nobody tells
 * us. So each client has one for each range, given again when it asks again;
 * it goes with the range, or when the client has gone. Taking it back leaves
 * the client a private copy of the last contents, and so does the
 * publisher's end.
 */
#include "servers/ds/ds.h"

#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>

/** A client of a live range. */
struct reader {
	const uint8_t *window; /* NULL: unused */
	endpoint_t ep;
	cp_grant_id_t gid;
};

static struct reader readers[NR_DS_READERS];

/* Take a client's grant back, and with it its map. If there is no memory for
 * the client's copy, that is tried again: nobody has the label of NONE. Until
 * then the grant is of no use, as something else may come to lie there. */
static void
reader_drop(struct reader *rd)
{
	int r = cpf_revoke(rd->gid);

	if (r < OK) {
		printf("ds: a map cannot be revoked: %d\n", r);
		(void)cpf_setgrant_disable(rd->gid); /* it is ours */
		rd->ep = NONE;
	} else {
		rd->window = NULL;
	}
}

void
map_sweep(void)
{
	struct reader *rd;

	for (rd = readers; rd < &readers[NR_DS_READERS]; rd++)
		if (rd->window != NULL && label_of(rd->ep) == NULL)
			reader_drop(rd);
}

/* The reader with this window and endpoint, or NULL. */
static struct reader *
reader_find(const uint8_t *window, endpoint_t ep)
{
	struct reader *rd;

	for (rd = readers; rd < &readers[NR_DS_READERS]; rd++)
		if (rd->window == window && (window == NULL || rd->ep == ep))
			return rd;
	return NULL;
}

/* Let a client map the window, if it may not yet. */
static struct reader *
reader_get(const struct memory *m, endpoint_t who)
{
	struct reader *rd = reader_find(m->at, who);

	if (rd != NULL)
		return rd;
	map_sweep(); /* services that were started again leave some behind */
	rd = reader_find(NULL, NONE);
	if (rd == NULL)
		return NULL;
	rd->gid =
	    cpf_grant_direct(who, vir_addr(m->at), m->len, CPF_READ | CPF_MAP);
	if (!GRANT_VALID(rd->gid))
		return NULL;
	rd->window = m->at;
	rd->ep = who;
	return rd;
}

int
map_load(endpoint_t who, const union ds_value *value, struct memory *m)
{
	const uint32_t len = value->mem.len;
	uint8_t *p;
	int r;

	if (len == 0 || len % PAGE_SIZE != 0)
		return -EINVAL;
	if (len > DS_MAX_MEMLEN)
		return -E2BIG;
	p = mem_get(len, PAGES_EMPTY);
	if (p == NULL)
		return -ENOMEM;
	r = sys_safemap(who, value->mem.gid, 0, vir_addr(p), len, 0);
	if (r != OK) {
		mem_put(p, len);
		return r == -ENOSYS ? -ENOTSUP : r;
	}
	*m = (struct memory){ .at = p, .len = len };
	return OK;
}

void
map_drop(struct memory *m)
{
	struct reader *rd;
	size_t i;
	int r;

	for (rd = readers; rd < &readers[NR_DS_READERS]; rd++)
		if (rd->window == m->at)
			reader_drop(rd);
	r = sys_safeunmap(vir_addr(m->at));
	if (r == OK)
		mem_put(m->at, m->len);
	else
		printf("ds: a map cannot be undone: %d\n", r);
	for (i = 0; i < NR_DS_SNAPSHOT; i++)
		if (m->snapshot[i] != NULL)
			mem_put(m->snapshot[i], m->len);
	*m = (struct memory){ .at = NULL };
}

/* A snapshot that is still kept, or NULL. */
static const uint8_t *
snapshot_find(const struct memory *m, int32_t nr)
{
	if (nr < 0 || nr >= m->snapshots || nr < m->snapshots - NR_DS_SNAPSHOT)
		return NULL;
	return m->snapshot[nr % NR_DS_SNAPSHOT];
}

int
map_give(const struct memory *m, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep)
{
	const uint8_t *from = m->at;
	const struct reader *rd;

	if (req->flags & DSMF_MAP_MAPPED) {
		if (label_of(who) == NULL)
			return -EPERM;
		rd = reader_get(m, who);
		if (rd == NULL)
			return -ENOMEM;
		rep->value.mem.gid = rd->gid;
		rep->value.mem.len = m->len;
		return OK;
	}
	if (!(req->flags & DSMF_COPY_MAPPED))
		from = req->flags & DSMF_COPY_SNAPSHOT
		    ? snapshot_find(m, req->snapshot)
		    : NULL;
	if (from == NULL)
		return -EINVAL;
	return mem_give(from, m->len, who, req, rep);
}

int
map_snapshot(struct memory *m, int32_t *nr)
{
	uint8_t **place = &m->snapshot[m->snapshots % NR_DS_SNAPSHOT];
	uint8_t *fresh;

	if (m->snapshots == INT32_MAX)
		return -EOVERFLOW;
	/* Never over the oldest: a client's copy may share its pages, and then
	 * a store would need frames that VM may not have. */
	fresh = mem_get(m->len, PAGES_FILLED);
	if (fresh == NULL)
		return -ENOMEM;
	memcpy(fresh, m->at, m->len);
	if (*place != NULL)
		mem_put(*place, m->len);
	*place = fresh;
	*nr = m->snapshots++;
	return OK;
}
