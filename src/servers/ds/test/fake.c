/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/ds/test/fake.h. */
#include "servers/ds/test/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <lacuna/kcall.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "test/unit/status.h"

char fake_key[DS_MAX_KEYLEN];
int fake_key_status;
int fake_notified[NR_PROCS];
uint8_t fake_memory[FAKE_ROOM];
int fake_copy_status, fake_map_status;
int fake_pages_left, fake_pages, fake_windows;
endpoint_t fake_owner;
uint8_t *fake_keep;
int fake_keep_left = -1;

#define GID    77   /* of the grant that comes with a request */
#define UNUSED 0xe7 /* what memory holds that nobody may touch yet */

static endpoint_t client;    /* of the request that is under way */
static uint32_t client_room; /* bytes of its grant */

/* Where a truncated address was: memory of DS is in blocks of this host. */
static struct block {
	uint8_t *at;
	size_t bytes;
	enum pages_kind kind;
	bool mapped; /* has been */
} blocks[256];

/* Windows of DS: they end by their address, whatever lies there by then. */
static struct window {
	bool used;
	vir_bytes at;
} windows[256];

int
key_fetch(endpoint_t who, const struct ds_key *key, char buf[DS_MAX_KEYLEN])
{
	(void)who, (void)key;
	memcpy(buf, fake_key, sizeof fake_key);
	return fake_key_status;
}

int
key_give(endpoint_t who, const struct ds_key *to, const char *key)
{
	(void)who, (void)to;
	if (fake_key_status == OK)
		strlcpy(fake_key, key, sizeof fake_key);
	return fake_key_status;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	const int slot = endpoint_slot(peer);

	(void)arg;
	*status = 0;
	if (slot < 0 || slot >= NR_PROCS)
		return -EDEADSRCDST;
	if (primitive == NOTIFY)
		fake_notified[slot]++;
	return OK;
}

/* Bytes that were asked for, in whole pages. */
static size_t
block_room(const struct block *b)
{
	return PAGE_CEIL(b->bytes);
}

/* The block with an address that has lost its upper half, or NULL. */
static struct block *
block_find(vir_bytes addr)
{
	struct block *b;

	for (b = blocks; b < &blocks[sizeof blocks / sizeof blocks[0]]; b++)
		if (b->at != NULL && addr - vir_addr(b->at) < block_room(b))
			return b;
	return NULL;
}

/* Whether an address in this memory means another block, too. */
static bool
is_ambiguous(const uint8_t *p, size_t bytes)
{
	size_t at;

	for (at = 0; at < bytes; at += PAGE_SIZE)
		if (block_find(vir_addr(p + at)) != NULL)
			return true;
	return bytes > 0 && block_find(vir_addr(p + bytes - 1)) != NULL;
}

/* Memory of this host whose lower halves no other block has. */
static uint8_t *
memory_new(size_t bytes)
{
	uint8_t *p = malloc(bytes), *other;

	while (p != NULL && is_ambiguous(p, bytes)) {
		other = malloc(bytes);
		free(p);
		p = other;
	}
	assert_non_null(p);
	return p;
}

void *
pages_get(size_t bytes, enum pages_kind kind)
{
	const int pages = (int)(PAGE_CEIL(bytes) / PAGE_SIZE);
	size_t i;

	if (pages > fake_pages_left)
		return NULL;
	for (i = 0; blocks[i].at != NULL; i++)
		assert_true(i + 1 < sizeof blocks / sizeof blocks[0]);
	blocks[i] = (struct block){ .bytes = bytes, .kind = kind };
	blocks[i].at = memory_new((size_t)pages * PAGE_SIZE);
	memset(blocks[i].at, kind == PAGES_FILLED ? 0 : UNUSED,
	    (size_t)pages * PAGE_SIZE);
	fake_pages += pages;
	fake_pages_left -= pages;
	return blocks[i].at;
}

/* What was not asked for with its frames is only there to be mapped over: who
 * stores there when VM has no frame is killed. */
static void
assert_untouched(const struct block *b)
{
	size_t i;

	if (b->kind == PAGES_FILLED || b->mapped)
		return;
	for (i = 0; i < b->bytes; i++)
		if (b->at[i] != UNUSED)
			fail_msg("a store into memory that may have no frame");
}

void
pages_put(void *p, size_t bytes)
{
	const int pages = (int)(PAGE_CEIL(bytes) / PAGE_SIZE);
	size_t i;

	for (i = 0; blocks[i].at != p; i++)
		assert_true(i + 1 < sizeof blocks / sizeof blocks[0]);
	assert_int_equal(blocks[i].bytes, bytes);
	assert_untouched(&blocks[i]);
	free(p);
	blocks[i].at = NULL;
	fake_pages -= pages;
	fake_pages_left += pages;
}

