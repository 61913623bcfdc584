/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who may ask VM for what. Each process has a mask of calls. Services get
 * theirs from RS: those of the boot image with RS's public table, before any
 * of them runs, the others one by one. All other processes have the mask of
 * users. PM says what these may have.
 */
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "servers/vm/region.h"

bool
acl_permits(endpoint_t who, int call)
{
	const struct vmproc *p = vmproc_find(who);

	return p != NULL && (p->call_mask & VM_CALL_BIT(call)) != 0;
}

/* The pages of a quota, which is in KiB. */
static uint32_t
quota_pages(uint32_t quota)
{
	return quota == VM_QUOTA_NONE ? QUOTA_NONE : quota / (PAGE_SIZE / 1024);
}

/* Put one row of RS's table in force. */
static void
acl_set(const struct rprocpub *row)
{
	struct vmproc *p;

	p = row->in_use != 0 ? vmproc_find(row->endpoint) : NULL;
	if (p == NULL)
		return;
	p->call_mask = row->vm_call_mask;
	p->quota = quota_pages(row->quota);
	if (row->sys_flags & SF_USER)
		p->flags &= ~(uint32_t)VMF_SERVICE;
	else
		p->flags |= VMF_SERVICE;
}

int
acl_init(cp_grant_id_t rproctab_gid)
{
	static struct rprocpub table[NR_SYS_PROCS];
	int i, r;

	r = sys_safecopyfrom(RS_PROC_NR, rproctab_gid, 0,
	    (vir_bytes)(uintptr_t)table, sizeof table);
	if (r != OK)
		return r;
	for (i = 0; i < NR_SYS_PROCS; i++)
		acl_set(&table[i]);
	return OK;
}

/* Whether a process is the superuser's, for which some memory is kept. */
int
do_vm_set_root(endpoint_t who, const struct vm_set_root_req *req,
    struct vm_set_root_rep *rep)
{
	struct vmproc *p;
	int r;

	(void)rep;
	r = vmproc_other(who, req->ep, &p);
	if (r != OK)
		return r;
	if (req->root != 0)
		p->flags |= VMF_ROOT;
	else
		p->flags &= ~(uint32_t)VMF_ROOT;
	return OK;
}

/* A stack cannot be larger than the room there is for it. */
static uint32_t
stack_pages(uint32_t limit)
{
	const uint32_t most = USER_STACK_MAX / PAGE_SIZE;

	return limit < most ? limit : most;
}

int
do_vm_set_limits(endpoint_t who, const struct vm_set_limits_req *req,
    struct vm_set_limits_rep *rep)
{
	struct vmproc *p;
	int r;

	(void)rep;
	r = vmproc_other(who, req->ep, &p);
	if (r != OK)
		return r;
	if ((p->flags & VMF_SERVICE) != 0)
		return -EPERM; /* its quota is RS's affair */
	p->quota = req->all;
	p->data_max = req->data;
	p->stack_max = stack_pages(req->stack);
	return OK;
}

int
do_vm_rs_set_priv(endpoint_t who, const struct vm_rs_set_priv_req *req,
    struct vm_rs_set_priv_rep *rep)
{
	struct vmproc *p = vmproc_find(req->ep);

	(void)who, (void)rep;
	if (p == NULL)
		return -EINVAL;
	if (!region_fits_quota(p, quota_pages(req->quota)))
		return -ENOMEM;
	p->quota = quota_pages(req->quota);
	p->call_mask = req->call_mask;
	p->flags |= VMF_SERVICE;
	return OK;
}
