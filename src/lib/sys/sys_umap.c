/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: virtual to physical.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

static int
umap(const struct sys_umap_req *req, phys_bytes *phys)
{
	struct sys_umap_rep rep;
	int r;

	r = KCALL(SYS_UMAP, req, &rep);
	if (r == OK)
		*phys = rep.phys;
	return r;
}

int
sys_umap(endpoint_t ep, vir_bytes addr, size_t bytes, phys_bytes *phys)
{
	struct sys_umap_req req = { ep, GRANT_INVALID, addr, bytes, 0 };

	return umap(&req, phys);
}

int
sys_umap_grant(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    size_t bytes, int access, phys_bytes *phys)
{
	struct sys_umap_req req = { granter, gid, offset, bytes,
		(uint32_t)access };

	if (!GRANT_VALID(gid))
		return -EINVAL; /* it would be taken as an address */
	return umap(&req, phys);
}
