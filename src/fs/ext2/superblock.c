/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading, checking and writing the superblock. It comes from the disk, so
 * that nothing in it is believed before it was compared with the rest: later
 * code divides by its figures and indexes with them.
 */
#include "fs/ext2/super.h"

#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "fs/ext2/clock.h"
#include "fs/ext2/device.h"

struct mounted fs;

/* Are the figures such that nothing can overflow? */
static bool
plausible(const struct ext2_super *s)
{
	uint32_t size, per_block_bits;

	if (s->log_block_size > 2)
		return false;
	size = BLOCK_SIZE_MIN << s->log_block_size;
	per_block_bits = size * 8;
	return s->first_data_block == (size == BLOCK_SIZE_MIN) &&
	    s->blocks_per_group >= 8 && s->blocks_per_group <= per_block_bits &&
	    s->blocks_per_group % 8 == 0 && s->inodes_per_group >= 8 &&
	    s->inodes_per_group <= per_block_bits &&
	    s->blocks_count > s->first_data_block + 1 &&
	    s->blocks_count < 0x7fffffff &&
	    s->free_blocks_count < s->blocks_count &&
	    s->free_inodes_count <= s->inodes_count;
}

/* Set what follows from the superblock. */
static int
figures_set(void)
{
	const struct ext2_super *s = &fs.super;
	uint32_t descs;

	fs.block_size = BLOCK_SIZE_MIN << s->log_block_size;
	fs.block_shift = 10 + s->log_block_size;
	fs.nr_groups =
	    (s->blocks_count - s->first_data_block - 1) / s->blocks_per_group +
	    1;
	fs.inode_size = s->rev_level == 0 ? DINODE_SIZE : s->inode_size;
	fs.first_ino = s->rev_level == 0 ? GOOD_OLD_INO : s->first_ino;
	if (fs.inode_size < DINODE_SIZE || fs.inode_size > fs.block_size ||
	    (fs.inode_size & (fs.inode_size - 1)) != 0)
		return -EIO;
	if ((uint64_t)fs.nr_groups * s->inodes_per_group != s->inodes_count ||
	    fs.first_ino < GOOD_OLD_INO || fs.first_ino > s->inodes_count)
		return -EIO;
	fs.table_blocks =
	    (s->inodes_per_group * fs.inode_size + fs.block_size - 1) /
	    fs.block_size;
	descs = fs.block_size / sizeof(struct ext2_group);
	fs.last_meta = s->first_data_block + (fs.nr_groups + descs - 1) / descs;
	return fs.last_meta < s->blocks_count ? OK : -EIO;
}

/* Look at the features. */
static int
features_check(void)
{
	const struct ext2_super *s = &fs.super;

	if (s->rev_level == 0)
		return OK;
	if (s->rev_level > 1 ||
	    (s->feature_incompat & ~(uint32_t)INCOMPAT_FILETYPE) != 0) {
		printf("ext2: unknown features: %#x\n", s->feature_incompat);
		return -EINVAL;
	}
	if ((s->feature_ro_compat &
		~(uint32_t)(RO_COMPAT_SPARSE_SUPER | RO_COMPAT_LARGE_FILE)) !=
		0 &&
	    !fs.readonly) {
		printf("ext2: features %#x: read only\n", s->feature_ro_compat);
		fs.readonly = true;
	}
	fs.filetype = (s->feature_incompat & INCOMPAT_FILETYPE) != 0;
	fs.large = (s->feature_ro_compat & RO_COMPAT_LARGE_FILE) != 0;
	return OK;
}

/* All descriptors must make sense. */
static int
groups_check(void)
{
	struct group group;
	uint32_t g;
	int r;

	for (g = 0; g < fs.nr_groups; g++) {
		r = group_get(g, &group);
		if (r != OK)
			return r;
		cache_put(group.b);
	}
	return OK;
}

int
super_load(uint32_t dev, bool readonly)
{
	struct device_piece piece = { &fs.super, SUPER_SIZE };
	int r = device_move(false, SUPER_POSITION, &piece, 1);

	if (r != OK)
		return r;
	if (fs.super.magic != SUPER_MAGIC)
		return -EINVAL;
	fs.dev = dev;
	fs.readonly = readonly;
	fs.dirty = fs.filetype = fs.large = false;
	fs.was_clean = (fs.super.state & SUPER_VALID) != 0;
	r = features_check();
	if (r == OK && !plausible(&fs.super))
		r = -EIO;
	if (r == OK)
		r = figures_set();
	if (r != OK)
		return r;
	cache_init(fs.block_size);
	group_init();
	return groups_check();
}

int
super_write(void)
{
	uint32_t block = SUPER_POSITION / fs.block_size;
	struct buf *b;
	int r;

	if (!fs.dirty)
		return OK;
	r = cache_get(block, CACHE_READ, &b);
	if (r != OK)
		return r;
	fs.super.wtime = clock_now();
	memcpy(b->data + SUPER_POSITION % fs.block_size, &fs.super, SUPER_SIZE);
	cache_dirty(b);
	cache_put(b);
	fs.dirty = false;
	return OK;
}
