/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a vector of port accesses. All of them are checked, and the
 * vector is known to be writable, before the first port is touched.
 */
#include "kernel/call/call.h"

/* Fetch the vector and check all there is to check. */
static int
vector_fetch(struct proc *caller, const struct sys_vdevio_req *req,
    struct pv_pair *vec)
{
	uint32_t size;
	int i, r;

	if (req->count < 1 || req->count > VDEVIO_MAX)
		return -EINVAL;
	size = (uint32_t)req->count * sizeof *vec;
	r = range_present(caller, caller, req->vec, size,
	    (req->how & DIO_OUT) == 0);
	if (r == OK)
		r = copy_from_user(caller, place_in(caller, req->vec), vec,
		    size);
	for (i = 0; r == OK && i < req->count; i++)
		r = port_check(caller, vec[i].port, req->how);
	return r;
}

int
do_sys_vdevio(struct proc *caller, const struct sys_vdevio_req *req,
    struct sys_vdevio_rep *rep)
{
	struct pv_pair vec[VDEVIO_MAX];
	int i, r;

	(void)rep;
	r = vector_fetch(caller, req, vec);
	if (r != OK)
		return r;
	for (i = 0; i < req->count; i++)
		vec[i].value = port_access(vec[i].port, req->how, vec[i].value);
	if ((req->how & DIO_OUT) != 0)
		return OK;
	return copy_to_user(caller, place_in(caller, req->vec), vec,
	    (uint32_t)req->count * sizeof vec[0]);
}
