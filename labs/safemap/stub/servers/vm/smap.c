/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Windows: pages that are really shared. This file is yours to write: what
 * each function must do is said in servers/vm/smap.h, what it can build on in
 * servers/vm/page.h, cow.h, frames.h and pagetable.h. Until then there are no
 * windows, and a child's page is like any other.
 */
#include "servers/vm/smap.h"

#include "servers/vm/cow.h"
#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"

int
smap_map(const struct smap_window *w)
{
	(void)w;
	return -ENOSYS;
}

int
smap_unmap(struct vmproc *grantee, vir_bytes addr, vir_bytes length)
{
	(void)grantee, (void)addr, (void)length;
	return -ENOSYS;
}

int
smap_fork_page(uint32_t *parent, uint32_t *child, uint32_t flags,
    enum frame_use use)
{
	return cow_share_page(parent, child, flags, use);
}
