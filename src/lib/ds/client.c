/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The data store, for its clients. Every call has the same shape: grant DS
 * the key, send the request, take the grant back.
 */
#include <lacuna/ds.h>

#include <lacuna/ipc.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>

DS_CALLS(PROTO_STUB)

/* Grant DS the key in name: to read it, or to write one of any length. */
static int
key_grant(struct ds_key *key, const char *name, int access)
{
	size_t len = DS_MAX_KEYLEN;

	if (access == CPF_READ) {
		len = strnlen(name, DS_MAX_KEYLEN) + 1;
		if (len < 2 || len > DS_MAX_KEYLEN)
			return -EINVAL;
	}
	key->gid = cpf_grant_direct(DS_PROC_NR, vir_addr(name), len, access);
	key->len = len;
	return GRANT_VALID(key->gid) ? OK : -ENOMEM;
}

/* Take the grant back. The result of the call stands, whatever happens. */
static int
key_done(const struct ds_key *key, int r)
{
	(void)cpf_revoke(key->gid); /* valid: key_grant() has just made it */
	return r;
}

static int
publish(const char *name, uint32_t type, int flags, const union ds_value *value)
{
	struct ds_publish_req req = { .value = *value };
	struct ds_publish_rep rep;
	int r;

	r = key_grant(&req.key, name, CPF_READ);
	if (r != OK)
		return r;
	req.flags = type | ((uint32_t)flags & ~(uint32_t)DSF_MASK_TYPE);
	return key_done(&req.key, call_ds_publish(DS_PROC_NR, &req, &rep));
}

static int
retrieve(const char *name, uint32_t type, union ds_value *value)
{
	struct ds_retrieve_req req = { .flags = type, .gid = GRANT_INVALID };
	struct ds_retrieve_rep rep;
	int r;

	r = key_grant(&req.key, name, CPF_READ);
	if (r != OK)
		return r;
	r = key_done(&req.key, call_ds_retrieve(DS_PROC_NR, &req, &rep));
	if (r == OK)
		*value = rep.value;
	return r;
}

static int
entry_delete(const char *name, uint32_t type)
{
	struct ds_delete_req req = { .flags = type };
	struct ds_delete_rep rep;
	int r;

	r = key_grant(&req.key, name, CPF_READ);
	if (r != OK)
		return r;
	return key_done(&req.key, call_ds_delete(DS_PROC_NR, &req, &rep));
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
	int r;

	r = key_grant(&req.key, name, CPF_WRITE);
	if (r != OK)
		return r;
	return key_done(&req.key,
	    call_ds_retrieve_label(DS_PROC_NR, &req, &rep));
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
	int r;

	r = key_grant(&req.regex, regex, CPF_READ);
	if (r != OK)
		return r;
	return key_done(&req.regex, call_ds_subscribe(DS_PROC_NR, &req, &rep));
}

int
ds_check(char *name, int *type, endpoint_t *owner)
{
	struct ds_check_req req;
	struct ds_check_rep rep;
	int r;

	r = key_grant(&req.key, name, CPF_WRITE);
	if (r != OK)
		return r;
	r = key_done(&req.key, call_ds_check(DS_PROC_NR, &req, &rep));
	if (r == OK && type != NULL)
		*type = (int)rep.type;
	if (r == OK && owner != NULL)
		*owner = rep.owner;
	return r;
}
