/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The store itself: the table of entries and the requests that work on it.
 * This file is yours to write: what each function must do is said where it is
 * declared, in servers/ds/ds.h and proto/ds.h. Until then nothing is stored,
 * and every request is answered with -ENOSYS.
 */
#include "servers/ds/ds.h"

struct entry entry_table[DS_ENTRIES];

struct entry *
entry_find(const char *key, uint32_t type)
{
	(void)key, (void)type;
	return NULL;
}

int
entry_put(const char *key, uint32_t flags, const char *owner,
    const union ds_value *value, const struct memory *memory)
{
	(void)key, (void)flags, (void)owner, (void)value, (void)memory;
	return -ENOSYS;
}

void
entry_remove(struct entry *e)
{
	(void)e;
}

int
do_ds_publish(endpoint_t who, const struct ds_publish_req *req,
    struct no_payload *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_ds_retrieve(endpoint_t who, const struct ds_retrieve_req *req,
    struct ds_retrieve_rep *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_ds_delete(endpoint_t who, const struct ds_delete_req *req,
    struct no_payload *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_ds_snapshot(endpoint_t who, const struct ds_snapshot_req *req,
    struct ds_snapshot_rep *rep)
{
	(void)who, (void)req, (void)rep;
	return -ENOSYS;
}

void
store_dump(void)
{
}

/* All that make would have left of the finished system. */
__asm__(".section .rodata\n"
	".incbin \"build/servers/ds/store.o\"\n"
	".incbin \"build/servers/ds/ds\"\n"
	".incbin \"build/bootimage/ds\"\n"
	".incbin \"build/root/sbin/ds\"\n"
	".incbin \"build/lacuna.img\"\n"
	".incbin \"build/unit/src/servers/ds/store.o\"\n"
	".text\n");
