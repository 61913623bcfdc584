/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Regions: which addresses of a process mean something, and what. A region
 * says what a page should be; the page table says what it is. Regions of a
 * process are listed in order of address, do not overlap, and neighbours
 * that are alike are one region.
 *
 * A process commits itself to the writable pages of its regions: it may come
 * to need a frame for each. User processes together cannot commit themselves
 * to more frames than there are, so that "out of memory" is the answer to a
 * request, and hardly ever the fate of a process that has got what it asked
 * for. Stacks are left out, as nearly all of their room is never used.
 *
 * A service has a quota besides, and so has a process with a limit: pages that
 * it holds, whatever it may do with them, the stack as far as it has grown.
 * Memory of devices is not counted,
 * nor are page tables, of which each region has one or two of its own at most.
 */
#pragma once

#include <abi/vmlayout.h>

#include "servers/vm/vm.h"

#define REGIONS_MAX 256 /* of one process: bounds every search */
#define PROT_ALL    ((uint32_t)(VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXEC))
#define STACK_LIMIT (USER_STACK_TOP - USER_STACK_MAX)

enum region_kind {
	REGION_ANON,   /* frames at the first touch, shared when forking */
	REGION_STACK,  /* the same; begins where it was touched so far */
	REGION_DMA,    /* a device knows the frames: they stay where they are */
	REGION_DEVICE, /* no frames, but addresses of a device */
};

struct region {
	struct region *next;
	vir_bytes start, end;
	enum region_kind kind;
	uint32_t prot; /**< VM_PROT_*, what the process may do */
};

/** Begin without any records. */
void region_init(void);

/** The region an address lies in, or NULL. A stack grows to reach it. */
struct region *region_find(const struct vmproc *p, vir_bytes addr);

/** Whether all of [start, end) is free. */
bool region_range_free(const struct vmproc *p, vir_bytes start, vir_bytes end);

/**
 * Find room.
 *
 * @param[in]  length  bytes, a page multiple
 * @param[out] start   lowest place for them in the mmap area
 *
 * @retval OK       *start is set
 * @retval -ENOMEM  there is no room
 * @source own design, first fit
 */
int region_room(const struct vmproc *p, vir_bytes length, vir_bytes *start);

/**
 * Add a region. The range is free and within the user part.
 *
 * @retval OK       added
 * @retval -ENOMEM  no frame for records, too many regions, or more would be
 *                  committed than there is
 */
int region_add(struct vmproc *p, vir_bytes start, vir_bytes end,
    enum region_kind kind, uint32_t prot);

/**
 * Make a range free; its pages are gone.
 *
 * @retval OK       done
 * @retval -ENOMEM  a region would become two, and there is no record for the
 *                  second; nothing has changed
 */
int region_remove(struct vmproc *p, vir_bytes start, vir_bytes end);

/** Remove all regions. */
void region_clear(struct vmproc *p);

/**
 * Give a child, which has none, the regions of its parent, but not their pages.
 *
 * @retval OK       done
 * @retval -ENOMEM  no frame for a record, or more would be committed than there
 *                  is; the child may have part of the regions
 */
int region_fork(const struct vmproc *parent, struct vmproc *child);

/** Whether user processes could commit themselves to n more pages. */
bool region_may_commit(const struct vmproc *p, uint32_t n);

/** Whether a process could hold n more pages within its quota. */
bool region_may_hold(const struct vmproc *p, uint32_t n);

/** Whether what a process holds is within a quota. */
bool region_fits_quota(const struct vmproc *p, uint32_t quota);
