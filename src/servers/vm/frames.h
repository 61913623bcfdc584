/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Frames: the pages of physical memory. Each has a count of the places that
 * use it; a frame nobody uses is free. The table of frames lies in frames
 * itself. Taking and returning one costs the same however many there are.
 * What fork, exit and copies do for every page is here, to be inlined.
 *
 * Some frames are set aside: user processes cannot have them, so that
 * services keep working when a user process has eaten the rest.
 */
#pragma once

#include <abi/getinfo.h>
#include <abi/vmlayout.h>
#include <lacuna/assert.h>

#define NO_FRAME ((phys_bytes)0) /* frame 0 belongs to the machine */

/** On whose behalf a frame is taken. */
enum frame_use {
	FRAME_USER,    /* leaves the reserve alone */
	FRAME_SERVICE, /* may have the last one */
};

/** One frame. Entry 0 of the table is the free list: its length, its head. */
struct frame {
	int32_t refs;  /**< places in use; 0: not ours to give */
	uint32_t next; /**< free: number of the next, or 0 */
};

#define FRAME_FREE (-1) /* as refs: in the free list */

/** By number; defined in frames.c. */
extern struct frame *frame_table;

/**
 * Learn which frames are free, and take some of them for the table.
 *
 * @param[in] info  what the kernel says about memory
 *
 * @retval OK       ready
 * @retval -ENOMEM  no range is large enough for the table
 * @source own design
 */
int frames_init(const struct kinfo *info);

/**
 * Take a free frame, to be used once. Its contents are what somebody left.
 *
 * @return its physical address, or NO_FRAME
 * @source own design
 */
phys_bytes frame_alloc(enum frame_use use);

/**
 * Take neighbouring frames, for a device. Looks at all frames: slow.
 *
 * @param[in] n  how many, not 0
 * @return address of the first, or NO_FRAME
 * @source own design, first fit
 */
phys_bytes frame_alloc_run(uint32_t n, enum frame_use use);

/**
 * Count a frame the kernel has given to a boot process.
 *
 * @param[in] frame  physical address
 * @return false if it is no memory, or free, or counted already
 * @source own design
 */
bool frame_adopt(phys_bytes frame);

/** Put a frame that nobody uses any more, by number, into the free list. */
static inline void
frame_list_add(uint32_t n)
{
	frame_table[n].refs = FRAME_FREE;
	frame_table[n].next = frame_table[0].next;
	frame_table[0].next = n;
	frame_table[0].refs++;
}

/** One more place uses this frame. */
static inline void
frame_share(phys_bytes frame)
{
	int32_t refs = ++frame_table[frame >> PAGE_SHIFT].refs;

	assert(refs > 0);
	(void)refs;
}

/** One place less uses this frame; after the last it is free. */
static inline void
frame_release(phys_bytes frame)
{
	struct frame *f = &frame_table[frame >> PAGE_SHIFT];

	if (--f->refs <= 0) {
		assert(f->refs == 0);
		frame_list_add(frame >> PAGE_SHIFT);
	}
}

/** Number of places that use this frame, which is not free. */
static inline uint32_t
frame_refs(phys_bytes frame)
{
	return (uint32_t)frame_table[frame >> PAGE_SHIFT].refs;
}

/** Whether n more frames could be had now. */
bool frames_available(uint32_t n, enum frame_use use);

/** Frames that are free. */
static inline uint32_t
frames_free(void)
{
	return (uint32_t)frame_table[0].refs;
}

/** Frames, free or in use, that processes are made of. */
uint32_t frames_total(void);

/** Frames that user processes can have at most. */
uint32_t frames_for_users(void);

/** Whether an address is memory that frames are made of. */
bool frame_is_memory(phys_bytes phys);
