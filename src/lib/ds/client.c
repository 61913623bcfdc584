/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store, for its clients. Every call has the same shape: grant DS
 * the key, send the request, take the grant back. A DS that was started again
 * runs somewhere else; RS knows where.
 */
#include "lib/ds/client.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <proto/rs.h>

static endpoint_t ds = DS_PROC_NR;

/* Ask RS where DS runs. Returns whether that is somewhere else than before. */
static bool
ds_moved(void)
{
	struct rs_lookup_req req = { .label = "ds" };
	struct rs_lookup_rep rep;
	int r;

	r = msg_call(RS_PROC_NR, RS_LOOKUP, &req, sizeof req, &rep, sizeof rep);
	if (r != OK || rep.ep == ds)
		return false;
	ds = rep.ep;
	return true;
}

endpoint_t
ds_endpoint(void)
{
	return ds;
}

int
ds_name_in(const char *name, struct ds_name *n)
{
	size_t len = strnlen(name, DS_MAX_KEYLEN) + 1;

	if (len < 2 || len > DS_MAX_KEYLEN)
		return -EINVAL;
	*n = (struct ds_name){ name, len, CPF_READ };
	return OK;
}

struct ds_name
ds_name_out(char *name)
{
	return (struct ds_name){ name, DS_MAX_KEYLEN, CPF_WRITE };
}

/* One attempt; range and its grant may be NULL. */
static int
attempt(int type, const struct ds_name *name, const struct ds_range *range,
    union ds_request *req, union ds_reply *rep)
{
	int r = -ENOMEM;

	if (range != NULL) {
		*range->gid = cpf_grant_direct(ds, range->addr, range->len,
		    range->access);
		if (!GRANT_VALID(*range->gid))
			return *range->gid == -EINVAL ? -EINVAL : -ENOMEM;
	}
	req->key.len = name->len;
	req->key.gid =
	    cpf_grant_direct(ds, vir_addr(name->at), name->len, name->access);
	if (GRANT_VALID(req->key.gid)) {
		r = msg_call(ds, type, req, sizeof *req, rep,
		    rep != NULL ? sizeof *rep : 0);
		(void)cpf_revoke(req->key.gid); /* it has just been made */
	}
	if (range != NULL && !(range->keep && r == OK))
		(void)cpf_revoke(*range->gid); /* likewise */
	return r;
}

int
ds_call(int type, const struct ds_name *name, const struct ds_range *range,
    union ds_request *req, union ds_reply *rep)
{
	int r;

	do
		r = attempt(type, name, range, req, rep);
	while (r == -EDEADSRCDST && ds_moved());
	return r;
}

/* A request about an entry, whose key DS reads. */
static int
entry_call(int type, const char *name, union ds_request *req,
    union ds_reply *rep)
{
	struct ds_name key;
	int r = ds_name_in(name, &key);

	return r == OK ? ds_call(type, &key, NULL, req, rep) : r;
}

static int
publish(const char *name, uint32_t type, int flags, const union ds_value *value)
{
	union ds_request req = { .publish.value = *value };

	req.publish.flags = ds_flags(type, flags);
	return entry_call(DS_PUBLISH, name, &req, NULL);
}

static int
retrieve(const char *name, uint32_t type, union ds_value *value)
{
	union ds_request req = { .retrieve.flags = type };
	union ds_reply rep;
	int r;

	r = entry_call(DS_RETRIEVE, name, &req, &rep);
	if (r == OK)
		*value = rep.retrieve.value;
	return r;
}

int
ds_delete(const char *name, uint32_t type)
{
	union ds_request req = { .delete.flags = type };

	return entry_call(DS_DELETE, name, &req, NULL);
}

int
ds_publish_u32(const char *name, uint32_t val, int flags)
{
	return publish(name, DSF_TYPE_U32, flags,
	    &(union ds_value){ .u32 = val });
}

int
ds_publish_str(const char *name, const char *val, int flags)
{
	union ds_value value = { .str = "" };

	if (strlcpy(value.str, val, sizeof value.str) >= sizeof value.str)
		return -EINVAL;
	return publish(name, DSF_TYPE_STR, flags, &value);
}

int
ds_publish_label(const char *name, endpoint_t ep, int flags)
{
	return publish(name, DSF_TYPE_LABEL, flags,
	    &(union ds_value){ .ep = ep });
}

int
ds_retrieve_u32(const char *name, uint32_t *val)
{
	union ds_value value;
	int r = retrieve(name, DSF_TYPE_U32, &value);

	if (r == OK)
		*val = value.u32;
	return r;
}

int
ds_retrieve_str(const char *name, char *val, size_t len)
{
	union ds_value value;
	int r = retrieve(name, DSF_TYPE_STR, &value);

	if (r != OK)
		return r;
	value.str[DS_MAX_STRLEN - 1] = '\0';
	if (strlen(value.str) >= len)
		return -E2BIG;
	strlcpy(val, value.str, len);
	return OK;
}

int
ds_retrieve_label_endpt(const char *name, endpoint_t *ep)
{
	union ds_value value;
	int r = retrieve(name, DSF_TYPE_LABEL, &value);

	if (r == OK)
		*ep = value.ep;
	return r;
}

int
ds_retrieve_label_num(const char *name, uint32_t *num)
{
	endpoint_t ep;
	int r = ds_retrieve_label_endpt(name, &ep);

	if (r == OK)
		*num = (uint32_t)ep;
	return r;
}

int
ds_retrieve_label_name(char *name, endpoint_t ep)
{
	const struct ds_name key = ds_name_out(name);
	union ds_request req = { .label.ep = ep };

	return ds_call(DS_RETRIEVE_LABEL, &key, NULL, &req, NULL);
}

int
ds_delete_u32(const char *name)
{
	return ds_delete(name, DSF_TYPE_U32);
}

int
ds_delete_str(const char *name)
{
	return ds_delete(name, DSF_TYPE_STR);
}

int
ds_delete_label(const char *name)
{
	return ds_delete(name, DSF_TYPE_LABEL);
}

int
ds_subscribe(const char *regex, int flags)
{
	union ds_request req = { .subscribe.flags = (uint32_t)flags };

	return entry_call(DS_SUBSCRIBE, regex, &req, NULL);
}

int
ds_check(char *name, int *type, endpoint_t *owner)
{
	const struct ds_name key = ds_name_out(name);
	union ds_request req = { .key.gid = GRANT_INVALID };
	union ds_reply rep;
	int r;

	r = ds_call(DS_CHECK, &key, NULL, &req, &rep);
	if (r == OK && type != NULL)
		*type = (int)rep.check.type;
	if (r == OK && owner != NULL)
		*owner = rep.check.owner;
	return r;
}

int
ds_list(struct ds_info *info, uint32_t *next)
{
	const struct ds_name room = { info, sizeof *info, CPF_WRITE };
	union ds_request req = { .list.from = *next };
	union ds_reply rep;
	int r = ds_call(DS_LIST, &room, NULL, &req, &rep);

	if (r == OK)
		*next = rep.list.next;
	return r;
}
