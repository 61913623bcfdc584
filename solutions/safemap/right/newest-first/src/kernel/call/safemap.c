/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: map granted memory, and end that. A mapping is recorded
 * before VM is asked, so that it can be revoked while VM is at it: VM serves
 * requests in order, so it then unmaps what it has just mapped, and the
 * grantee finds its record gone.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/user.h"
#include "kernel/boot.h"
#include "kernel/call/grant.h"
#include "kernel/maps.h"

/* Could it be a window at all? */
static int
window_check(const struct proc *caller, const struct sys_safemap_req *req)
{
	if (req->bytes == 0 || (req->addr | req->bytes) % PAGE_SIZE != 0 ||
	    req->offset % PAGE_SIZE != 0)
		return -EINVAL;
	if (caller->endpoint == VM_PROC_NR)
		return -EINVAL; /* nobody could map it */
	return user_range(req->addr, req->bytes) ? OK : -EFAULT;
}

/* Note each grant that a mapping hangs on. */
static void
hops_set(struct map *m, const struct grant_chain *chain, vir_bytes addr)
{
	for (int i = 0; i < chain->n; i++)
		m->hop[i] = (struct map_hop){
			.granter = chain->link[i].granter,
			.gid = chain->link[i].gid,
			.addr = i < chain->n - 1 ? MAP_NO_ADDR : addr,
		};
	m->hops = chain->n;
}

/* Check what the caller wants, and describe it. */
static int
map_describe(struct proc *caller, const struct sys_safemap_req *req,
    struct map *m)
{
	struct grant_want want = { req->granter, req->gid, req->offset,
		req->bytes, CPF_MAP | CPF_READ };
	struct grant_found found;
	struct grant_chain chain;
	int r;

	if (req->writable)
		want.access |= CPF_WRITE;
	r = verify_grant(caller, &want, &found, &chain);
	if (r != OK)
		return r;
	if (chain.magic)
		return -EPERM; /* its owner could not end it */
	if (found.addr % PAGE_SIZE != 0 || found.owner->slot == VM_PROC_NR)
		return -EINVAL;
	if (!user_range(found.addr, req->bytes))
		return -EFAULT;
	m->writable = req->writable != 0;
	m->grantee = caller->endpoint;
	m->window = req->addr;
	m->length = req->bytes;
	m->owner = found.owner->endpoint;
	m->owner_addr = found.addr;
	hops_set(m, &chain, found.addr);
	return map_resolve(m);
}

/* VM has done what it could: so has the caller's mapping, unless it is gone. */
static int
map_finish(const struct proc *caller, vir_bytes window, int status)
{
	struct map *m = map_of_window(caller->endpoint, window);

	if (status != OK) {
		if (m != NULL)
			map_drop(m);
		return status;
	}
	if (m == NULL)
		return -EPERM; /* revoked meanwhile */
	m->mapped = true;
	return OK;
}

int
do_sys_safemap(struct proc *caller, const struct sys_safemap_req *req,
    struct sys_safemap_rep *rep)
{
	struct vm_request ask = { .kind = MEMREQ_SMAP };
	struct map new, *m;
	int r, status;

	(void)rep;
	if (vm_answer_take(caller, MEMREQ_SMAP, &status))
		return map_finish(caller, req->addr, status);
	r = window_check(caller, req);
	if (r == OK)
		r = map_describe(caller, req, &new);
	if (r == OK)
		r = map_add(&new, &m);
	if (r != OK)
		return r;
	ask.target = m->grantee;
	ask.start = m->window;
	ask.length = m->length;
	ask.write = m->writable;
	ask.source = m->owner;
	ask.source_addr = m->owner_addr;
	return vm_suspend(caller, &ask);
}

/* End a mapping. The request bears the serial number: what VM answers about
 * this one must not be taken for another in the same window. */
static int
map_end(struct proc *caller, struct map *m)
{
	struct vm_request ask = {
		.kind = MEMREQ_SUNMAP,
		.target = m->grantee,
		.start = m->window,
		.length = m->length,
		.source = NONE,
		.serial = m->serial,
	};
	int r = vm_suspend(caller, &ask);

	if (r == OK)
		map_drop(m);
	return r;
}

int
do_sys_saferevmap(struct proc *caller, const struct sys_saferevmap_req *req,
    struct sys_saferevmap_rep *rep)
{
	endpoint_t self = caller->endpoint;
	struct map *m;
	int r;

	(void)rep;
	do {
		if (req->by_gid)
			m = map_of_grant(self, req->gid);
		else
			m = map_of_memory(self, req->addr);
		r = m != NULL ? map_end(caller, m) : OK;
	} while (m != NULL && r == OK);
	return r;
}

int
do_sys_safeunmap(struct proc *caller, const struct sys_safeunmap_req *req,
    struct sys_safeunmap_rep *rep)
{
	struct map *m = map_of_window(caller->endpoint, req->addr);

	(void)rep;
	return m == NULL ? OK : map_end(caller, m);
}
