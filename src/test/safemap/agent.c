/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/safemap/agent.h. Its children are copies of it:
 * a child waits, without privileges, until it is let go as an ordinary user
 * process, which can only look at its memory and exit.
 */
#include "test/safemap/agent.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/sysinfo.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>
#include <proto/pm_srv.h>
#include <proto/vm.h>

#include "test/safemap/hog.h"
#include "test/service/owner.h"

PROTO_STUB(VM_EXIT, vm_exit)
PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)
PROTO_STUB(PM_EXEC, pm_exec)
PROTO_STUB(PM_EXIT, pm_exit)
PROTO_STUB(PM_FORK, pm_fork)
PROTO_STUB(PM_PROC_LOOKUP, pm_proc_lookup)
PROTO_STUB(PM_WAIT, pm_wait)

#define PROGRAM "/test/safemap-agent"

static struct owner owner;
static unsigned char arena[ARENA_PAGES * PAGE_SIZE]
    __attribute__((aligned(4096)));
static char *const *arguments; /* of main() */

static volatile uint32_t *
at(vir_bytes addr)
{
	return (volatile uint32_t *)(uintptr_t)addr;
}

static int
room(const struct smap_op *op)
{
	struct vm_mmap_req req = {
		.addr = op->addr,
		.length = op->len,
		.prot = (uint32_t)op->access,
		.flags = op->addr != 0 ? VM_MAP_FIXED : 0,
	};
	struct vm_mmap_rep rep;
	int r = call_vm_mmap(VM_PROC_NR, &req, &rep);

	return r == OK ? (int)rep.addr : r;
}

static int
give(const struct smap_op *op)
{
	struct vm_munmap_req req = { op->addr, op->len };
	struct no_payload none;

	return call_vm_munmap(VM_PROC_NR, &req, &none);
}

static int
store(vir_bytes addr, vir_bytes len, uint32_t word)
{
	volatile uint32_t *p = at(addr);
	vir_bytes i;

	for (i = 0; i < len / sizeof *p; i++)
		p[i] = word + i;
	return OK;
}

/* Fetch the first word; is the rest what store() would have written, or
 * memory that nobody has touched? */
static int
load(vir_bytes addr, vir_bytes len, uint32_t *word)
{
	volatile uint32_t *p = at(addr);
	vir_bytes i;
	int r = OK;

	*word = p[0];
	for (i = 0; i < len / sizeof *p; i++)
		if (p[i] != (*word == 0 ? 0 : *word + i))
			r = -EIO;
	return r;
}

/* The same page of the grant again and again, at successive addresses. */
static int
many(struct smap_op *op)
{
	vir_bytes i;
	int r = OK;

	for (i = 0; i < op->len; i++) {
		r = sys_safemap(op->from, op->gid, op->offset,
		    op->addr + i * PAGE_SIZE, PAGE_SIZE, op->access);
		if (r != OK)
			break;
	}
	op->word = (uint32_t)r;
	return (int)i;
}

static int
none(const struct smap_op *op)
{
	vir_bytes i;
	int r = OK;

	for (i = 0; i < op->len && r == OK; i++)
		r = sys_safeunmap(op->addr + i * PAGE_SIZE);
	return r;
}

/* In the child: do what is wanted, and end. */
static _Noreturn void
child_main(const struct smap_child *todo)
{
	struct pm_exit_req req = { OK };
	struct no_payload never;
	uint32_t word;

	if (todo->call == S_STORE)
		(void)store(todo->addr, PAGE_SIZE, todo->word);
	if (todo->call == S_LOAD)
		req.status = load(todo->addr, PAGE_SIZE, &word) == OK
		    ? (int32_t)(word % CHILD_WORD)
		    : CHILD_BAD;
	for (;;)
		(void)call_pm_exit(PM_PROC_NR, &req, &never);
}

/* Where a process runs. */
static int
endpoint_of(int32_t pid, endpoint_t *ep)
{
	struct pm_proc_lookup_req req = { pid };
	struct pm_proc_lookup_rep rep;
	int r = call_pm_proc_lookup(PM_PROC_NR, &req, &rep);

	if (r == OK)
		*ep = rep.ep;
	return r;
}

static int
split(struct smap_op *op)
{
	struct no_payload req = { 0 };
	struct pm_fork_rep rep;
	int r = call_pm_fork(PM_PROC_NR, &req, &rep);

	if (r != OK)
		return r;
	if (rep.pid == 0)
		child_main(&op->child);
	r = endpoint_of(rep.pid, &op->who);
	return r == OK ? rep.pid : r;
}

static int
let_go(const struct smap_op *op)
{
	struct pm_wait_req wait = { op->who, 0 };
	struct pm_wait_rep end;
	endpoint_t ep;
	int r = endpoint_of(op->who, &ep);

	if (r == OK)
		r = sys_privctl(ep, SYS_PRIV_SET_USER, NULL);
	if (r == OK)
		r = sys_privctl(ep, SYS_PRIV_ALLOW, NULL);
	if (r == OK)
		r = call_pm_wait(PM_PROC_NR, &wait, &end);
	if (r != OK)
		return r;
	if ((end.status & 0x7f) != 0)
		return CHILD_SIGNAL + (end.status & 0x7f);
	return end.status >> 8 & 0xff;
}

