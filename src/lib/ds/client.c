/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store, for its clients. Every call has the same shape: grant DS
 * the key, send the request, take the grant back. A DS that was started again
 * runs somewhere else; RS knows where.
 */
#include <lacuna/ds.h>

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
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

/** Any request, and any reply. Each request begins with a key. */
union request {
	struct ds_key key;
	struct ds_publish_req publish;
	struct ds_retrieve_req retrieve;
	struct ds_subscribe_req subscribe;
	struct ds_delete_req delete;
	struct ds_retrieve_label_req label;
};

union reply {
	struct ds_retrieve_rep retrieve;
	struct ds_check_rep check;
};

/* Send a request. DS may read the key in name, or write one of any length
 * there. The reply is set only on success; it may be NULL. */
static int
ds_call(int type, const char *name, int access, union request *req,
    union reply *rep)
{
	size_t len = DS_MAX_KEYLEN;
	int r;

	if (access == CPF_READ) {
		len = strnlen(name, DS_MAX_KEYLEN) + 1;
		if (len < 2 || len > DS_MAX_KEYLEN)
			return -EINVAL;
	}
	do {
		req->key.len = len;
		req->key.gid =
		    cpf_grant_direct(ds, vir_addr(name), len, access);
		if (!GRANT_VALID(req->key.gid))
			return -ENOMEM;
		r = msg_call(ds, type, req, sizeof *req, rep,
		    rep != NULL ? sizeof *rep : 0);
		(void)cpf_revoke(req->key.gid); /* it has just been made */
	} while (r == -EDEADSRCDST && ds_moved());
	return r;
}

static int
publish(const char *name, uint32_t type, int flags, const union ds_value *value)
{
	union request req = { .publish.value = *value };

	req.publish.flags = type | ((uint32_t)flags & ~(uint32_t)DSF_MASK_TYPE);
	return ds_call(DS_PUBLISH, name, CPF_READ, &req, NULL);
}

static int
retrieve(const char *name, uint32_t type, union ds_value *value)
{
	union request req = { .retrieve.flags = type };
	union reply rep;
	int r;

	r = ds_call(DS_RETRIEVE, name, CPF_READ, &req, &rep);
	if (r == OK)
		*value = rep.retrieve.value;
	return r;
}

static int
entry_delete(const char *name, uint32_t type)
{
	union request req = { .delete.flags = type };

	return ds_call(DS_DELETE, name, CPF_READ, &req, NULL);
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
ds_retrieve_label_name(char *name, endpoint_t ep)
{
	union request req = { .label.ep = ep };

	return ds_call(DS_RETRIEVE_LABEL, name, CPF_WRITE, &req, NULL);
}

int
ds_delete_u32(const char *name)
{
	return entry_delete(name, DSF_TYPE_U32);
}

int
ds_delete_str(const char *name)
{
	return entry_delete(name, DSF_TYPE_STR);
}

int
ds_delete_label(const char *name)
{
	return entry_delete(name, DSF_TYPE_LABEL);
}

int
ds_subscribe(const char *regex, int flags)
{
	union request req = { .subscribe.flags = (uint32_t)flags };

	return ds_call(DS_SUBSCRIBE, regex, CPF_READ, &req, NULL);
}

int
ds_check(char *name, int *type, endpoint_t *owner)
{
	union request req = { .key.gid = GRANT_INVALID };
	union reply rep;
	int r;

	r = ds_call(DS_CHECK, name, CPF_WRITE, &req, &rep);
	if (r == OK && type != NULL)
		*type = (int)rep.check.type;
	if (r == OK && owner != NULL)
		*owner = rep.check.owner;
	return r;
}
