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

#include "test/service/nameless.h"
#include "test/service/owner.h"

DS_CALLS(PROTO_STUB)

static struct owner owner;
static struct agent_work work; /* granted, so not on the stack */
static struct agent_op list[AGENT_LIST_MAX];

static uint8_t range[AGENT_MEMORY] __attribute__((aligned(PAGE_SIZE)));
static uint8_t window[AGENT_MEMORY] __attribute__((aligned(PAGE_SIZE)));
static cp_grant_id_t mapped = GRANT_INVALID; /* of the range */

/* Grant DS what the call says of a key, in a buffer of AGENT_KEY_ROOM. */
static int
key_grant(const struct agent_op *op, struct ds_key *key, const void *buf,
    int access)
{
	if (op->keygrant > AGENT_KEY_ROOM)
		return -EINVAL;
	key->gid =
	    cpf_grant_direct(op->ds, vir_addr(buf), op->keygrant, access);
	key->len = op->keylen;
	return key->gid < 0 ? key->gid : OK;
}

/* Grant DS memory from an offset on. */
static cp_grant_id_t
memory_grant(const struct agent_op *op, uint8_t *memory, int access)
{
	if (op->access != 0)
		access = (int)op->access;
	return cpf_grant_direct(op->ds, vir_addr(&memory[op->offset]),
	    op->granted, access);
}

/* Is the value memory? */
static bool
is_memory(const struct agent_op *op)
{
	return (op->flags & (DSF_TYPE_MEM | DSF_TYPE_MAP)) != 0 &&
	    op->granted > 0;
}

/* Grant DS what it is to read of a value. */
static cp_grant_id_t
value_grant(struct agent_op *op)
{
	const int map = op->flags & DSF_TYPE_MAP ? CPF_MAP : 0;

	op->value.mem.len = op->len;
	op->value.mem.gid = memory_grant(op, range, CPF_READ | map);
	return op->value.mem.gid;
}

