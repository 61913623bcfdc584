/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Lists of regions. A process has a handful, so a list is searched faster
 * than anything cleverer; the limit keeps a process that wants to have
 * thousands from slowing VM down for all. Records come from frames, and are
 * kept for the next region.
 */
#include "servers/vm/region.h"

#include <lacuna/assert.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

static struct region *spare; /* records not in use */
static uint32_t committed;   /* pages, all processes */

void
region_init(void)
{
	spare = NULL;
	committed = 0;
}

/* Take a record; NULL if there is no memory for one. */
static struct region *
record_take(enum frame_use use)
{
	struct region *r;
	phys_bytes frame;
	size_t i;

	if (spare == NULL) {
		frame = frame_alloc(use);
		if (frame == NO_FRAME)
			return NULL;
		r = window_at(frame);
		for (i = 0; i < PAGE_SIZE / sizeof *r; i++) {
			r[i].next = spare;
			spare = &r[i];
		}
	}
	r = spare;
	spare = r->next;
	return r;
}

static void
record_drop(struct region *r)
{
	r->next = spare;
	spare = r;
}

/* Pages that a range of a region commits its process to. */
static uint32_t
commitment(enum region_kind kind, uint32_t prot, vir_bytes bytes)
{
	if (kind == REGION_STACK || kind == REGION_DEVICE)
		return 0;
	return (prot & VM_PROT_WRITE) != 0 ? bytes >> PAGE_SHIFT : 0;
}

/* Pages that a range of a region counts for; those of stacks are counted when
 * it matters, as they become more by themselves. */
static uint32_t
holding(enum region_kind kind, vir_bytes bytes)
{
	if (kind == REGION_STACK || kind == REGION_DEVICE)
		return 0;
	return bytes >> PAGE_SHIFT;
}

/* Pages that all regions of a process count for. */
static uint32_t
held(const struct vmproc *p)
{
	const struct region *r;
	uint32_t n = p->held;

	for (r = p->regions; r != NULL; r = r->next)
		if (r->kind == REGION_STACK)
			n += (r->end - r->start) >> PAGE_SHIFT;
	return n;
}

bool
region_fits_quota(const struct vmproc *p, uint32_t quota)
{
	return quota == QUOTA_NONE || held(p) <= quota;
}

bool
region_may_hold(const struct vmproc *p, uint32_t n)
{
	uint32_t now;

	if (p->quota == QUOTA_NONE)
		return true;
	now = held(p);
	return now <= p->quota && n <= p->quota - now;
}

bool
region_may_commit(const struct vmproc *p, uint32_t n)
{
	enum frame_use use = vmproc_use(p);
	uint32_t limit = frames_limit(use);

	if (use == FRAME_SERVICE)
		return true;
	return committed <= limit && n <= limit - committed;
}

static void
commit(struct vmproc *p, uint32_t n)
{
	p->committed += n;
	committed += n;
}

static void
uncommit(struct vmproc *p, uint32_t n)
{
	assert(n <= p->committed);
	p->committed -= n;
	committed -= n;
}

struct region *
region_find(const struct vmproc *p, vir_bytes addr)
{
	struct region *r;

	for (r = p->regions; r != NULL && r->end <= addr; r = r->next)
		;
	if (r == NULL || r->start <= addr)
		return r;

	/* Just below lies a stack: it may grow down to here. */
	if (r->kind != REGION_STACK ||
	    addr < USER_STACK_TOP - p->stack_max * PAGE_SIZE ||
	    !region_may_hold(p, (r->start - PAGE_FLOOR(addr)) >> PAGE_SHIFT))
		return NULL;
	r->start = PAGE_FLOOR(addr);
	return r;
}

bool
region_range_free(const struct vmproc *p, vir_bytes start, vir_bytes end)
{
	const struct region *r;

	for (r = p->regions; r != NULL && r->end <= start; r = r->next)
		;
	return r == NULL || r->start >= end;
}

int
region_room(const struct vmproc *p, vir_bytes length, vir_bytes *start)
{
	const struct region *r;
	vir_bytes at = USER_MMAP_BASE;

	for (r = p->regions; r != NULL; r = r->next) {
		if (r->end <= at)
			continue;
		if (r->start >= USER_MMAP_END ||
		    (r->start > at && r->start - at >= length))
			break;
		at = r->end;
	}
	if (at >= USER_MMAP_END || USER_MMAP_END - at < length)
		return -ENOMEM;
	*start = at;
	return OK;
}

