/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/ds/agent.h.
 */
#include "test/ds/agent.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

AGENT_CALLS(PROTO_HANDLER)
AGENT_CALLS(PROTO_UNPACK)

DS_CALLS(PROTO_STUB)

static unsigned int notified; /* by DS, since the last call */

/* Grant DS what the call says of a key. */
static int
key_grant(struct ds_key *key, const void *buf, uint32_t len, int access)
{
	key->gid = cpf_grant_direct(DS_PROC_NR, vir_addr(buf), len, access);
	key->len = len;
	return key->gid < 0 ? key->gid : OK;
}

static int
publish(struct agent_op *op)
{
	struct ds_publish_req req = { .flags = op->flags, .value = op->value };
	struct no_payload rep;
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_publish(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int
retrieve(struct agent_op *op)
{
	struct ds_retrieve_req req = { .flags = op->flags };
	struct ds_retrieve_rep rep = { .value = op->got };
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_retrieve(DS_PROC_NR, &req, &rep);
	op->got = rep.value;
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int delete (struct agent_op *op)
{
	struct ds_delete_req req = { .flags = op->flags };
	struct no_payload rep;
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_delete(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int
subscribe(struct agent_op *op)
{
	struct ds_subscribe_req req = { .flags = op->flags };
	struct no_payload rep;
	int r = key_grant(&req.regex, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_subscribe(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.regex.gid); /* we made it */
	return r;
}

static int
check(struct agent_op *op)
{
	struct ds_check_req req;
	struct ds_check_rep rep = { .owner = NONE };
	int r = key_grant(&req.key, op->name, DS_MAX_KEYLEN, CPF_WRITE);

	if (r != OK)
		return r;
	r = call_ds_check(DS_PROC_NR, &req, &rep);
	op->type = rep.type;
	op->owner = rep.owner;
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int
label(struct agent_op *op)
{
	struct ds_retrieve_label_req req = { .ep = op->owner };
	struct no_payload rep;
	int r = key_grant(&req.key, op->name, DS_MAX_KEYLEN, CPF_WRITE);

	if (r != OK)
		return r;
	r = call_ds_retrieve_label(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int
run(struct agent_op *op)
{
	switch (op->call) {
	case 0:
		return OK;
	case DS_PUBLISH:
		return publish(op);
	case DS_RETRIEVE:
		return retrieve(op);
	case DS_DELETE:
		return delete (op);
	case DS_SUBSCRIBE:
		return subscribe(op);
	case DS_CHECK:
		return check(op);
	case DS_RETRIEVE_LABEL:
		return label(op);
	default:
		return -EINVAL;
	}
}

int
do_agent_do(endpoint_t who, const struct agent_do_req *req,
    struct no_payload *rep)
{
	static struct agent_op op; /* granted, so not on the stack */
	int r;

	(void)rep;
	if (req->size != sizeof op)
		return -EINVAL;
	r = sys_datacopy(who, req->op, SELF, vir_addr(&op), sizeof op);
	if (r != OK)
		return r;
	if (op.keylen > sizeof op.key)
		return -EINVAL;
	op.notified = notified;
	notified = 0;
	op.result = run(&op);
	return sys_datacopy(SELF, vir_addr(&op), who, req->op, sizeof op);
}

static void
on_notified(endpoint_t from)
{
	if (from == DS_PROC_NR)
		notified++;
}

static const struct call_entry calls[] = { AGENT_CALLS(PROTO_ENTRY) };

static const struct server agent = {
	.name = "ds-agent",
	.base = AGENT_BASE,
	.ncalls = sizeof calls / sizeof calls[0],
	.calls = calls,
	.init_fresh = sef_cb_init_null,
	.init_restart = sef_cb_init_null,
	.notified = on_notified,
};

int
main(void)
{
	return server_run(&agent);
}
