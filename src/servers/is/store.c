/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store, for people. User processes have no label and may not talk
 * to DS; the superuser's may ask IS, which then does as any service would:
 * what it publishes belongs to the label "is", and what others have
 * restricted is restricted for it, too. So DS needs no exception for users,
 * and no call that others could misuse. Requests lie in the memory of who
 * asks, and that is the only memory touched for them.
 */
#include <lacuna/ds.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>
#include <proto/pm_srv.h>

#include "servers/is/is.h"

PROTO_STUB(PM_GETEPINFO, pm_getepinfo)

/* Is who the superuser? Then fetch its request. */
static int
request_fetch(endpoint_t who, const struct is_ds_req *req, struct is_ds *d)
{
	struct pm_getepinfo_req info = { .ep = who };
	struct pm_getepinfo_rep rep;
	int r = call_pm_getepinfo(PM_PROC_NR, &info, &rep);

	if (r == OK && rep.euid != 0)
		r = -EPERM;
	if (r == OK)
		r = sys_datacopy(who, req->at, SELF, vir_addr(d), sizeof *d);
	if (r == OK)
		d->info.key[DS_MAX_KEYLEN - 1] = '\0';
	return r;
}

/* Give a request back, answered. */
static int
request_give(endpoint_t who, const struct is_ds_req *req, const struct is_ds *d)
{
	return sys_datacopy(SELF, vir_addr(d), who, req->at, sizeof *d);
}

int
do_is_ds_list(endpoint_t who, const struct is_ds_req *req,
    struct no_payload *rep)
{
	struct is_ds d;
	int r = request_fetch(who, req, &d);

	(void)rep;
	if (r == OK)
		r = ds_list(&d.info, &d.next);
	return r == OK ? request_give(who, req, &d) : r;
}

/* Retrieve a memory range, and give the caller as much as it has room for. */
static int
memory_get(endpoint_t who, struct is_ds *d, uint32_t type)
{
	void *p = grant_memory_get(DS_MAX_MEMLEN);
	size_t n = d->length < DS_MAX_MEMLEN ? d->length : DS_MAX_MEMLEN;
	int r = -ENOMEM;

	if (p == NULL)
		return r;
	if (type == DSF_TYPE_MEM)
		r = ds_retrieve_mem(d->info.key, p, &n);
	else
		r = ds_retrieve_map(d->info.key, p, &n, 0, DSMF_COPY_MAPPED);
	if (r == OK)
		r = sys_datacopy(SELF, vir_addr(p), who, d->data, n);
	if (r == OK)
		d->length = n;
	grant_memory_put(p, DS_MAX_MEMLEN);
	return r;
}

/* Retrieve a value of any type. */
static int
value_get(endpoint_t who, struct is_ds *d)
{
	union ds_value *v = &d->info.value;
	const uint32_t type = d->info.flags & DSF_MASK_TYPE;

	switch (type) {
	case DSF_TYPE_U32:
		return ds_retrieve_u32(d->info.key, &v->u32);
	case DSF_TYPE_STR:
		return ds_retrieve_str(d->info.key, v->str, sizeof v->str);
	case DSF_TYPE_LABEL:
		return ds_retrieve_label_endpt(d->info.key, &v->ep);
	case DSF_TYPE_MEM:
	case DSF_TYPE_MAP:
		return memory_get(who, d, type);
	default:
		return -EINVAL;
	}
}

int
do_is_ds_get(endpoint_t who, const struct is_ds_req *req,
    struct no_payload *rep)
{
	struct is_ds d;
	int r = request_fetch(who, req, &d);

	(void)rep;
	if (r == OK)
		r = value_get(who, &d);
	return r == OK ? request_give(who, req, &d) : r;
}

/* Publish a memory range of the caller. */
static int
memory_set(endpoint_t who, const struct is_ds *d, int flags)
{
	void *p;
	int r;

	if (d->length > DS_MAX_MEMLEN)
		return -E2BIG;
	if (d->length == 0)
		return -EINVAL;
	p = grant_memory_get(d->length);
	if (p == NULL)
		return -ENOMEM;
	r = sys_datacopy(who, d->data, SELF, vir_addr(p), d->length);
	if (r == OK)
		r = ds_publish_mem(d->info.key, p, d->length, flags);
	grant_memory_put(p, d->length);
	return r;
}

int
do_is_ds_set(endpoint_t who, const struct is_ds_req *req,
    struct no_payload *rep)
{
	struct is_ds d;
	int flags, r = request_fetch(who, req, &d);

	(void)rep;
	if (r != OK)
		return r;
	flags = (int)(d.info.flags & (DSF_MASK_PRIV | DSF_OVERWRITE));
	switch (d.info.flags & DSF_MASK_TYPE) {
	case DSF_TYPE_U32:
		return ds_publish_u32(d.info.key, d.info.value.u32, flags);
	case DSF_TYPE_STR:
		if (strnlen(d.info.value.str, DS_MAX_STRLEN) == DS_MAX_STRLEN)
			return -EINVAL;
		return ds_publish_str(d.info.key, d.info.value.str, flags);
	case DSF_TYPE_MEM:
		return memory_set(who, &d, flags);
	default:
		return -EINVAL; /* labels are RS's; IS has nothing to map */
	}
}

int
do_is_ds_delete(endpoint_t who, const struct is_ds_req *req,
    struct no_payload *rep)
{
	struct is_ds d;
	int r = request_fetch(who, req, &d);

	(void)rep;
	if (r != OK)
		return r;
	switch (d.info.flags & DSF_MASK_TYPE) {
	case DSF_TYPE_U32:
		return ds_delete_u32(d.info.key);
	case DSF_TYPE_STR:
		return ds_delete_str(d.info.key);
	case DSF_TYPE_MEM:
		return ds_delete_mem(d.info.key);
	default:
		return -EPERM; /* IS owns no others */
	}
}
