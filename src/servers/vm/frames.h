/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Frames: the pages of physical memory. Each has a count of the places that
 * use it; a frame nobody uses is free. The table of frames lies in frames
 * itself. Taking and returning one costs the same however many there are.
 * What fork, exit and copies do for every page is here, to be inlined.
 *
 * Some frames are set aside, in two steps. User processes leave enough for
 * the superuser to start a few commands and end them, and those leave enough
 * for the services without which nothing works:
 *
 *     used ........................| for root | for services |
 *     users may have up to here ---^          ^              ^
 *     processes of root, up to here ----------'   services --'
 */
#pragma once

#include <abi/getinfo.h>
#include <abi/vmlayout.h>
#include <lacuna/assert.h>

#define NO_FRAME ((phys_bytes)0) /* frame 0 belongs to the machine */

/** On whose behalf a frame is taken. */
enum frame_use {
	FRAME_USER,    /* leaves both reserves alone */
	FRAME_ROOT,    /* leaves that of services alone */
	FRAME_SERVICE, /* may have the last one */
};

/** One frame. */
struct frame {
	int32_t refs;       /**< places in use; 0: not ours to give */
	struct frame *next; /**< in the free list */
};

#define FRAME_FREE (-1) /* as refs: in the free list */

/** By number; defined in frames.c, as is all of the free list. */
extern struct frame *frame_table;
extern struct frame *frame_list;
extern uint32_t frame_list_length; /**< length of the list */

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

/** Put a frame that nobody uses into the free list. */
static inline void
frame_list_add(struct frame *f)
{
	f->refs = FRAME_FREE;
	f->next = frame_list;
	frame_list = f;
	frame_list_length++;
}

/** One more place uses this frame. */
static inline void
frame_share(phys_bytes frame)
{
	struct frame *f = &frame_table[frame >> PAGE_SHIFT];

	assert(f->refs > 0);
	f->refs++;
}

/** One place less uses this frame; after the last it is free. */
static inline void
frame_release(phys_bytes frame)
{
	struct frame *f = &frame_table[frame >> PAGE_SHIFT];

	if (f->refs == 1) {
		frame_list_add(f);
	} else {
		assert(f->refs > 0);
		f->refs--;
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
	return frame_list_length;
}

/** Frames, free or in use, that processes are made of. */
uint32_t frames_total(void);

/** Frames that can be had at most. @param[in] use on whose behalf */
uint32_t frames_limit(enum frame_use use);

/** Whether an address is memory that frames are made of. */
bool frame_is_memory(phys_bytes phys);
