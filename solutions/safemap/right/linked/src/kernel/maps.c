/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records of mappings: a list, newest first, and a list of records that are
 * free.
 */
#include "kernel/maps.h"

#include <abi/endpoint.h>
#include <abi/errno.h>

/* A record in one of the lists. */
struct node {
	struct map map; /* first, so that one can be had from the other */
	struct node *next;
};

static struct node nodes[NR_MAPS];
static struct node *in_use, *unused;
static int never_used; /* nodes from this one on are in neither list */
static uint32_t last_serial;

/* Go through all records. */
#define FOR_EACH_MAP(m)                                                        \
	for (struct node *at_##m = in_use; at_##m != NULL;                     \
	     at_##m = at_##m->next)                                            \
		for (struct map *m = &at_##m->map; m != NULL; m = NULL)

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
	const struct node *n;

	for (n = in_use; n != NULL; n = n->next)
		if (n->map.grantee == m->owner &&
		    overlap(m->owner_addr, m->length, n->map.window,
			n->map.length))
			return continue_behind(m, &n->map);
	return OK;
}

/* Is the window of a new mapping in use, as a window or from elsewhere? */
static bool
window_busy(const struct map *new)
{
	const struct node *n;

	for (n = in_use; n != NULL; n = n->next) {
		const struct map *m = &n->map;

		if (m->grantee == new->grantee &&
		    overlap(new->window, new->length, m->window, m->length))
			return true;
		if (m->owner == new->grantee &&
		    overlap(new->window, new->length, m->owner_addr, m->length))
			return true;
	}
	return false;
}

static int
windows_of(endpoint_t grantee)
{
	const struct node *at;
	int n = 0;

	for (at = in_use; at != NULL; at = at->next)
		if (at->map.grantee == grantee)
			n++;
	return n;
}

/* A node that is free, or NULL. */
static struct node *
node_take(void)
{
	struct node *n = unused;

	if (n != NULL)
		unused = n->next;
	else if (never_used < NR_MAPS)
		n = &nodes[never_used++];
	return n;
}

int
map_add(const struct map *new, struct map **added)
{
	struct node *n;

	if (new->owner == new->grantee &&
	    overlap(new->window, new->length, new->owner_addr, new->length))
		return -EINVAL;
	if (windows_of(new->grantee) >= MAPS_PER_PROC || window_busy(new))
		return -EBUSY;
	n = node_take();
	if (n == NULL)
		return -EBUSY;
	n->map = *new;
	n->map.mapped = false;
	n->map.serial = ++last_serial;
	n->next = in_use;
	in_use = n;
	*added = &n->map;
	return OK;
}

struct map *
map_of_window(endpoint_t grantee, vir_bytes window)
{
	struct node *n = in_use;

	while (n != NULL &&
	    (n->map.grantee != grantee || n->map.window != window))
		n = n->next;
	return n != NULL ? &n->map : NULL;
}

struct map *
map_of_grant(endpoint_t granter, cp_grant_id_t gid)
{
	FOR_EACH_MAP(m)
		for (int i = 0; i < m->hops; i++)
			if (m->hop[i].granter == granter &&
			    m->hop[i].gid == gid)
				return m;
	return NULL;
}

struct map *
map_of_memory(endpoint_t granter, vir_bytes addr)
{
	FOR_EACH_MAP(m)
		for (int i = 0; i < m->hops; i++)
			if (addr != MAP_NO_ADDR &&
			    m->hop[i].granter == granter &&
			    m->hop[i].addr == addr)
				return m;
	return NULL;
}

void
map_drop(struct map *m)
{
	struct node **link = &in_use, *n;

	while (&(*link)->map != m)
		link = &(*link)->next;
	n = *link;
	*link = n->next;
	n->next = unused;
	unused = n;
}

void
maps_forget(endpoint_t ep)
{
	struct node *n = in_use, *next;

	for (; n != NULL; n = next) {
		next = n->next;
		for (int i = 0; i < n->map.hops; i++)
			if (n->map.hop[i].granter == ep)
				n->map.hop[i].granter = NONE;
		if (n->map.owner == ep)
			n->map.owner = NONE;
		if (n->map.grantee == ep)
			map_drop(&n->map);
	}
}

const struct map *
map_nth(uint32_t n)
{
	const struct node *at = in_use;

	while (n > 0 && at != NULL) {
		at = at->next;
		n--;
	}
	return at != NULL ? &at->map : NULL;
}
