/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory in the data store. A copied range is granted for as long as the call
 * takes. A mapped one hangs on its grant: revoking that ends the sharing, so
 * the grants of published ranges are kept until their entries are deleted.
 */
#include "lib/ds/client.h"

#include <lacuna/kcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

/** A range of ours that DS has mapped. */
static struct my_map {
	bool used;
	char name[DS_MAX_KEYLEN];
	cp_grant_id_t gid;
} my_maps[DS_MY_MAPS];

/* The range published under a name, or NULL; without a name, an unused one. */
static struct my_map *
my_map_find(const char *name)
{
	struct my_map *m;

	for (m = my_maps; m < &my_maps[DS_MY_MAPS]; m++)
		if (m->used == (name != NULL) &&
		    (name == NULL || strcmp(m->name, name) == 0))
			return m;
	return NULL;
}

/* End the sharing of a range. If that fails, it can be tried again. */
static int
my_map_end(struct my_map *m)
{
	int r = cpf_revoke(m->gid);

	if (r < OK)
		return r;
	m->used = false;
	return OK;
}

int
ds_publish_mem(const char *name, const void *addr, size_t length, int flags)
{
	union ds_request req = { .publish.value.mem.len = length };
	const struct ds_range range = { vir_addr(addr), length, CPF_READ,
		&req.publish.value.mem.gid, false };
	struct ds_name key;
	int r = ds_name_in(name, &key);

	req.publish.flags = ds_flags(DSF_TYPE_MEM, flags);
	return r == OK ? ds_call(DS_PUBLISH, &key, &range, &req, NULL) : r;
}

int
ds_publish_map(const char *name, void *addr, size_t length, int flags)
{
	union ds_request req = { .publish.value.mem.len = length };
	const struct ds_range range = { vir_addr(addr), length,
		CPF_READ | CPF_MAP, &req.publish.value.mem.gid, true };
	struct ds_name key;
	struct my_map *m;
	int r = ds_name_in(name, &key);

	if (r != OK)
		return r;
	m = my_map_find(name);
	if (m == NULL)
		m = my_map_find(NULL);
	if (m == NULL)
		return -ENOSPC;
	req.publish.flags = ds_flags(DSF_TYPE_MAP, flags);
	r = ds_call(DS_PUBLISH, &key, &range, &req, NULL);
	if (r != OK)
		return r;
	if (m->used)
		(void)my_map_end(m); /* with a DS that is gone */
	m->used = true;
	strlcpy(m->name, name, sizeof m->name);
	m->gid = req.publish.value.mem.gid;
	return OK;
}

int
ds_snapshot_map(const char *name, int *nr)
{
	union ds_request req = { .snapshot.flags = DSF_TYPE_MAP };
	union ds_reply rep;
	struct ds_name key;
	int r = ds_name_in(name, &key);

	if (r == OK)
		r = ds_call(DS_SNAPSHOT, &key, NULL, &req, &rep);
	if (r == OK)
		*nr = rep.snapshot.snapshot;
	return r;
}

/* Have memory of an entry copied here. */
static int
copy(const char *name, void *addr, size_t *length, union ds_request *req)
{
	const struct ds_range range = { vir_addr(addr), *length, CPF_WRITE,
		&req->retrieve.gid, false };
	union ds_reply rep;
	struct ds_name key;
	int r = ds_name_in(name, &key);

	req->retrieve.len = *length;
	if (r == OK)
		r = ds_call(DS_RETRIEVE, &key, &range, req, &rep);
	if (r == OK)
		*length = rep.retrieve.value.mem.len;
	return r;
}

int
ds_retrieve_mem(const char *name, void *addr, size_t *length)
{
	union ds_request req = { .retrieve.flags = DSF_TYPE_MEM };

	return copy(name, addr, length, &req);
}

/* Map a live range here. */
static int
map(const char *name, void *addr, size_t *length)
{
	union ds_request req = {
		.retrieve.flags = DSF_TYPE_MAP | DSMF_MAP_MAPPED,
	};
	size_t room = PAGE_FLOOR(*length);
	union ds_reply rep;
	struct ds_name key;
	int r = ds_name_in(name, &key);

	if (r == OK && (room == 0 || vir_addr(addr) % PAGE_SIZE != 0))
		r = -EINVAL;
	if (r == OK)
		r = ds_call(DS_RETRIEVE, &key, NULL, &req, &rep);
	if (r != OK)
		return r;
	if (rep.retrieve.value.mem.len < room)
		room = rep.retrieve.value.mem.len;
	r = sys_safemap(ds_endpoint(), rep.retrieve.value.mem.gid, 0,
	    vir_addr(addr), room, 0);
	if (r == OK)
		*length = room;
	return r;
}

int
ds_retrieve_map(const char *name, void *addr, size_t *length, int nr, int flags)
{
	const uint32_t modes =
	    DSMF_MAP_MAPPED | DSMF_COPY_MAPPED | DSMF_COPY_SNAPSHOT;
	union ds_request req = { .retrieve.snapshot = nr };

	if (flags & DSMF_MAP_MAPPED)
		return map(name, addr, length);
	req.retrieve.flags = DSF_TYPE_MAP | ((uint32_t)flags & modes);
	return copy(name, addr, length, &req);
}

int
ds_delete_mem(const char *name)
{
	return ds_delete(name, DSF_TYPE_MEM);
}

int
ds_delete_map(const char *name)
{
	struct my_map *m = my_map_find(name);
	int r = ds_delete(name, DSF_TYPE_MAP);

	if (m == NULL || (r != OK && r != -ESRCH))
		return r;
	/* A DS that was started again knows nothing of it. */
	return my_map_end(m) == OK ? r : -ENOMEM;
}
