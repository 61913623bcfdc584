/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of memory grants. The kernel reads it whenever a grant is used,
 * perhaps between any two instructions here: so flags are written last when
 * granting, and first when revoking.
 *
 * Free entries form a list through the entries themselves. Each revocation
 * advances the entry's sequence number, so that the old id fits no new grant.
 */
#include <lacuna/safecopies.h>

#include <abi/errno.h>
#include <lacuna/string.h>
#include <lacuna/sysmap.h>
#include <lacuna/sysmem.h>

#define LIST_END (-1)

static struct cp_grant first_table[NR_STATIC_GRANTS];
static struct cp_grant *table = first_table;
static int entries;              /* 0: the kernel knows no table yet */
static int free_list = LIST_END; /* index of the first free entry */

/* All stores before it are in memory before those after it. */
static inline void
barrier(void)
{
	__asm__ volatile("" : : : "memory");
}

/* Put entries [from, to) of a table into the free list, lowest first. */
static void
chain_free(struct cp_grant *t, int from, int to)
{
	int i;

	for (i = to - 1; i >= from; i--) {
		t[i].cp_flags = 0;
		t[i].cp_seq = 0;
		t[i].cp_u.cp_free.cp_next = free_list;
		free_list = i;
	}
}

/* Announce the first table. */
static int
table_start(void)
{
	int r;

	r = sys_setgrant(first_table, NR_STATIC_GRANTS);
	if (r != OK)
		return r;
	entries = NR_STATIC_GRANTS;
	chain_free(table, 0, entries);
	return OK;
}

/* Move to a table of more entries. The old one stays if that fails. */
static int
table_grow(int more)
{
	struct cp_grant *old = table, *t;
	int n = entries + more, r;

	if (n > GRANT_MAX_IDX)
		n = GRANT_MAX_IDX;
	if (n == entries)
		return -ENOSPC;
	t = grant_memory_get((size_t)n * sizeof *t);
	if (t == NULL)
		return -ENOSPC;
	memcpy(t, old, (size_t)entries * sizeof *t);
	r = sys_setgrant(t, n);
	if (r != OK) {
		grant_memory_put(t, (size_t)n * sizeof *t);
		return r;
	}
	chain_free(t, entries, n);
	table = t;
	if (old != first_table)
		grant_memory_put(old, (size_t)entries * sizeof *t);
	entries = n;
	return OK;
}

/* Take a free entry; it is USED then, not VALID. */
static int
entry_take(int *idx)
{
	int r = OK;

	if (entries == 0)
		r = table_start();
	else if (free_list == LIST_END)
		r = table_grow(entries + 2);
	if (r != OK)
		return r;
	*idx = free_list;
	free_list = table[*idx].cp_u.cp_free.cp_next;
	table[*idx].cp_flags = CPF_USED;
	return OK;
}

/* Entry of a grant, or NULL if there is no such grant. */
static struct cp_grant *
entry_find(cp_grant_id_t gid)
{
	struct cp_grant *g;

	if (!GRANT_VALID(gid) || GRANT_IDX(gid) >= entries)
		return NULL;
	g = &table[GRANT_IDX(gid)];
	if ((g->cp_flags & CPF_USED) == 0 ||
	    g->cp_seq != (uint32_t)GRANT_SEQ(gid))
		return NULL;
	return g;
}

static bool
access_ok(vir_bytes addr, size_t bytes, int access)
{
	if ((access & ~CPF_ACCESS) != 0)
		return false;
	return (access & CPF_MAP) == 0 || ((addr | bytes) % PAGE_SIZE) == 0;
}

/* Nobody can use an entry any more, but mappings made with it are not
 * forgotten. */
static void
entry_disable(struct cp_grant *g)
{
	g->cp_flags = CPF_USED | (g->cp_flags & CPF_MAPPABLE);
	barrier();
}

/* Give an entry the contents of new, flags last. */
static void
entry_set(struct cp_grant *g, const struct cp_grant *new)
{
	uint32_t flags = CPF_USED | CPF_VALID | new->cp_flags;

	/* What is passed on may be a map grant. */
	if ((flags & (CPF_MAP | CPF_INDIRECT)) != 0)
		flags |= CPF_MAPPABLE;
	entry_disable(g);
	flags |= g->cp_flags;
	g->cp_u = new->cp_u;
	g->cp_faulted = GRANT_INVALID;
	barrier();
	g->cp_flags = flags;
}

/* Put new into a fresh entry. */
static cp_grant_id_t
entry_new(const struct cp_grant *new)
{
	int idx, r;

	r = entry_take(&idx);
	if (r != OK)
		return r;
	entry_set(&table[idx], new);
	return GRANT_ID(idx, table[idx].cp_seq);
}

