/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill a process slot.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_fork(endpoint_t parent, int child_slot, phys_bytes page_dir,
    endpoint_t *child)
{
	struct sys_fork_req req = { parent, child_slot, page_dir };
	struct sys_fork_rep rep;
	int r;

	r = KCALL(SYS_FORK, &req, &rep);
	if (r == OK)
		*child = rep.child;
	return r;
}
