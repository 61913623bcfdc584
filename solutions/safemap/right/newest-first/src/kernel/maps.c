/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records of mappings: an array in the order in which they were made, that is
 * searched from the newest to the oldest.
 */
#include "kernel/maps.h"

#include <abi/endpoint.h>
#include <abi/errno.h>

static struct map maps[NR_MAPS];
static int used;
static uint32_t last_serial;

/* Have [a, a + alen) and [b, b + blen) anything in common? */
static bool
overlap(vir_bytes a, vir_bytes alen, vir_bytes b, vir_bytes blen)
{
	return a < b + blen && b < a + alen;
}

static bool
hop_add(struct map *m, const struct map_hop *hop)
{
	if (m->hops == MAP_HOPS_MAX)
		return false;
	m->hop[m->hops++] = *hop;
	return true;
}

/* Let m hang on what its window hangs on; m begins offset bytes later. */
static bool
hop_inherit(struct map *m, const struct map_hop *hop, vir_bytes offset)
{
	struct map_hop whole = *hop, own = *hop;

	if (hop->piece || hop->addr == MAP_NO_ADDR || offset == 0)
		return hop_add(m, hop);
	whole.piece = true;
	own.addr += offset;
	return hop_add(m, &whole) && hop_add(m, &own);
}

/* Continue m behind a window that it is to map a part of. */
static int
continue_behind(struct map *m, const struct map *window)
{
	vir_bytes offset = m->owner_addr - window->window;

	if (m->owner_addr < window->window ||
	    m->length > window->length - offset)
		return -EINVAL;
	if (m->writable && !window->writable)
		return -EPERM;
	for (int i = 0; i < window->hops; i++)
		if (!hop_inherit(m, &window->hop[i], offset))
			return -ELOOP;
	if (window->owner != NONE) { /* else the grantee has what is left */
		m->owner = window->owner;
		m->owner_addr = window->owner_addr + offset;
	}
	return OK;
}

int
map_resolve(struct map *m)
{
	for (int i = 0; i < used; i++)
		if (maps[i].grantee == m->owner &&
		    overlap(m->owner_addr, m->length, maps[i].window,
			maps[i].length))
			return continue_behind(m, &maps[i]);
	return OK;
}

/* Is the window of a new mapping in use, as a window or from elsewhere? */
static bool
window_busy(const struct map *new)
{
	for (const struct map *m = maps; m < &maps[used]; m++) {
		if (m->grantee == new->grantee &&
		    overlap(new->window, new->length, m->window, m->length))
			return true;
		if (m->owner == new->grantee &&
		    overlap(new->window, new->length, m->owner_addr, m->length))
			return true;
	}
	return false;
}

/* Has a process as many windows as it may have? */
static bool
windows_full(endpoint_t grantee)
{
	int room = MAPS_PER_PROC;

	for (const struct map *m = maps; m < &maps[used] && room > 0; m++)
		if (m->grantee == grantee)
			room--;
	return room == 0;
}

int
map_add(const struct map *new, struct map **added)
{
	struct map *m = &maps[used];

	if (new->owner == new->grantee &&
	    overlap(new->window, new->length, new->owner_addr, new->length))
		return -EINVAL;
	if (used == NR_MAPS || windows_full(new->grantee) ||
	    window_busy(new))
		return -EBUSY;
	used++;
	*m = *new;
	m->mapped = false;
	m->serial = ++last_serial;
	*added = m;
	return OK;
}

struct map *
map_of_window(endpoint_t grantee, vir_bytes window)
{
	for (struct map *m = &maps[used]; m-- > maps;)
		if (m->window == window && m->grantee == grantee)
			return m;
	return NULL;
}

struct map *
map_of_grant(endpoint_t granter, cp_grant_id_t gid)
{
	for (struct map *m = &maps[used]; m-- > maps;)
		for (int i = m->hops - 1; i >= 0; i--)
			if (m->hop[i].gid == gid &&
			    m->hop[i].granter == granter)
				return m;
	return NULL;
}

struct map *
map_of_memory(endpoint_t granter, vir_bytes addr)
{
	if (addr == MAP_NO_ADDR)
		return NULL;
	for (struct map *m = &maps[used]; m-- > maps;)
		for (int i = m->hops - 1; i >= 0; i--)
			if (m->hop[i].addr == addr &&
			    m->hop[i].granter == granter)
				return m;
	return NULL;
}

void
map_drop(struct map *m)
{
	for (used--; m < &maps[used]; m++)
		*m = m[1];
}

/* A granter has gone: nothing hangs on it any more. */
static void
granter_forget(struct map *m, endpoint_t ep)
{
	if (m->owner == ep)
		m->owner = NONE;
	for (int i = 0; i < m->hops; i++)
		if (m->hop[i].granter == ep)
			m->hop[i].granter = NONE;
}

void
maps_forget(endpoint_t ep)
{
	for (int i = used - 1; i >= 0; i--) {
		if (maps[i].grantee == ep)
			map_drop(&maps[i]);
		else
			granter_forget(&maps[i], ep);
	}
}

const struct map *
map_nth(uint32_t n)
{
	return n < (uint32_t)used ? &maps[n] : NULL;
}