/* Put new into an entry that exists. */
static int
entry_reset(cp_grant_id_t gid, const struct cp_grant *new)
{
	struct cp_grant *g = entry_find(gid);

	if (g == NULL)
		return -EINVAL;
	entry_set(g, new);
	return OK;
}

static struct cp_grant
direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	return (struct cp_grant){
		.cp_flags = CPF_DIRECT | (uint32_t)access,
		.cp_u.cp_direct = { who_to, addr, (vir_bytes)bytes },
	};
}

static struct cp_grant
indirect(endpoint_t who_to, endpoint_t who_from, cp_grant_id_t his_gid)
{
	return (struct cp_grant){
		.cp_flags = CPF_INDIRECT,
		.cp_u.cp_indirect = { who_to, who_from, his_gid },
	};
}

static struct cp_grant
magic(endpoint_t who_to, endpoint_t who_from, vir_bytes addr, size_t bytes,
    int access)
{
	return (struct cp_grant){
		.cp_flags = CPF_MAGIC | (uint32_t)access,
		.cp_u.cp_magic = { who_to, who_from, addr, (vir_bytes)bytes },
	};
}

cp_grant_id_t
cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	struct cp_grant new;

	if (!access_ok(addr, bytes, access))
		return -EINVAL;
	new = direct(who_to, addr, bytes, access);
	return entry_new(&new);
}

cp_grant_id_t
cpf_grant_indirect(endpoint_t who_to, endpoint_t who_from,
    cp_grant_id_t his_gid)
{
	struct cp_grant new = indirect(who_to, who_from, his_gid);

	return entry_new(&new);
}

cp_grant_id_t
cpf_grant_magic(endpoint_t who_to, endpoint_t who_from, vir_bytes addr,
    size_t bytes, int access)
{
	struct cp_grant new;

	if (!access_ok(addr, bytes, access))
		return -EINVAL;
	new = magic(who_to, who_from, addr, bytes, access);
	return entry_new(&new);
}

/* End all mappings that hang on a grant. It is disabled first, so that none
 * is made meanwhile, and is as before if that fails. */
static int
mappings_end(struct cp_grant *g, cp_grant_id_t gid)
{
	uint32_t flags = g->cp_flags;
	int r;

	if ((flags & CPF_MAPPABLE) == 0)
		return OK;
	entry_disable(g);
	r = sys_saferevmap_gid(gid);
	if (r != OK)
		g->cp_flags = flags;
	return r;
}

int
cpf_revoke(cp_grant_id_t gid)
{
	struct cp_grant *g = entry_find(gid);
	bool faulted;
	int r;

	if (g == NULL)
		return -EINVAL;
	r = mappings_end(g, gid);
	if (r != OK)
		return r;
	g->cp_flags = 0;
	barrier();
	faulted = g->cp_faulted == gid;
	g->cp_seq = (g->cp_seq + 1) % GRANT_MAX_SEQ;
	g->cp_u.cp_free.cp_next = free_list;
	free_list = GRANT_IDX(gid);
	return faulted ? GRANT_FAULTED : OK;
}

int
cpf_getgrants(cp_grant_id_t *gids, int n)
{
	int i, idx;

	for (i = 0; i < n; i++) {
		if (entry_take(&idx) != OK)
			break; /* the count tells */
		table[idx].cp_faulted = GRANT_INVALID;
		gids[i] = GRANT_ID(idx, table[idx].cp_seq);
	}
	return i;
}

int
cpf_setgrant_direct(cp_grant_id_t gid, endpoint_t who_to, vir_bytes addr,
    size_t bytes, int access)
{
	struct cp_grant new;

	if (!access_ok(addr, bytes, access))
		return -EINVAL;
	new = direct(who_to, addr, bytes, access);
	return entry_reset(gid, &new);
}

int
cpf_setgrant_indirect(cp_grant_id_t gid, endpoint_t who_to, endpoint_t who_from,
    cp_grant_id_t his_gid)
{
	struct cp_grant new = indirect(who_to, who_from, his_gid);

	return entry_reset(gid, &new);
}

int
cpf_setgrant_magic(cp_grant_id_t gid, endpoint_t who_to, endpoint_t who_from,
    vir_bytes addr, size_t bytes, int access)
{
	struct cp_grant new;

	if (!access_ok(addr, bytes, access))
		return -EINVAL;
	new = magic(who_to, who_from, addr, bytes, access);
	return entry_reset(gid, &new);
}

int
cpf_setgrant_disable(cp_grant_id_t gid)
{
	struct cp_grant *g = entry_find(gid);

	if (g == NULL)
		return -EINVAL;
	entry_disable(g);
	return OK;
}

int
cpf_reload(void)
{
	return entries == 0 ? OK : sys_setgrant(table, entries);
}

void
cpf_prealloc(unsigned count)
{
	if (entries == 0 && table_start() != OK)
		return;
	if (count <= GRANT_MAX_IDX)
		(void)table_grow((int)count); /* what is missing grows later */
}
