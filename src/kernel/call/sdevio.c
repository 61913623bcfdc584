/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a string of values between a port and memory. A port cannot
 * be read twice, so the memory is made present first; then the device fills
 * it directly, page by page.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/io.h"
#include "kernel/call/grant.h"

/* Move the values; all of the range is present. */
static int
transfer(const struct sys_sdevio_req *req, const struct proc *p, vir_bytes addr)
{
	uint32_t width = req->how & DIO_WIDTH;
	uint16_t port = (uint16_t)req->port;
	vir_bytes left = req->bytes, n;
	phys_bytes phys;
	int r;

	for (; left > 0; left -= n, addr += n) {
		r = umap_lookup(p, addr, &phys, &n, left);
		if (r != OK)
			return r;
		if ((req->how & DIO_OUT) != 0)
			port_write_string(port, phys_ptr(phys), n / width,
			    width);
		else
			port_read_string(port, phys_ptr(phys), n / width,
			    width);
	}
	return OK;
}

/* Find the memory that is meant. */
static int
memory_find(struct proc *caller, const struct sys_sdevio_req *req,
    struct grant_found *found)
{
	struct grant_want want = { req->granter, req->gid, req->offset,
		req->bytes, (req->how & DIO_OUT) != 0 ? CPF_READ : CPF_WRITE };

	if (req->granter != SELF)
		return verify_grant(caller, &want, found, NULL);
	found->owner = caller;
	found->addr = req->offset;
	return OK;
}

int
do_sys_sdevio(struct proc *caller, const struct sys_sdevio_req *req,
    struct sys_sdevio_rep *rep)
{
	struct grant_found found;
	uint32_t width = req->how & DIO_WIDTH;
	int r;

	(void)rep;
	r = port_check(caller, req->port, req->how);
	if (r != OK)
		return r;
	if (req->bytes == 0 || req->bytes % width != 0)
		return -EINVAL;
	r = memory_find(caller, req, &found);
	if (r != OK)
		return r;
	if (found.addr % width != 0)
		return -EINVAL; /* a value could lie across two pages */
	r = range_present(caller, found.owner, found.addr, req->bytes,
	    (req->how & DIO_OUT) == 0);
	return r == OK ? transfer(req, found.owner, found.addr) : r;
}