static int
publish(struct agent_op *op)
{
	const cp_grant_id_t gid =
	    is_memory(op) ? value_grant(op) : GRANT_INVALID;
	struct ds_publish_req req = { .flags = op->flags, .value = op->value };
	struct no_payload rep;
	int r = key_grant(op, &req.key, op->key, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_publish(op->ds, &req, &rep);
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
	uint8_t *to = &window[op->offset];
	int r = key_grant(op, &req.key, op->key, CPF_READ);

	if (r != OK)
		return r;
	memset(to, AGENT_BLANK, op->granted);
	req.gid = memory_grant(op, window, CPF_WRITE);
	r = call_ds_retrieve(op->ds, &req, &rep);
	op->got = rep.value;
	if (op->granted > 0)
		op->sum = agent_sum(to, op->granted);
	(void)cpf_revoke(req.gid);
	(void)cpf_revoke(req.key.gid); /* we made them */
	return r;
}

static int
snapshot(struct agent_op *op)
{
	struct ds_snapshot_req req = { .flags = op->flags };
	struct ds_snapshot_rep rep = { .snapshot = -1 };
	int r = key_grant(op, &req.key, op->key, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_snapshot(op->ds, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	op->snapshot = rep.snapshot;
	return r;
}

static int delete (struct agent_op *op)
{
	struct ds_delete_req req = { .flags = op->flags };
	struct no_payload rep;
	int r = key_grant(op, &req.key, op->key, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_delete(op->ds, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

static int
subscribe(struct agent_op *op)
{
	struct ds_subscribe_req req = { .flags = op->flags };
	struct no_payload rep;
	int r = key_grant(op, &req.regex, op->key, CPF_READ);

	if (r != OK)
		return r;
	r = call_ds_subscribe(op->ds, &req, &rep);
	(void)cpf_revoke(req.regex.gid); /* we made it */
	return r;
}

static int
check(struct agent_op *op)
{
	struct ds_check_req req;
	struct ds_check_rep rep = { .owner = NONE };
	int r = key_grant(op, &req.key, op->name, CPF_WRITE);

	if (r != OK)
		return r;
	memset(op->name, '~', sizeof op->name); /* shows a missing NUL */
	op->name[sizeof op->name - 1] = '\0';
	r = call_ds_check(op->ds, &req, &rep);
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
	int r = key_grant(op, &req.key, op->name, CPF_WRITE);

	if (r != OK)
		return r;
	r = call_ds_retrieve_label(op->ds, &req, &rep);
	(void)cpf_revoke(req.key.gid); /* we made it */
	return r;
}

/* Give the program the store, entry by entry; len says for how many there is
 * room, and then how many there are. */
static int
entries(struct agent_op *op)
{
	static struct ds_info info;
	struct ds_list_req req = { .info.len = sizeof info };
	struct ds_list_rep rep;
	const uint32_t room = op->len;
	int r = OK;

	req.info.gid =
	    cpf_grant_direct(op->ds, vir_addr(&info), sizeof info, CPF_WRITE);
	if (!GRANT_VALID(req.info.gid))
		return req.info.gid;
	for (op->len = 0; op->len < room; op->len++, req.from = rep.next) {
		r = call_ds_list(op->ds, &req, &rep);
		if (r == OK)
			r = sys_datacopy(SELF, vir_addr(&info), owner.ep,
			    op->memory + op->len * sizeof info, sizeof info);
		if (r != OK)
			break;
	}
	(void)cpf_revoke(req.info.gid); /* we made it */
	return r == -ENOENT ? OK : r;
}

static int run(struct agent_op *op);

/* A list of calls, in the program's memory. */
static int
run_list(const struct agent_op *op)
{
	const uint32_t bytes = op->len * sizeof list[0];
	uint32_t i;
	int r;

	if (op->len > AGENT_LIST_MAX)
		return -EINVAL;
	r = sys_datacopy(owner.ep, op->memory, SELF, vir_addr(list), bytes);
	if (r != OK)
		return r;
	for (i = 0; i < op->len; i++)
		list[i].result = run(&list[i]);
	return sys_datacopy(SELF, vir_addr(list), owner.ep, op->memory, bytes);
}

/* What DS is not asked for. */
static int
run_alone(struct agent_op *op)
{
	const vir_bytes to = vir_addr(window);

	switch (op->call) {
	case AGENT_NOTHING:
		return OK;
	case AGENT_ENTRIES:
		return entries(op);
	case AGENT_POKE:
		return sys_datacopy(owner.ep, op->memory, SELF,
		    vir_addr(&range[op->offset]), op->len);
	case AGENT_PEEK:
		return sys_datacopy(SELF, vir_addr(&window[op->offset]),
		    owner.ep, op->memory, op->len);
	case AGENT_MAP:
	case AGENT_MAP_WRITE:
		return sys_safemap(op->ds, op->got.mem.gid, 0, to, op->len,
		    op->call == AGENT_MAP_WRITE);
	case AGENT_UNMAP:
		return sys_safeunmap(to);
	case AGENT_STORE:
		return sys_safecopyto(op->ds, op->got.mem.gid, 0,
		    vir_addr(range), 1);
	case AGENT_REVOKE:
		return cpf_revoke(mapped);
	default:
		return -EINVAL;
	}
}

static int
run_here(struct agent_op *op)
{
	op->range = vir_addr(range);
	op->window = vir_addr(window);
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
	case AGENT_LIST:
		return run_list(op);
	default:
		return run_alone(op);
	}
}

static struct agent_op *child_op; /* what a child is to do */

/* In a child that has no label. */
static int
run_child(void)
{
	return -run_here(child_op);
}

static int
run(struct agent_op *op)
{
	const uint32_t most = AGENT_MEMORY - op->offset;

	if (op->call != AGENT_LIST && op->call != AGENT_ENTRIES &&
	    (op->offset >= AGENT_MEMORY || op->granted > most))
		return -EINVAL;
	if (!op->nameless)
		return run_here(op);
	child_op = op;
	return -nameless(run_child);
}

static uint32_t notified; /* by DS, since the last call */

static void
carry_out(void *unused)
{
	(void)unused;
	work.notified = notified;
	notified = 0;
	work.op.result = run(&work.op);
}

/* Besides DS, RS asks whether we live; and we may not know yet where DS is. */
static void
on_notified(endpoint_t from)
{
	if (from != RS_PROC_NR && from != PM_PROC_NR)
		notified++;
}

int
main(int argc, char **argv)
{
	static const struct owner_agent agent = {
		.name = "ds-agent",
		.owner = &owner,
		.work = &work,
		.size = sizeof work,
		.carry_out = carry_out,
		.notified = on_notified,
	};

	return owner_serve(&agent, argc, argv);
}
