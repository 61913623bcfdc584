/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The log, see fs/ext2/log.h. */
#include "fs/ext2/log.h"

#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "fs/ext2/alloc.h"
#include "fs/ext2/device.h"
#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

#define MAGIC    0x474f4c31
#define HEAD     3     /* words before the list: MAGIC, sequence, n */
#define LIST_MAX 2048u /* words of the list, whole blocks of any size */
#define NO_GROUP 0xffffffff

_Static_assert(LIST_MAX * 4 % BLOCK_SIZE_MAX == 0, "whole blocks");
_Static_assert(CACHE_BYTES / BLOCK_SIZE_MIN + HEAD <= LIST_MAX, "room for all");

static uint32_t list_words[LIST_MAX];
static _Alignas(4) uint8_t block_data[BLOCK_SIZE_MAX];

/* Where the next log goes. */
static struct {
	uint32_t first; /**< 0: nowhere */
	uint32_t blocks;
	bool in_place;   /**< what was written last was in no log */
	uint32_t group;  /**< where to look first: in a group, */
	uint32_t bit;    /**< from a bit on */
	uint32_t before; /**< blocks of the log that counts */
} area;

/* The block bitmap of a group, as it is on the disk. */
static struct {
	uint32_t group;
	_Alignas(4) uint8_t map[BLOCK_SIZE_MAX];
} on_disk = { .group = NO_GROUP };

static uint32_t
head_blocks(uint32_t n)
{
	return (uint32_t)(((n + HEAD) * sizeof(uint32_t) + fs.block_size - 1) >>
	    fs.block_shift);
}

static int
block_move(bool write, uint32_t block, void *data, uint32_t n)
{
	struct device_piece piece = { data, n * fs.block_size };

	return device_move(write, (int64_t)block * fs.block_size, &piece, 1);
}

/* Copy a group's bitmap into block_data: what is in use on the disk, or in
 * memory, or by the log that counts. */
static int
map_both(uint32_t g)
{
	struct group group;
	struct buf *b;
	uint32_t i, block;
	int r = group_get(g, &group);

	if (r != OK)
		return r;
	block = group.d->block_bitmap;
	cache_put(group.b);
	if (on_disk.group != g)
		r = block_move(false, block, on_disk.map, 1);
	on_disk.group = r == OK ? g : NO_GROUP;
	if (r != OK)
		return r;
	memcpy(block_data, on_disk.map, fs.block_size);
	b = cache_peek(block);
	for (i = 0; b != NULL && i < fs.block_size; i++)
		block_data[i] |= b->data[i];
	if (b != NULL)
		cache_put(b);
	for (i = 0; i < area.before; i++) {
		block = fs.super.log.first + i - group_first_block(g);
		if (block < group_blocks(g))
			bitmap_set(block_data, block);
	}
	return OK;
}

/* Find n zeros side by side, from a bit on. */
static bool
run_find(uint32_t g, uint32_t from, uint32_t n, uint32_t *bit)
{
	const uint32_t bits = group_blocks(g);
	uint32_t i;

	while (bitmap_find_zero(block_data, from, bits, &from) &&
	    from + n <= bits) {
		for (i = 1; i < n && !bitmap_test(block_data, from + i); i++)
			continue;
		if (i == n) {
			*bit = from;
			return true;
		}
		from += i;
	}
	return false;
}

/* Look for a place in a group. From where one was found, so that mostly two
 * places take turns. */
static bool
place_find(uint32_t g, uint32_t n)
{
	uint32_t bit, run = n;

	if (map_both(g) != OK)
		return false;
	if (g != area.group || !run_find(g, area.bit, n, &bit)) {
		if (!run_find(g, 0, n, &bit))
			return false;
		area.group = g;
		area.bit = bit;
	}
	/* A damaged bitmap may offer a table's block. */
	if (group_data_run(group_first_block(g) + bit, &run) != OK || run < n)
		return false;
	area.first = group_first_block(g) + bit;
	return true;
}

void
log_reserve(uint32_t n)
{
	uint32_t i, g = area.group < fs.nr_groups ? area.group : 0;

	area.blocks = 0;
	n += head_blocks(n);
	for (i = 0; i < fs.nr_groups && area.blocks == 0; i++) {
		if (place_find(g, n))
			area.blocks = n;
		g = g + 1 == fs.nr_groups ? 0 : g + 1;
	}
}

bool
log_is_fresh(uint32_t block)
{
	uint32_t bit;

	if (on_disk.group == NO_GROUP || area.blocks == 0)
		return false;
	bit = block - group_first_block(on_disk.group);
	/* Free, too, is where the log lies that counts. */
	return bit < group_blocks(on_disk.group) &&
	    !bitmap_test(on_disk.map, bit) &&
	    block - fs.super.log.first >= area.before;
}

