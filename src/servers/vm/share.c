/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The pages of a parent, for its child, see share.h. */
#include "servers/vm/share.h"

#include <abi/errno.h>

#include "servers/vm/cow.h"
#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"
#include "servers/vm/smap.h"

/* Pages whose entries lie in one table each. */
static int
entries_share(uint32_t *from, uint32_t *to, uint32_t n, uint32_t flags,
    enum frame_use use)
{
	uint32_t i;
	int r = OK;

	for (i = 0; r == OK && i < n; i++) {
		if ((from[i] & PTE_P) == 0)
			continue;
		if ((from[i] & PTE_SHARED) != 0)
			r = smap_fork_page(&from[i], &to[i], flags, use);
		else
			r = cow_share_page(&from[i], &to[i], flags, use);
	}
	return r;
}

static int
region_share(const struct vmproc *parent, const struct vmproc *child,
    const struct region *r)
{
	enum frame_use use = vmproc_use(parent);
	uint32_t flags = page_flags(child, r), *from, n;
	vir_bytes at, next;
	int status = OK;

	for (at = r->start; status == OK && at < r->end; at = next) {
		from = pt_entries(parent->page_dir, at, r->end, &n);
		next = at + (n << PAGE_SHIFT);
		if (from == NULL)
			continue;
		status = pt_make_tables(child->page_dir, at, next, use);
		if (status == OK)
			status = entries_share(from,
			    pt_entry(child->page_dir, at), n, flags, use);
	}
	return status;
}

/* Frames of devices are not counted: their entries are just copied. */
static int
device_copy(const struct vmproc *parent, const struct vmproc *child,
    const struct region *r)
{
	enum frame_use use = vmproc_use(parent);
	const uint32_t *from;
	uint32_t *to;
	vir_bytes at;

	for (at = r->start; at < r->end; at += PAGE_SIZE) {
		from = pt_entry(parent->page_dir, at);
		if (from == NULL)
			continue;
		to = pt_entry_make(child->page_dir, at, use);
		if (to == NULL)
			return -ENOMEM;
		*to = *from;
	}
	return OK;
}

int
share_pages(struct vmproc *parent, struct vmproc *child)
{
	const struct region *r;
	int status = OK;

	for (r = child->regions; status == OK && r != NULL; r = r->next)
		status = r->kind == REGION_DEVICE
		    ? device_copy(parent, child, r)
		    : region_share(parent, child, r);
	return status;
}
