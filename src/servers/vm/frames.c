/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of frames. Free frames form a list through it.
 */
#include "servers/vm/frames.h"

#include <abi/errno.h>

#include "servers/vm/window.h"

struct frame *frame_table;
struct frame *frame_list;
uint32_t frame_list_length;

static uint32_t nframes; /* entries in the table */
static uint32_t ntotal;
static uint32_t nfirst;                  /* that were free when VM began */
static uint32_t kept[FRAME_SERVICE + 1]; /* frames each must leave */

/* Take a frame out of the list, which *link refers to. */
static void
list_remove(struct frame **link)
{
	struct frame *f = *link;

	*link = f->next;
	f->refs = 1;
	frame_list_length--;
}

/* The part of a range that consists of whole frames the table knows. */
static void
range_frames(const struct mem_range *range, uint32_t *first, uint32_t *end)
{
	uint64_t top = (uint64_t)range->base + range->size;

	*first =
	    (uint32_t)(((uint64_t)range->base + PAGE_SIZE - 1) >> PAGE_SHIFT);
	*end = (uint32_t)(top >> PAGE_SHIFT);
	if (*first == 0)
		*first = 1;
	if (*end > nframes)
		*end = nframes;
}

/* Put all frames of a range into the list, lowest first. */
static void
range_add(const struct mem_range *range, uint32_t skip_from, uint32_t skip_end)
{
	uint32_t n, first, end;

	range_frames(range, &first, &end);
	for (n = end; n > first; n--) {
		if (n - 1 < skip_from || n - 1 >= skip_end)
			frame_list_add(&frame_table[n - 1]);
	}
}

/* First frame of a free range with room for the table. */
static uint32_t
table_place(const struct kinfo *info, uint32_t pages)
{
	uint32_t first, end;
	int i;

	for (i = 0; i < NR_MEM_RANGES; i++) {
		range_frames(&info->free[i], &first, &end);
		if (info->free[i].size != 0 && first + pages <= end)
			return first;
	}
	return 0;
}

int
frames_init(const struct kinfo *info)
{
	uint32_t bytes, pages, place;
	int i;

	nframes = info->mem_top >> PAGE_SHIFT;
	bytes = nframes * (uint32_t)sizeof *frame_table;
	pages = PAGE_CEIL(bytes) >> PAGE_SHIFT;
	place = table_place(info, pages);
	if (place == 0)
		return -ENOMEM;

	frame_table = window_at(place << PAGE_SHIFT);
	memset(frame_table, 0, bytes);
	frame_list = NULL;
	frame_list_length = 0;
	for (i = NR_MEM_RANGES - 1; i >= 0; i--) {
		if (info->free[i].size != 0)
			range_add(&info->free[i], place, place + pages);
	}
	ntotal = nfirst = frame_list_length;
	/* A file server's cache may all be shared with users' copies, and need
	 * as many frames again for itself. */
	kept[FRAME_SERVICE] = 0;
	kept[FRAME_ROOT] = ntotal / 16;
	/* A shell and the few programs it starts have 300 pages of their own
	 * at the most; and root has as much again in a small machine. */
	kept[FRAME_USER] = kept[FRAME_ROOT] + ntotal / 16;
	return OK;
}

bool
frames_available(uint32_t n, enum frame_use use)
{
	return frame_list_length >= kept[use] &&
	    frame_list_length - kept[use] >= n;
}

phys_bytes
frame_alloc(enum frame_use use)
{
	struct frame *f = frame_list;

	if (frame_list_length <= kept[use])
		return NO_FRAME;
	list_remove(&frame_list);
	return (phys_bytes)(f - frame_table) << PAGE_SHIFT;
}

phys_bytes
frame_alloc_run(uint32_t n, enum frame_use use)
{
	struct frame **link = &frame_list, *first;
	uint32_t i, run = 0;

	assert(n > 0);
	if (!frames_available(n, use))
		return NO_FRAME;
	for (i = 1; i < nframes && run < n; i++)
		run = frame_table[i].refs == FRAME_FREE ? run + 1 : 0;
	if (run < n)
		return NO_FRAME;

	first = &frame_table[i - n];
	while (*link != NULL) {
		if (*link >= first && *link < first + n)
			list_remove(link);
		else
			link = &(*link)->next;
	}
	return (i - n) << PAGE_SHIFT;
}

bool
frame_adopt(phys_bytes frame)
{
	uint32_t n = frame >> PAGE_SHIFT;

	if (n == 0 || n >= nframes || frame_table[n].refs != 0)
		return false;
	frame_table[n].refs = 1;
	ntotal++;
	return true;
}

uint32_t
frames_total(void)
{
	return ntotal;
}

uint32_t
frames_limit(enum frame_use use)
{
	return nfirst - kept[use];
}

bool
frame_is_memory(phys_bytes phys)
{
	return phys >> PAGE_SHIFT < nframes;
}