/* The block with memory of DS that it has named to the kernel. */
static struct block *
block_with(vir_bytes addr, size_t bytes)
{
	struct block *b = block_find(addr);

	if (b == NULL || bytes > block_room(b) - (addr - vir_addr(b->at)))
		fail_msg("not memory of DS: %#x", (unsigned)addr);
	return b;
}

/* The memory itself. */
static uint8_t *
memory_at(vir_bytes addr, size_t bytes)
{
	struct block *b = block_with(addr, bytes);

	return b->at + (addr - vir_addr(b->at));
}

void
fake_range(vir_bytes addr, size_t bytes)
{
	const vir_bytes at = vir_addr(block_with(addr, bytes)->at);

	assert_int_equal((addr - at) % PAGE_SIZE, 0);
	assert_int_equal(bytes % PAGE_SIZE, 0);
}

/* May DS use this part of what comes with the request? */
static bool
is_granted(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    size_t bytes)
{
	return granter == client && gid == GID && offset <= client_room &&
	    bytes <= client_room - offset;
}

/* A variable of the server, which is in the same image as ours. */
static void *
variable_at(vir_bytes addr)
{
	const uintptr_t upper = (uintptr_t)fake_memory >> 16 >> 16;

	return (void *)(upper << 16 << 16 | addr);
}

/* Memory of the server: a variable, or pages. */
static void *
ours_at(vir_bytes addr)
{
	const struct block *b = block_find(addr);

	return b != NULL ? b->at + (addr - vir_addr(b->at)) : variable_at(addr);
}

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	if (granter == RS_PROC_NR) {
		memcpy(ours_at(addr),
		    gid == FAKE_KEEP ? fake_keep + offset : fake_memory, bytes);
		return OK;
	}
	if (!is_granted(granter, gid, offset, bytes))
		return -EPERM;
	if (fake_copy_status == OK)
		memcpy(memory_at(addr, bytes), &fake_memory[offset], bytes);
	return fake_copy_status;
}

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	if (granter == RS_PROC_NR && gid == FAKE_KEEP) {
		if (fake_copy_status != OK)
			return fake_copy_status;
		if (fake_keep_left-- == 0)
			_exit(FAKE_CRASHED);
		memcpy(fake_keep + offset, ours_at(addr), bytes);
		return OK;
	}
	if (!is_granted(granter, gid, offset, bytes))
		return -EPERM;
	if (fake_copy_status == OK)
		memcpy(&fake_memory[offset], memory_at(addr, bytes), bytes);
	return fake_copy_status;
}

int
sys_vsafecopy(const struct vscp_vec *vec, int n)
{
	int i, r = OK;

	for (i = 0; r == OK && i < n; i++)
		r = vec[i].v_from == SELF
		    ? sys_safecopyto(vec[i].v_to, vec[i].v_gid, vec[i].v_offset,
			  vec[i].v_addr, vec[i].v_bytes)
		    : sys_safecopyfrom(vec[i].v_from, vec[i].v_gid,
			  vec[i].v_offset, vec[i].v_addr, vec[i].v_bytes);
	return r;
}

static struct window *
window_find(bool used, vir_bytes addr)
{
	struct window *w = windows;

	while (w->used != used || (used && w->at != addr))
		if (++w == &windows[sizeof windows / sizeof windows[0]])
			return NULL;
	return w;
}

/* A window shows what was in the memory when it was opened. */
int
sys_safemap(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes, int writable)
{
	struct window *w = window_find(false, 0);
	struct block *b = block_with(addr, bytes);

	assert_int_equal(writable, 0);
	assert_non_null(w);
	if (fake_map_status != OK)
		return fake_map_status;
	if (!is_granted(granter, gid, offset, bytes))
		return -EPERM;
	if (window_find(true, addr) != NULL)
		return -EBUSY;
	memcpy(memory_at(addr, bytes), &fake_memory[offset], bytes);
	b->mapped = true;
	*w = (struct window){ true, addr };
	fake_windows++;
	return OK;
}

int
sys_safeunmap(vir_bytes addr)
{
	struct window *w = window_find(true, addr);

	if (w != NULL) {
		w->used = false;
		fake_windows--;
	}
	return OK;
}

static int
entries_used(void)
{
	int i, n = 0;

	for (i = 0; i < DS_ENTRIES; i++)
		n += entry_table[i].used;
	return n;
}

int
store_begin(void **state)
{
	union ds_value value = { .str = "" };

	(void)state;
	if (entries_used() > 0) /* what is to remove them is not there yet */
		memset(entry_table, 0, DS_ENTRIES * sizeof entry_table[0]);
	memset(fake_notified, 0, sizeof fake_notified);
	fake_key_status = fake_copy_status = fake_map_status = OK;
	fake_grant_status = fake_revoke_status = OK;
	fake_pages_left = 10000;
	value.ep = RS_PROC_NR;
	assert_status(entry_put("rs", LABEL, "rs", &value, NULL), OK);
	assert_status(put(RS_PROC_NR, "alice", LABEL, ALICE), OK);
	assert_status(put(RS_PROC_NR, "bob", LABEL, BOB), OK);
	return 0;
}

