/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/ipc/agent.h.
 */
#include "test/ipc/agent.h"

#include <lacuna/asynsend.h>
#include <lacuna/ipc.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "test/service/owner.h"

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)

static struct asynmsg static_table[TABLE_MAX];
static struct asynmsg *table = static_table;

/* Wait for the clock; nothing else is received. */
static void
sleep_ticks(uint32_t ticks)
{
	struct message m;

	(void)sys_setalarm(ticks, NULL); /* arguments are right */
	while (ipc_receive(CLOCK, &m, NULL) != OK)
		;
}

/* Every word of the body is made from the value: torn messages show. */
static void
fill(struct message *m, int32_t type, uint32_t value)
{
	size_t i;

	m->m_source = NONE;
	m->m_type = type;
	for (i = 0; i < MSG_BODY / 4; i++)
		m->m_body[i] = value + (uint32_t)i;
}

/* Note what was received. A torn message has no value. */
static void
note(struct script_op *op, const struct message *m)
{
	size_t i;

	op->from = m->m_source;
	op->type = m->m_type;
	op->value = m->m_body[0];
	if (is_ipc_notify((unsigned)op->status))
		return;
	for (i = 0; i < MSG_BODY / 4; i++)
		if (m->m_body[i] != m->m_body[0] + i)
			op->value = ~0u;
}

static void
entry_fill(const struct script_op *op)
{
	struct asynmsg *e = &table[op->arg];

	e->dst = op->peer;
	e->result = 0;
	fill(&e->msg, op->type, op->value);
	e->flags = op->flags;
}

static int
stream(const struct script_op *op)
{
	struct message m;
	uint32_t i;
	int r = OK;

	for (i = 0; i < (uint32_t)op->arg && r == OK; i++) {
		fill(&m, op->type, i);
		r = asynsend(op->peer, &m);
	}
	return r;
}

/* A table that can go away. */
static int
table_move(void)
{
	struct vm_mmap_req req = { .length = 4096,
		.prot = VM_PROT_READ | VM_PROT_WRITE };
	struct vm_mmap_rep rep;
	int r = call_vm_mmap(VM_PROC_NR, &req, &rep);

	if (r == OK)
		table = (struct asynmsg *)(uintptr_t)rep.addr;
	return r;
}

static int
table_unmap(void)
{
	struct vm_munmap_req req = { .addr = vir_addr(table), .length = 4096 };
	struct no_payload rep;

	table = static_table;
	return call_vm_munmap(VM_PROC_NR, &req, &rep);
}

static int
error_fetch(struct script_op *op)
{
	struct message m;
	int result;

	if (!asyn_geterror(&op->from, &m, &result))
		return 1; /* no error is positive */
	op->type = m.m_type;
	op->value = m.m_body[0];
	return result;
}

/* What is no primitive. */
static int
other(struct script_op *op)
{
	int status;

	switch (op->call) {
	case OP_SLEEP:
		sleep_ticks((uint32_t)op->arg);
		return OK;
	case OP_ENTRY:
		entry_fill(op);
		return OK;
	case OP_RESULT:
		op->flags = table[op->arg].flags;
		return table[op->arg].result;
	case OP_STREAM:
		return stream(op);
	case OP_ERROR:
		return error_fetch(op);
	case OP_MOVE:
		return table_move();
	case OP_UNMAP:
		return table_unmap();
	case OP_TRAP:
		return ipc_trap(op->arg, op->peer, (void *)(uintptr_t)op->value,
		    &status);
	default:
		return -EINVAL;
	}
}

/* A primitive with a message. */
static int
primitive(struct script_op *op, struct message *m)
{
	int status = 0, r;

	switch (op->call) {
	case SEND:
		return ipc_send(op->peer, m);
	case SENDNB:
		return ipc_sendnb(op->peer, m);
	case NOTIFY:
		return ipc_notify(op->peer);
	case SENDA:
		return ipc_senda(op->arg > 0 ? table : NULL, (size_t)op->arg);
	case OP_ASYNSEND:
		return asynsend3(op->peer, m, op->flags);
	case RECEIVE:
	case SENDREC:
		r = ipc_trap(op->call, op->peer, m, &status);
		op->status = (uint32_t)status;
		if (r == OK)
			note(op, m);
		return r;
	default:
		return other(op);
	}
}

static void
run(struct script *s)
{
	struct message m;
	uint32_t i;

	for (i = 0; i < s->n && i < SCRIPT_MAX; i++) {
		fill(&m, s->op[i].type, s->op[i].value);
		s->op[i].result = primitive(&s->op[i], &m);
	}
}

int
main(int argc, char *argv[])
{
	static struct script script;
	static struct owner owner;

	owner_init(&owner, argc, argv);
	sef_startup();
	for (;;) {
		sleep_ticks(1);
		if (owner_work(&owner, &script, sizeof script) != OK)
			continue;
		run(&script);
		(void)owner_answer(&owner, &script, sizeof script);
	}
}
