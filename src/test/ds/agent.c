/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/ds/agent.h.
 */
#include "test/ds/agent.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>

#include "test/service/owner.h"

DS_CALLS(PROTO_STUB)

static struct owner owner;
static unsigned int notified; /* by DS, since the last call */

static uint8_t range[AGENT_MEMORY] __attribute__((aligned(PAGE_SIZE)));
static uint8_t window[AGENT_MEMORY] __attribute__((aligned(PAGE_SIZE)));
static cp_grant_id_t mapped = GRANT_INVALID; /* of the range */

/* Grant DS what the call says of a key. */
static int
key_grant(struct ds_key *key, const void *buf, uint32_t len, int access)
{
	key->gid = cpf_grant_direct(DS_PROC_NR, vir_addr(buf), len, access);
	key->len = len;
	return key->gid < 0 ? key->gid : OK;
}

/* Grant DS what it is to read of a value. */
static cp_grant_id_t
value_grant(struct agent_op *op)
{
	int access = CPF_READ;

	if (op->flags & DSF_TYPE_MAP)
		access |= CPF_MAP;
	op->value.mem.len = op->len;
	op->value.mem.gid =
	    cpf_grant_direct(DS_PROC_NR, vir_addr(range), op->granted, access);
	return op->value.mem.gid;
}

/* Is the value memory? */
static bool
is_memory(const struct agent_op *op)
{
	return (op->flags & (DSF_TYPE_MEM | DSF_TYPE_MAP)) != 0 && op->len > 0;
}

static int
publish(struct agent_op *op)
{
	const cp_grant_id_t gid =
	    is_memory(op) ? value_grant(op) : GRANT_INVALID;
	struct ds_publish_req req = { .flags = op->flags, .value = op->value };
	struct no_payload rep;
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_publish(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	if (r == OK && op->flags & DSF_TYPE_MAP)
		mapped = gid; /* stays as long as the entry */
	else if (GRANT_VALID(gid))
		(void)cpf_revoke(gid);
	return r;
}

static int
retrieve(struct agent_op *op)
{
	struct ds_retrieve_req req = { .flags = op->flags,
		.snapshot = op->snapshot,
		.len = op->len };
	struct ds_retrieve_rep rep = { .value = op->got };
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	req.gid = cpf_grant_direct(DS_PROC_NR, vir_addr(window), op->granted,
	    CPF_WRITE);
	r = call_ds_retrieve(DS_PROC_NR, &req, &rep);
	op->got = rep.value;
	(void)cpf_revoke(req.gid);
	(void)cpf_revoke(req.key.gid); /* we made them */
	return r;
}

static int
snapshot(struct agent_op *op)
{
	struct ds_snapshot_req req = { .flags = DSF_TYPE_MAP };
	struct ds_snapshot_rep rep = { .snapshot = -1 };
	int r = key_grant(&req.key, op->key, op->keylen, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_snapshot(DS_PROC_NR, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	op->snapshot = rep.snapshot;
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

/* What DS is not asked for. */
static int
run_alone(struct agent_op *op)
{
	const vir_bytes to = vir_addr(window);

	if (op->offset >= AGENT_MEMORY || op->len > AGENT_MEMORY - op->offset)
		return -EINVAL;
	switch (op->call) {
	case AGENT_NOTHING:
		return OK;
	case AGENT_POKE:
		return sys_datacopy(owner.ep, op->memory, SELF,
		    vir_addr(&range[op->offset]), op->len);
	case AGENT_PEEK:
		return sys_datacopy(SELF, vir_addr(&window[op->offset]),
		    owner.ep, op->memory, op->len);
	case AGENT_MAP:
	case AGENT_MAP_WRITE:
		return sys_safemap(DS_PROC_NR, op->got.mem.gid, 0, to, op->len,
		    op->call == AGENT_MAP_WRITE);
	case AGENT_UNMAP:
		return sys_safeunmap(to);
	case AGENT_REVOKE:
		return cpf_revoke(mapped);
	default:
		return -EINVAL;
	}
}

static int
run(struct agent_op *op)
{
	switch (op->call) {
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
	case DS_SNAPSHOT:
		return snapshot(op);
	default:
		return run_alone(op);
	}
}

static void
carry_out(void *work)
{
	struct agent_op *op = work;

	op->notified = notified;
	op->range = vir_addr(range);
	op->window = vir_addr(window);
	notified = 0;
	op->result = op->keylen <= sizeof op->key ? run(op) : -EINVAL;
}

static void
on_notified(endpoint_t from)
{
	if (from == DS_PROC_NR)
		notified++;
}

int
main(int argc, char **argv)
{
	static struct agent_op op; /* granted, so not on the stack */
	static const struct owner_agent agent = {
		.name = "ds-agent",
		.owner = &owner,
		.work = &op,
		.size = sizeof op,
		.carry_out = carry_out,
		.notified = on_notified,
	};

	return owner_serve(&agent, argc, argv);
}
