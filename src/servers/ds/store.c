/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The store itself: the table of entries and the requests that work on it.
 */
#include "servers/ds/ds.h"

#include <lacuna/printf.h>

struct entry entry_table[DS_ENTRIES];

struct entry *
entry_find(const char *key, uint32_t type)
{
	struct entry *e;

	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && (e->flags & DSF_MASK_TYPE) == type &&
		    strcmp(e->key, key) == 0)
			return e;
	return NULL;
}

/* A free entry for a type, or NULL. Labels have room of their own, so that
 * services keep their names in a store that others have filled. */
static struct entry *
entry_alloc(uint32_t type)
{
	const bool is_label = type == DSF_TYPE_LABEL;
	int room = NR_DS_KEYS;
	struct entry *e, *unused = NULL;

	if (is_label)
		room = NR_SYS_PROCS;
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++) {
		if (!e->used && unused == NULL)
			unused = e;
		if (e->used && is_label == !!(e->flags & DSF_TYPE_LABEL))
			room--;
	}
	return room > 0 ? unused : NULL;
}

/* Give back the memory behind a value, if its type has any. */
static void
memory_drop(uint32_t flags, struct memory *m)
{
	if (flags & DSF_TYPE_MEM)
		mem_drop(m);
	if (flags & DSF_TYPE_MAP)
		map_drop(m);
}

int
entry_put(const char *key, uint32_t flags, const char *owner,
    const union ds_value *value, const struct memory *memory)
{
	static uint32_t serial;
	struct entry *e = entry_find(key, flags & DSF_MASK_TYPE);

	if (e == NULL)
		e = entry_alloc(flags & DSF_MASK_TYPE);
	if (e == NULL)
		return -ENOMEM;
	if (e->used)
		memory_drop(e->flags, &e->memory);
	e->used = true;
	e->flags = flags;
	strlcpy(e->key, key, sizeof e->key);
	strlcpy(e->owner, owner, sizeof e->owner);
	e->serial = ++serial;
	e->value = *value;
	if (memory != NULL)
		e->memory = *memory;
	subs_changed(e);
	return OK;
}

void
entry_remove(struct entry *e)
{
	subs_removed(e);
	memory_drop(e->flags, &e->memory);
	e->used = false;
}

/* Is this one type, and one that can be stored? */
static bool
type_ok(uint32_t type)
{
	return type == DSF_TYPE_U32 || type == DSF_TYPE_STR ||
	    type == DSF_TYPE_MEM || type == DSF_TYPE_MAP ||
	    type == DSF_TYPE_LABEL;
}

/* May who publish this under key? e is what is there, or NULL. */
static int
publish_check(endpoint_t who, const char *key, const struct ds_publish_req *req,
    const struct entry *e)
{
	if (label_of(who) == NULL)
		return -EPERM;
	if (e != NULL && !(req->flags & DSF_OVERWRITE))
		return -EEXIST;
	if (e != NULL && perm_check(e, who, DSF_PRIV_OVERWRITE) != OK)
		return -EPERM;
	if (req->flags & DSF_TYPE_STR &&
	    !str_terminated(req->value.str, sizeof req->value.str))
		return -EINVAL;
	if (req->flags & DSF_TYPE_LABEL)
		return label_check(who, key, req->value.ep);
	return OK;
}

/* Get the memory of a value that has some. */
static int
memory_load(endpoint_t who, const struct ds_publish_req *req, struct memory *m)
{
	if (req->flags & DSF_TYPE_MEM)
		return mem_load(who, &req->value, m);
	if (req->flags & DSF_TYPE_MAP)
		return map_load(who, &req->value, m);
	return OK;
}

int
do_ds_publish(endpoint_t who, const struct ds_publish_req *req,
    struct no_payload *rep)
{
	const uint32_t type = req->flags & DSF_MASK_TYPE;
	struct memory memory = { .at = NULL };
	char key[DS_MAX_KEYLEN];
	int r;

	(void)rep;
	if (!type_ok(type) ||
	    (type == DSF_TYPE_MAP && req->flags & DSF_OVERWRITE))
		return -EINVAL;
	r = key_fetch(who, &req->key, key);
	if (r == OK)
		r = publish_check(who, key, req, entry_find(key, type));
	if (r == OK)
		r = memory_load(who, req, &memory);
	if (r != OK)
		return r;
	r = entry_put(key, type | (req->flags & DSF_MASK_PRIV), label_of(who),
	    &req->value, &memory);
	if (r != OK)
		memory_drop(type, &memory);
	return r;
}

/* Give a client the value of an entry. */
static int
value_give(const struct entry *e, endpoint_t who,
    const struct ds_retrieve_req *req, struct ds_retrieve_rep *rep)
{
	const struct memory *m = &e->memory;

	if (e->flags & DSF_TYPE_MEM)
		return mem_give(m->at, m->len, who, req, rep);
	if (e->flags & DSF_TYPE_MAP)
		return map_give(m, who, req, rep);
	rep->value = e->value;
	return OK;
}

int
do_ds_retrieve(endpoint_t who, const struct ds_retrieve_req *req,
    struct ds_retrieve_rep *rep)
{
	const uint32_t type = req->flags & DSF_MASK_TYPE;
	const struct entry *e;
	char key[DS_MAX_KEYLEN];
	int r;

	if (!type_ok(type))
		return -EINVAL;
	r = key_fetch(who, &req->key, key);
	if (r != OK)
		return r;
	e = entry_find(key, type);
	if (e == NULL)
		return -ESRCH;
	r = perm_check(e, who, DSF_PRIV_RETRIEVE);
	return r == OK ? value_give(e, who, req, rep) : r;
}

int
do_ds_delete(endpoint_t who, const struct ds_delete_req *req,
    struct no_payload *rep)
{
	struct entry *e;
	char key[DS_MAX_KEYLEN];
	int r;

	(void)rep;
	if (!type_ok(req->flags & DSF_MASK_TYPE))
		return -EINVAL;
	r = key_fetch(who, &req->key, key);
	if (r != OK)
		return r;
	e = entry_find(key, req->flags & DSF_MASK_TYPE);
	if (e == NULL)
		return -ESRCH;
	r = perm_owner(e, who);
	if (r != OK)
		return r;
	if (e->flags & DSF_TYPE_LABEL)
		label_remove(e);
	else
		entry_remove(e);
	return OK;
}

int
do_ds_snapshot(endpoint_t who, const struct ds_snapshot_req *req,
    struct ds_snapshot_rep *rep)
{
	struct entry *e;
	char key[DS_MAX_KEYLEN];
	int r;

	if ((req->flags & DSF_MASK_TYPE) != DSF_TYPE_MAP)
		return -EINVAL;
	r = key_fetch(who, &req->key, key);
	if (r != OK)
		return r;
	e = entry_find(key, DSF_TYPE_MAP);
	if (e == NULL)
		return -ESRCH;
	r = perm_check(e, who, DSF_PRIV_SNAPSHOT);
	return r == OK ? map_snapshot(&e->memory, &rep->snapshot) : r;
}

void
store_dump(void)
{
	const struct entry *e;

	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used)
			printf("%3d %-24s %-10s %#07x %u\n",
			    (int)(e - entry_table), e->key, e->owner,
			    (unsigned)e->flags,
			    (unsigned)(e->memory.at != NULL ? e->memory.len
							    : e->value.u32));
}