int
store_end(void **state)
{
	struct entry *e;

	(void)state;
	fake_key_status = fake_revoke_status = OK;
	for (e = &entry_table[DS_ENTRIES - 1]; e >= entry_table; e--)
		if (e->used && e->flags & LABEL && e->value.ep != RS_PROC_NR)
			label_remove(e);
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && e->flags & LABEL)
			label_remove(e); /* RS's own */
	assert_int_equal(fake_pages, 0);
	assert_int_equal(fake_windows, 0);
	assert_int_equal(fake_grants, 0);
	return 0;
}

int
put(endpoint_t who, const char *key, unsigned flags, uint32_t value)
{
	struct ds_publish_req req = { .flags = flags, .value.u32 = value };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	return do_ds_publish(who, &req, &rep);
}

int
get(endpoint_t who, const char *key, unsigned flags, uint32_t *value)
{
	struct ds_retrieve_req req = { .flags = flags };
	struct ds_retrieve_rep rep = { .value.u32 = 0 };
	int r;

	strlcpy(fake_key, key, sizeof fake_key);
	r = do_ds_retrieve(who, &req, &rep);
	*value = rep.value.u32;
	return r;
}

int
del(endpoint_t who, const char *key, unsigned flags)
{
	struct ds_delete_req req = { .flags = flags };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	return do_ds_delete(who, &req, &rep);
}

int
subscribe(endpoint_t who, const char *regex, unsigned flags)
{
	struct ds_subscribe_req req = { .flags = flags };
	struct no_payload rep;

	strlcpy(fake_key, regex, sizeof fake_key);
	return do_ds_subscribe(who, &req, &rep);
}

/* A request with a grant of some bytes of fake_memory. */
static void
lend(endpoint_t who, const char *key, uint32_t bytes)
{
	client = who;
	client_room = bytes;
	strlcpy(fake_key, key, sizeof fake_key);
}

int
put_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len)
{
	struct ds_publish_req req = { .flags = flags,
		.value.mem = { .gid = GID, .len = len } };
	struct no_payload rep;

	lend(who, key, len);
	return do_ds_publish(who, &req, &rep);
}

int
fill(endpoint_t who, const char *key, unsigned flags, int byte, uint32_t len)
{
	memset(fake_memory, byte, len < FAKE_ROOM ? len : FAKE_ROOM);
	return put_memory(who, key, flags, len);
}

int
get_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len,
    int32_t nr, union ds_value *value)
{
	struct ds_retrieve_req req = { .flags = flags,
		.gid = GID,
		.len = len,
		.snapshot = nr };
	struct ds_retrieve_rep rep = { .value.str = "" };
	int r;

	lend(who, key, len);
	r = do_ds_retrieve(who, &req, &rep);
	*value = rep.value;
	return r;
}

int
look(const char *key, unsigned flags, int32_t nr, uint32_t *len)
{
	union ds_value value;
	int r;

	fake_memory[0] = 0;
	r = get_memory(NOBODY, key, flags, FAKE_ROOM, nr, &value);
	*len = value.mem.len;
	return r == OK ? fake_memory[0] : r;
}

const char *
name_of(const char *prefix, int i)
{
	static char name[2][24];
	static int turn;

	turn = !turn;
	snprintf(name[turn], sizeof name[turn], "%s%d", prefix, i);
	return name[turn];
}

void
put_many(endpoint_t who, const char *prefix, int n)
{
	int i;

	for (i = 0; i < n; i++)
		assert_status(put(who, name_of(prefix, i), U32, (uint32_t)i),
		    OK);
}

void
del_many(endpoint_t who, const char *prefix, int n)
{
	int i;

	for (i = 0; i < n; i++)
		assert_status(del(who, name_of(prefix, i), U32), OK);
}

int
labels_fill(int n)
{
	int i, there = 0;

	for (i = 0; i < DS_ENTRIES; i++)
		there += entry_table[i].used && entry_table[i].flags & LABEL;
	for (i = 0; there + i < n; i++)
		assert_status(put(RS_PROC_NR, name_of("s", i), LABEL,
				  (uint32_t)SERVICE(i)),
		    OK);
	return i;
}

int
check(endpoint_t who, uint32_t *type)
{
	struct ds_check_req req = { .key.len = DS_MAX_KEYLEN };
	struct ds_check_rep rep = { .type = 0 };
	int r = do_ds_check(who, &req, &rep);

	fake_owner = rep.owner;
	if (type != NULL)
		*type = rep.type;
	return r;
}

void
see_changes(endpoint_t who)
{
	int n = 0;

	while (check(who, NULL) == OK)
		assert_true(n++ < 2 * DS_ENTRIES);
}
