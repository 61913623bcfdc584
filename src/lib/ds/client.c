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

/* Send a request that begins with a key. DS may read the key in name, or
 * write one of any length there. */
static int
ds_call(int type, const char *name, int access, void *req, size_t reqlen,
    void *rep, size_t replen)
{
	struct ds_key *key = req;
	size_t len = DS_MAX_KEYLEN;
	int r;

	if (access == CPF_READ) {
		len = strnlen(name, DS_MAX_KEYLEN) + 1;
		if (len < 2 || len > DS_MAX_KEYLEN)
			return -EINVAL;
	}
	do {
		key->len = len;
		key->gid = cpf_grant_direct(ds, vir_addr(name), len, access);
		if (!GRANT_VALID(key->gid))
			return -ENOMEM;
		r = msg_call(ds, type, req, reqlen, rep, replen);
		(void)cpf_revoke(key->gid); /* it has just been made */
	} while (r == -EDEADSRCDST && ds_moved());
	return r;
}

/* The types of request and reply go with the number: DS_CALL(DS_X, ds_x). */
#define DS_CALL(NR, name, key, access, req, rep)                               \
	ds_call(NR, key, access, req, sizeof(struct name##_req), rep,          \
	    sizeof(struct name##_rep))

static int
publish(const char *name, uint32_t type, int flags, const union ds_value *value)
{
	struct ds_publish_req req = { .value = *value };
	struct ds_publish_rep rep;

	req.flags = type | ((uint32_t)flags & ~(uint32_t)DSF_MASK_TYPE);
	return DS_CALL(DS_PUBLISH, ds_publish, name, CPF_READ, &req, &rep);
}

static int
retrieve(const char *name, uint32_t type, union ds_value *value)
{
	struct ds_retrieve_req req = { .flags = type, .gid = GRANT_INVALID };
	struct ds_retrieve_rep rep;
	int r;

	r = DS_CALL(DS_RETRIEVE, ds_retrieve, name, CPF_READ, &req, &rep);
	if (r == OK)
		*value = rep.value;
	return r;
}

static int
entry_delete(const char *name, uint32_t type)
{
	struct ds_delete_req req = { .flags = type };
	struct ds_delete_rep rep;

	return DS_CALL(DS_DELETE, ds_delete, name, CPF_READ, &req, &rep);
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
	struct ds_retrieve_label_req req = { .ep = ep };
	struct ds_retrieve_label_rep rep;

	return DS_CALL(DS_RETRIEVE_LABEL, ds_retrieve_label, name, CPF_WRITE,
	    &req, &rep);
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
	struct ds_subscribe_req req = { .flags = (uint32_t)flags };
	struct ds_subscribe_rep rep;

	return DS_CALL(DS_SUBSCRIBE, ds_subscribe, regex, CPF_READ, &req, &rep);
}

int
ds_check(char *name, int *type, endpoint_t *owner)
{
	struct ds_check_req req;
	struct ds_check_rep rep;
	int r;

	r = DS_CALL(DS_CHECK, ds_check, name, CPF_WRITE, &req, &rep);
	if (r == OK && type != NULL)
		*type = (int)rep.type;
	if (r == OK && owner != NULL)
		*owner = rep.owner;
	return r;
}
