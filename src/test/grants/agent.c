/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/grants/agent.h.
 */
#include "test/grants/agent.h"

#include <lacuna/ds.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "test/service/owner.h"

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)
PROTO_STUB(DS_PUBLISH, ds_publish)

static struct owner owner;
static unsigned char arena[ARENA] __attribute__((aligned(4096)));

/* Two pages, of which the second is given back. */
static int
fresh(void)
{
	struct vm_mmap_req req = { .length = 8192,
		.prot = VM_PROT_READ | VM_PROT_WRITE };
	struct vm_mmap_rep rep;
	struct vm_munmap_req un = { .length = 4096 };
	struct no_payload none;
	int r = call_vm_mmap(VM_PROC_NR, &req, &rep);

	if (r != OK)
		return r;
	un.addr = rep.addr + 4096;
	r = call_vm_munmap(VM_PROC_NR, &un, &none);
	return r == OK ? (int)rep.addr : r;
}

/* The same grant again and again, each time revoked. */
static int
churn(const struct grant_op *op)
{
	cp_grant_id_t gid = GRANT_INVALID;
	vir_bytes i;
	int r = OK;

	for (i = 0; i < op->len && r == OK; i++) {
		gid = cpf_grant_direct(op->who, op->addr, 16, CPF_READ);
		r = GRANT_VALID(gid) ? cpf_revoke(gid) : gid;
	}
	return r == OK ? gid : r;
}

/* A table with one record that the library would not make. */
static int
forge(const struct grant_op *op)
{
	static struct cp_grant table[1];

	table[0] = op->record;
	return sys_setgrant(table, 1);
}

/* Have DS read a key through a grant that is not ours. */
static int
depute(const struct grant_op *op)
{
	struct ds_publish_req req = { .key = { op->gid, op->len },
		.flags = DSF_TYPE_U32 };
	struct no_payload none;

	return call_ds_publish(DS_PROC_NR, &req, &none);
}

/* Calls of a library that makes grants, and that fail. */
static int
leak(const struct grant_op *op)
{
	uint32_t value;
	vir_bytes i;
	int r = -ESRCH;

	for (i = 0; i < op->len && r == -ESRCH; i++)
		r = ds_retrieve_u32("grants.nothing", &value);
	return r == -ESRCH ? ds_publish_str("", "x", 0) : r;
}

static int
umap(const struct grant_op *op)
{
	phys_bytes phys;

	return sys_umap_grant(op->from, op->gid, op->offset, op->len,
	    op->access, &phys);
}

static int
grant(const struct grant_op *op)
{
	switch (op->call) {
	case G_DIRECT:
		return cpf_grant_direct(op->who, op->addr, op->len, op->access);
	case G_INDIRECT:
		return cpf_grant_indirect(op->who, op->from, op->gid);
	case G_MAGIC:
		return cpf_grant_magic(op->who, op->from, op->addr, op->len,
		    op->access);
	case G_REVOKE:
		return cpf_revoke(op->gid);
	case G_SET:
		return cpf_setgrant_direct(op->gid, op->who, op->addr, op->len,
		    op->access);
	case G_DISABLE:
		return cpf_setgrant_disable(op->gid);
	case G_CHURN:
		return churn(op);
	case G_ANNOUNCE:
		return sys_setgrant((struct cp_grant *)(uintptr_t)op->addr,
		    (int)op->len);
	case G_FORGE:
		return forge(op);
	case G_RESTORE:
		return cpf_reload();
	default:
		return -ENOSYS;
	}
}

static int
run(struct grant_op *op)
{
	cp_grant_id_t gid;

	switch (op->call) {
	case G_ARENA:
		memset(arena, op->access, sizeof arena);
		return (int)vir_addr(arena);
	case G_FRESH:
		return fresh();
	case G_PEEK:
		return *(volatile unsigned char *)(uintptr_t)op->addr;
	case G_RESERVE:
		return cpf_getgrants(&gid, 1) == 1 ? gid : -ENOSPC;
	case G_FROM:
		return sys_safecopyfrom(op->from, op->gid, op->offset, op->addr,
		    op->len);
	case G_TO:
		return sys_safecopyto(op->from, op->gid, op->offset, op->addr,
		    op->len);
	case G_FILL:
		return sys_safememset(op->from, op->gid, op->offset, op->access,
		    op->len);
	case G_VECTOR:
		return sys_vsafecopy(op->addr == 0
			? op->vec
			: (struct vscp_vec *)(uintptr_t)op->addr,
		    op->access);
	case G_UMAP:
		return umap(op);
	case G_DEPUTE:
		return depute(op);
	case G_LEAK:
		return leak(op);
	default:
		return grant(op);
	}
}

static void
carry_out(void *work)
{
	struct grant_op *op = work;

	op->result = run(op);
}

int
main(int argc, char *argv[])
{
	static struct grant_op op; /* granted, so not on the stack */
	static const struct owner_agent agent = {
		.name = "grants-agent",
		.owner = &owner,
		.work = &op,
		.size = sizeof op,
		.carry_out = carry_out,
	};

	return owner_serve(&agent, argc, argv);
}
