/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/ds/test/fake.h. */
#include "servers/ds/test/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "test/unit/status.h"

char fake_key[DS_MAX_KEYLEN];
int fake_key_status;
int fake_notified[NR_PROCS];
uint8_t fake_memory[FAKE_ROOM];
int fake_copy_status, fake_map_status, fake_revoke_status, fake_disabled;
int fake_pages_left, fake_pages, fake_windows, fake_grants;
int fake_grant_access;
endpoint_t fake_grant_to;

/* Where a truncated address was: memory of DS is in blocks of this host. */
static struct {
	uint8_t *at;
	size_t bytes;
} blocks[256];

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
	(void)arg;
	*status = 0;
	if (primitive == NOTIFY)
		fake_notified[endpoint_slot(peer)]++;
	return OK;
}

void *
pages_get(size_t bytes, enum pages_kind kind)
{
	const int pages = (int)(PAGE_CEIL(bytes) / PAGE_SIZE);
	size_t i;

	(void)kind;
	if (pages > fake_pages_left)
		return NULL;
	for (i = 0; blocks[i].at != NULL; i++)
		assert_true(i + 1 < sizeof blocks / sizeof blocks[0]);
	blocks[i].at = calloc((size_t)pages, PAGE_SIZE);
	blocks[i].bytes = bytes;
	fake_pages += pages;
	fake_pages_left -= pages;
	return blocks[i].at;
}

void
pages_put(void *p, size_t bytes)
{
	const int pages = (int)(PAGE_CEIL(bytes) / PAGE_SIZE);
	size_t i;

	for (i = 0; blocks[i].at != p; i++)
		assert_true(i + 1 < sizeof blocks / sizeof blocks[0]);
	assert_int_equal(blocks[i].bytes, bytes);
	free(p);
	blocks[i].at = NULL;
	fake_pages -= pages;
	fake_pages_left += pages;
}

/* Memory of DS at an address that has lost its upper half. */
static uint8_t *
block_at(vir_bytes addr)
{
	size_t i;

	for (i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
		if (blocks[i].at != NULL && vir_addr(blocks[i].at) == addr)
			return blocks[i].at;
	fail_msg("not memory of DS: %#x", (unsigned)addr);
	return NULL;
}

/* A variable of the server, which is in the same image as ours. */
static void *
variable_at(vir_bytes addr)
{
	const uintptr_t upper = (uintptr_t)fake_memory >> 16 >> 16;

	return (void *)(upper << 16 << 16 | addr);
}

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)gid;
	if (granter == RS_PROC_NR)
		memcpy(variable_at(addr), fake_memory, bytes);
	else if (fake_copy_status == OK)
		memcpy(block_at(addr), &fake_memory[offset], bytes);
	return fake_copy_status;
}

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid;
	if (fake_copy_status == OK)
		memcpy(&fake_memory[offset], block_at(addr), bytes);
	return fake_copy_status;
}

/* A window shows what was in the memory when it was opened. */
int
sys_safemap(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes, int writable)
{
	(void)granter, (void)gid;
	assert_int_equal(writable, 0);
	if (fake_map_status != OK)
		return fake_map_status;
	memcpy(block_at(addr), &fake_memory[offset], bytes);
	fake_windows++;
	return OK;
}

int
sys_safeunmap(vir_bytes addr)
{
	(void)block_at(addr);
	fake_windows--;
	return OK;
}

cp_grant_id_t
cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	(void)block_at(addr);
	assert_int_equal(bytes % PAGE_SIZE, 0);
	fake_grant_access = access;
	fake_grant_to = who_to;
	return fake_grants++;
}

int
cpf_revoke(cp_grant_id_t gid)
{
	assert_true(gid >= 0);
	if (fake_revoke_status == OK)
		fake_grants--;
	return fake_revoke_status;
}

int
cpf_setgrant_disable(cp_grant_id_t gid)
{
	assert_true(gid >= 0);
	fake_disabled++;
	return OK;
}

int
store_begin(void **state)
{
	union ds_value value = { .str = "" };

	(void)state;
	memset(entry_table, 0, DS_ENTRIES * sizeof entry_table[0]);
	memset(fake_notified, 0, sizeof fake_notified);
	fake_key_status = fake_copy_status = fake_map_status = OK;
	fake_revoke_status = OK;
	fake_disabled = 0;
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

int
put_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len)
{
	struct ds_publish_req req = { .flags = flags, .value.mem.len = len };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	return do_ds_publish(who, &req, &rep);
}

int
get_memory(endpoint_t who, const char *key, unsigned flags, uint32_t len,
    int32_t nr, union ds_value *value)
{
	struct ds_retrieve_req req = { .flags = flags,
		.len = len,
		.snapshot = nr };
	struct ds_retrieve_rep rep = { .value.str = "" };
	int r;

	strlcpy(fake_key, key, sizeof fake_key);
	r = do_ds_retrieve(who, &req, &rep);
	*value = rep.value;
	return r;
}

int
check(endpoint_t who, uint32_t *type)
{
	struct ds_check_req req = { .key.len = DS_MAX_KEYLEN };
	struct ds_check_rep rep = { .type = 0 };
	int r = do_ds_check(who, &req, &rep);

	if (type != NULL)
		*type = rep.type;
	return r;
}