/* Begin anew, as the same process with the same arguments. */
static int
again(void)
{
	static struct {
		uint32_t argc, argv[5], envp;
		char text[64];
	} frame;
	struct pm_exec_req req = { vir_addr(PROGRAM), sizeof PROGRAM,
		vir_addr(&frame), sizeof frame };
	struct no_payload never;
	size_t at = 0;
	int i;

	frame.argc = 4;
	for (i = 0; i < 4; i++) {
		const char *word = i < 3 ? arguments[i] : "again";

		frame.argv[i] =
		    (uint32_t)(offsetof(__typeof__(frame), text) + at);
		at +=
		    strlcpy(frame.text + at, word, sizeof frame.text - at) + 1;
	}
	return call_pm_exec(PM_PROC_NR, &req, &never);
}

/* Let VM do nothing for a while; only a little, as all need it. */
static int
pause_vm(const struct smap_op *op)
{
	struct message m;
	int r = sys_stop(VM_PROC_NR);

	if (r != OK)
		return r;
	(void)sys_setalarm(op->len, NULL);  /* arguments are right */
	(void)ipc_receive(CLOCK, &m, NULL); /* and so they are here */
	return sys_resume(VM_PROC_NR);
}

/* What the kernel says of mappings. */
static int
records(struct smap_op *op)
{
	static struct map_info table[NR_MAPS];
	int i, r = sys_getmaps(table);

	op->word = 0;
	op->info.grantee = NONE;
	for (i = 0; r == OK && i < NR_MAPS && table[i].grantee != NONE; i++) {
		if (table[i].grantee != op->who)
			continue;
		op->word++;
		if (table[i].window == op->addr)
			op->info = table[i];
	}
	return r == OK ? i : r;
}

static int
forget(const struct smap_op *op)
{
	struct vm_exit_req req = { op->who };
	struct no_payload none;

	return call_vm_exit(VM_PROC_NR, &req, &none);
}

/* A table with one record that the library would not make. */
static int
forge(const struct smap_op *op)
{
	static struct cp_grant table[1];

	table[0] = op->record;
	return sys_setgrant(table, 1);
}

static int
run_memory(struct smap_op *op)
{
	switch (op->call) {
	case S_ARENA:
		return (int)vir_addr(arena);
	case S_ROOM:
		return room(op);
	case S_GIVE:
		return give(op);
	case S_STORE:
		return store(op->addr, op->len, op->word);
	case S_LOAD:
		return load(op->addr, op->len, &op->word);
	case S_FORK:
		return split(op);
	case S_LET:
		return let_go(op);
	case S_AGAIN:
		return again();
	case S_PAUSE:
		return pause_vm(op);
	case S_FORGET:
		return forget(op);
	case S_RECORDS:
		return records(op);
	case S_HOG:
		return hog_take(op->len);
	case S_UNHOG:
		return hog_give((int)op->len);
	default:
		return -ENOSYS;
	}
}

static int
run_grant(const struct smap_op *op)
{
	switch (op->call) {
	case S_DIRECT:
		return cpf_grant_direct(op->who, op->addr, op->len, op->access);
	case S_INDIRECT:
		return cpf_grant_indirect(op->who, op->from, op->gid);
	case S_MAGIC:
		return cpf_grant_magic(op->who, op->from, op->addr, op->len,
		    op->access);
	case S_SET:
		return cpf_setgrant_direct(op->gid, op->who, op->addr, op->len,
		    op->access);
	case S_REVOKE:
		return cpf_revoke(op->gid);
	case S_DISABLE:
		return cpf_setgrant_disable(op->gid);
	case S_FORGE:
		return forge(op);
	default:
		return cpf_reload(); /* S_RESTORE */
	}
}

static int
run(struct smap_op *op)
{
	switch (op->call) {
	case S_FROM:
		return sys_safecopyfrom(op->from, op->gid, op->offset, op->addr,
		    op->len);
	case S_TO:
		return sys_safecopyto(op->from, op->gid, op->offset, op->addr,
		    op->len);
	case S_MAP:
		return sys_safemap(op->from, op->gid, op->offset, op->addr,
		    op->len, op->access);
	case S_UNMAP:
		return sys_safeunmap(op->addr);
	case S_REV_GID:
		return sys_saferevmap_gid(op->gid);
	case S_REV_ADDR:
		return sys_saferevmap_addr(op->addr);
	case S_MANY:
		return many(op);
	case S_NONE:
		return none(op);
	default:
		return op->call >= S_DIRECT && op->call <= S_RESTORE
		    ? run_grant(op)
		    : run_memory(op);
	}
}

static void
carry_out(void *work)
{
	struct smap_op *op = work;

	op->result = run(op);
}

static struct smap_op work; /* granted, so not on the stack */

static const struct owner_agent agent = {
	.name = "safemap-agent",
	.owner = &owner,
	.work = &work,
	.size = sizeof work,
	.carry_out = carry_out,
};

/* Answer the owner's knock, if it waits for that. */
static void
answer_knock(void)
{
	struct message m;

	memset(&m, 0, sizeof m);
	(void)ipc_sendnb(owner.ep, &m);
}

/* After exec: RS has nothing to say to this image, and the operation that it
 * owes its life to is done. The knock that belongs to it may have been heard
 * by the first image, or comes late. */
static _Noreturn void
second_life(void)
{
	struct message m;

	if (owner_work(&owner, &work, sizeof work) == OK) {
		work.result = OK;
		(void)owner_answer(&owner, &work, sizeof work); /* may die */
		answer_knock();
	}
	for (;;) {
		owner_step(&agent);
		(void)sys_setalarm(1, NULL); /* arguments are right */
		if (ipc_receive(ANY, &m, NULL) == OK && m.m_source == owner.ep)
			answer_knock();
	}
}

int
main(int argc, char *argv[])
{
	arguments = argv;
	if (argc > 3) {
		owner_init(&owner, argc, argv);
		second_life();
	}
	return owner_serve(&agent, argc, argv);
}