/* Whether a region that begins where r ends, or ends where it begins, can be
 * part of r. Memory of devices stays in the pieces it was asked for. */
static bool
alike(const struct region *r, enum region_kind kind, uint32_t prot)
{
	return kind == REGION_ANON && r->kind == kind && r->prot == prot;
}

/* Put a new record behind *link. */
static int
record_insert(struct vmproc *p, struct region **link, const struct region *as)
{
	struct region *r;

	if (p->nregions >= REGIONS_MAX)
		return -ENOMEM;
	r = record_take(vmproc_use(p));
	if (r == NULL)
		return -ENOMEM;
	*r = *as;
	r->next = *link;
	*link = r;
	p->nregions++;
	return OK;
}

/* Take the record *link out. */
static void
record_remove(struct vmproc *p, struct region **link)
{
	struct region *r = *link;

	*link = r->next;
	record_drop(r);
	p->nregions--;
}

int
region_add(struct vmproc *p, vir_bytes start, vir_bytes end,
    enum region_kind kind, uint32_t prot)
{
	const struct region new = { NULL, start, end, kind, prot };
	struct region **link = &p->regions, *before = NULL, *after;
	uint32_t pages = commitment(kind, prot, end - start);
	uint32_t more = kind == REGION_DEVICE ? 0 : (end - start) >> PAGE_SHIFT;

	assert(start < end && region_range_free(p, start, end));
	if (!region_may_commit(p, pages) || !region_may_hold(p, more))
		return -ENOMEM;

	for (; *link != NULL && (*link)->end <= start; link = &(*link)->next)
		before = *link;
	after = *link;

	if (before != NULL && before->end == start &&
	    alike(before, kind, prot)) {
		before->end = end;
		if (after != NULL && after->start == end &&
		    alike(after, kind, prot)) {
			before->end = after->end;
			record_remove(p, &before->next);
		}
	} else if (after != NULL && after->start == end &&
	    alike(after, kind, prot)) {
		after->start = start;
	} else if (record_insert(p, link, &new) != OK) {
		return -ENOMEM;
	}
	commit(p, pages);
	p->held += holding(kind, end - start);
	return OK;
}

/* Drop the pages of a part of a region. */
static void
part_drop(struct vmproc *p, const struct region *r, vir_bytes start,
    vir_bytes end)
{
	pt_unmap(p->page_dir, start, end, r->kind != REGION_DEVICE);
	uncommit(p, commitment(r->kind, r->prot, end - start));
	p->held -= holding(r->kind, end - start);
}

int
region_remove(struct vmproc *p, vir_bytes start, vir_bytes end)
{
	struct region **link = &p->regions, *r, rest;

	while (*link != NULL && (*link)->end <= start)
		link = &(*link)->next;

	/* The one thing that can fail: a hole in the middle. */
	r = *link;
	if (r != NULL && r->start < start && r->end > end) {
		rest = *r;
		rest.start = end;
		if (record_insert(p, &r->next, &rest) != OK)
			return -ENOMEM;
		part_drop(p, r, start, end);
		r->end = start;
		return OK;
	}

	while ((r = *link) != NULL && r->start < end) {
		if (r->start < start) {
			part_drop(p, r, start, r->end);
			r->end = start;
			link = &r->next;
		} else if (r->end > end) {
			part_drop(p, r, r->start, end);
			r->start = end;
		} else {
			part_drop(p, r, r->start, r->end);
			record_remove(p, link);
		}
	}
	return OK;
}

void
region_clear(struct vmproc *p)
{
	while (p->regions != NULL) {
		part_drop(p, p->regions, p->regions->start, p->regions->end);
		record_remove(p, &p->regions);
	}
}

int
region_fork(const struct vmproc *parent, struct vmproc *child)
{
	struct region **link = &child->regions;
	const struct region *r;
	int status;

	if (!region_may_commit(parent, parent->committed))
		return -ENOMEM;
	for (r = parent->regions; r != NULL; r = r->next) {
		if (r->kind == REGION_DMA)
			continue;
		status = record_insert(child, link, r);
		if (status != OK)
			return status;
		commit(child, commitment(r->kind, r->prot, r->end - r->start));
		child->held += holding(r->kind, r->end - r->start);
		link = &(*link)->next;
	}
	return OK;
}
