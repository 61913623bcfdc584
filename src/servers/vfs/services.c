/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Other services, see servers/vfs/services.h. */
#include "servers/vfs/services.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/limits.h>
#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/ds.h>
#include <proto/rs.h>

static struct fs_peer ds = { .ep = DS_PROC_NR };
static struct fs_peer rs = { .ep = RS_PROC_NR };

static cp_grant_id_t table_gid = GRANT_INVALID;

void
services_init(cp_grant_id_t rproctab_gid)
{
	table_gid = rproctab_gid;
}

const struct rprocpub *
services_read(void)
{
	static struct rprocpub table[NR_SYS_PROCS]; /* large for a stack */
	int r = sys_safecopyfrom(RS_PROC_NR, table_gid, 0, vir_addr(table),
	    sizeof table);

	return r == OK ? table : NULL;
}

bool
service_exists(const char *label)
{
	const struct rprocpub *table = services_read();
	int i;

	for (i = 0; table != NULL && i < NR_SYS_PROCS; i++)
		if (table[i].in_use != 0 && strcmp(table[i].label, label) == 0)
			return true;
	return table == NULL; /* who knows */
}

bool
service_has_files(endpoint_t ep)
{
	const struct rprocpub *table = services_read();
	int i;

	for (i = 0; table != NULL && i < NR_SYS_PROCS; i++)
		if (table[i].in_use != 0 && table[i].endpoint == ep)
			return (table[i].sys_flags & SF_FILES) != 0;
	return false;
}

struct fs_peer *
service_peer(endpoint_t ep)
{
	if (ep == ds.ep)
		return &ds;
	return ep == rs.ep ? &rs : NULL;
}

/* A DS that was started again is known to RS. */
static int
ds_find(void)
{
	struct rs_lookup_req req = { .label = "ds" };
	struct rs_lookup_rep rep;
	int r;

	if (ds.ep != NONE)
		return OK;
	r = fs_call(&rs, RS_LOOKUP, &req, sizeof req, &rep, sizeof rep);
	if (r != OK)
		return -EIO;
	ds.ep = rep.ep;
	return ds.ep != NONE ? OK : -EIO;
}

/** Requests and replies; each request begins with a key. */
union ds_request {
	struct ds_key key;
	struct ds_retrieve_req retrieve;
	struct ds_subscribe_req subscribe;
	struct ds_check_req check;
};

union ds_reply {
	struct ds_retrieve_rep retrieve;
	struct ds_check_rep check;
};

/* Ask DS; it may read, or write, len bytes of key. */
static int
ask(int type, union ds_request *req, const char *key, uint32_t len, int access,
    union ds_reply *rep)
{
	int r = ds_find();

	if (r != OK)
		return r;
	req->key.len = len;
	req->key.gid = cpf_grant_direct(ds.ep, (vir_bytes)key, len, access);
	if (!GRANT_VALID(req->key.gid))
		return -ENOMEM;
	r = fs_call(&ds, type, req, sizeof *req, rep, sizeof *rep);
	(void)cpf_revoke(req->key.gid); /* it has just been made */
	return r;
}

int
service_find(const char *label, endpoint_t *ep)
{
	union ds_request req = { .retrieve.flags = DSF_TYPE_LABEL };
	union ds_reply rep;
	int r = ask(DS_RETRIEVE, &req, label, (uint32_t)strlen(label) + 1,
	    CPF_READ, &rep);

	if (r == OK)
		*ep = rep.retrieve.value.ep;
	return r;
}

int
service_listen(void)
{
	static const char any[] = ".*";
	char key[DS_MAX_KEYLEN];
	union ds_request req = { 0 };
	union ds_reply rep;
	int r;

	do {
		r = ask(DS_CHECK, &req, key, sizeof key, CPF_WRITE, &rep);
	} while (r == OK); /* whatever it was, we look for our own */
	if (r == -ENOENT)
		return OK;
	memset(&req, 0, sizeof req);
	req.subscribe.flags = DSF_TYPE_LABEL | DSF_OVERWRITE;
	return ask(DS_SUBSCRIBE, &req, any, sizeof any, CPF_READ, &rep);
}
