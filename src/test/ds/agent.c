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

#include "test/service/owner.h"

DS_CALLS(PROTO_STUB)

static struct owner owner;
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

/* A clock tick: is there something to do? Set the next one in any case. */
static void
on_tick(clock_ticks now)
{
	static struct agent_op op; /* granted, so not on the stack */

	(void)now;
	if (owner_work(&owner, &op, sizeof op) == OK) {
		op.notified = notified;
		notified = 0;
		op.result = op.keylen <= sizeof op.key ? run(&op) : -EINVAL;
		(void)owner_answer(&owner, &op, sizeof op); /* it may die */
	}
	(void)sys_setalarm(1, 0); /* arguments are right */
}

/* Whether first start or not, the owner's memory tells what is to be done. */
static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return sys_setalarm(1, 0);
}

static void
on_notified(endpoint_t from)
{
	if (from == DS_PROC_NR)
		notified++;
}

static const struct server agent = {
	.name = "ds-agent",
	.init_fresh = init,
	.init_restart = init,
	.alarm = on_tick,
	.notified = on_notified,
};

int
main(int argc, char **argv)
{
	owner_init(&owner, argc, argv);
	return server_run(&agent);
}
