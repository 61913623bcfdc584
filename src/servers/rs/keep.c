/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory that outlives a process, see servers/rs/keep.h.
 */
#include "servers/rs/keep.h"

#include <abi/vmlayout.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <proto/vm.h>

#include "servers/rs/table.h"

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)

/* Get the memory from VM. */
static bool
memory_get(struct keep *k, const char *label)
{
	struct vm_mmap_req req = { .length = PAGE_CEIL(k->size) };
	struct vm_mmap_rep rep;
	int r;

	req.prot = VM_PROT_READ | VM_PROT_WRITE;
	r = call_vm_mmap(VM_PROC_NR, &req, &rep);
	if (r != OK) {
		printf("rs: no memory that %s may keep: %d\n", label, r);
		return false;
	}
	k->addr = (void *)(uintptr_t)rep.addr;
	k->gid = GRANT_INVALID;
	return true;
}

/* Take the grant of an instance back. */
static void
grant_end(struct keep *k)
{
	if (GRANT_VALID(k->gid))
		(void)cpf_revoke(k->gid); /* nobody can have mapped it */
	k->gid = GRANT_INVALID;
}

/* Forget it: what is asked for next has zeros again. */
static void
renew(struct keep *k)
{
	struct vm_munmap_req req = { .addr = vir_addr(k->addr) };
	struct vm_munmap_rep rep;

	if (k->addr == NULL)
		return;
	grant_end(k);
	req.length = PAGE_CEIL(k->size);
	(void)call_vm_munmap(VM_PROC_NR, &req, &rep); /* it is ours */
	k->addr = NULL;
}

void
keep_grant(struct rproc *rp)
{
	struct keep *k = &rp->keep;

	if (rp->flags & RF_ANEW)
		renew(k);
	rp->flags &= ~(uint32_t)RF_ANEW;
	if (k->size == 0)
		return;
	if (k->addr == NULL && !memory_get(k, rp->pub->label))
		return;
	grant_end(k);
	k->gid = cpf_grant_direct(rp->pub->endpoint, vir_addr(k->addr), k->size,
	    CPF_READ | CPF_WRITE);
}

cp_grant_id_t
keep_gid(const struct rproc *rp)
{
	const struct keep *k = &rp->keep;

	return k->addr != NULL && GRANT_VALID(k->gid) ? k->gid : GRANT_INVALID;
}

void
keep_free(struct rproc *rp)
{
	renew(&rp->keep);
	rp->keep.size = 0;
}