/* Write the list and the blocks. */
static int
log_fill(struct buf *const *list, uint32_t n)
{
	struct device_piece piece[CACHE_RUN];
	uint32_t i, k, heads = head_blocks(n), at = area.first + heads;
	int r;

	memset(list_words, 0, heads * fs.block_size);
	list_words[0] = MAGIC;
	list_words[1] = fs.super.log.sequence;
	list_words[2] = n;
	for (i = 0; i < n; i++)
		list_words[HEAD + i] = list[i]->block;
	r = block_move(true, area.first, list_words, heads);
	for (i = 0; i < n && r == OK; i += k, at += k) {
		for (k = 0; k < CACHE_RUN && i + k < n; k++)
			piece[k] = (struct device_piece){ list[i + k]->data,
				fs.block_size };
		r = device_move(true, (int64_t)at * fs.block_size, piece, k);
	}
	return r == OK ? device_flush() : r;
}

/* Write the superblock itself, past the cache. */
static int
super_commit(void)
{
	struct device_piece piece = { &fs.super, SUPER_SIZE };
	int r = device_move(true, SUPER_POSITION, &piece, 1);

	return r == OK ? device_flush() : r;
}

/* Say in the superblock where the log is; also in the cache's copy, which is
 * among what will be written. */
static void
super_point(uint32_t magic, uint32_t first, struct buf *const *list, uint32_t n)
{
	uint32_t i;

	fs.super.log.magic = magic;
	fs.super.log.first = first;
	fs.super.log.sequence++;
	for (i = 0; i < n; i++)
		if (list[i]->block == SUPER_POSITION / fs.block_size)
			memcpy(list[i]->data + SUPER_POSITION % fs.block_size,
			    &fs.super, SUPER_SIZE);
}

void
log_bypass(struct buf *const *list, uint32_t n)
{
	if (n == 0)
		return;
	super_point(0, 0, list, n);
	fs.dirty = true;
	area.before = 0;
	area.in_place = true;
	on_disk.group = NO_GROUP;
	(void)super_commit(); /* should the disk fail, others notice */
}

void
log_write(struct buf *const *list, uint32_t n)
{
	int r = -ENOSPC;

	if (n == 0)
		return;
	if (area.blocks >= n + head_blocks(n)) {
		super_point(MAGIC, area.first, list, n);
		r = log_fill(list, n);
		if (r == OK)
			r = super_commit();
	}
	if (r != OK) {
		log_bypass(list, n);
		return;
	}
	area.in_place = false;
	area.before = n + head_blocks(n);
}

void
log_end(int r)
{
	struct group group;
	struct buf *b = NULL;

	if (r != OK) {
		on_disk.group = NO_GROUP;
		return;
	}
	if (area.in_place) { /* the next can be whole again */
		fs.super.log.magic = MAGIC;
		fs.dirty = true;
		area.in_place = false;
	}
	if (on_disk.group == NO_GROUP || group_get(on_disk.group, &group) != OK)
		return;
	b = cache_peek(group.d->block_bitmap);
	cache_put(group.b);
	if (b == NULL)
		return;
	memcpy(on_disk.map, b->data, fs.block_size);
	cache_put(b);
}

void
log_begin(void)
{
	if (fs.super.log.magic != MAGIC)
		fs.super.log = (struct ext2_log){ .magic = MAGIC };
	fs.super.log.first = 0;
	memset(&area, 0, sizeof area);
	on_disk.group = NO_GROUP;
}

/* Read the list of a log. */
static int
list_read(uint32_t *n)
{
	const struct ext2_log *log = &fs.super.log;
	uint32_t heads, i;
	int r = block_move(false, log->first, list_words, 1);

	if (r != OK)
		return r;
	if (list_words[0] != MAGIC || list_words[1] != log->sequence ||
	    list_words[2] > LIST_MAX - HEAD)
		return -EIO;
	*n = list_words[2];
	heads = head_blocks(*n);
	if (*n + heads > fs.super.blocks_count - log->first)
		return -EIO;
	r = block_move(false, log->first, list_words, heads);
	for (i = 0; i < *n && r == OK; i++)
		if (list_words[HEAD + i] >= fs.super.blocks_count)
			r = -EIO;
	return r;
}

/* Carry out a log. */
static int
list_replay(void)
{
	uint32_t first = fs.super.log.first, n = 0, i;
	int r = list_read(&n);

	for (i = 0; i < n && r == OK; i++) {
		r = block_move(false, first + head_blocks(n) + i, block_data,
		    1);
		if (r == OK)
			r = block_move(true, list_words[HEAD + i], block_data,
			    1);
	}
	return r == OK ? device_flush() : r;
}

int
log_replay(void)
{
	struct device_piece piece = { &fs.super, SUPER_SIZE };
	const struct ext2_log *log = &fs.super.log;
	int r;

	if (log->magic != MAGIC || log->wtime != fs.super.wtime)
		return -EINVAL;
	if (log->first == 0)
		return OK;
	if (log->first <= fs.last_meta || log->first >= fs.super.blocks_count)
		return -EIO;
	r = list_replay();
	if (r == OK)
		r = device_move(false, SUPER_POSITION, &piece, 1);
	if (r != OK)
		return r;
	fs.super.log.first = 0; /* the place is free for the next */
	return super_commit();
}
