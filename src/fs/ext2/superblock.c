/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading, checking and writing the superblock. It comes from the disk, so
 * that nothing in it is believed before it was compared with the rest: later
 * code divides by its figures and indexes with them.
 */
#include "fs/ext2/superblock.h"
#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "fs/ext2/clock.h"
#include "fs/ext2/device.h"
#include "fs/ext2/log.h"
#include "fs/ext2/recount.h"

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
	    s->blocks_count < 0x7fffffff;
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

/* Why a disk cannot be mounted. */
static int
refuse(const char *why, int r)
{
	printf("ext2: device %#x: %s\n", fs.dev, why);
	return r;
}

/* After a crash: finish the last sync if that is known to be possible, or else
 * have what is free counted. */
static int
crash_repair(bool *count)
{
	int r = fs.readonly ? -EINVAL : log_replay();

	if (r == OK) {
		fs.was_clean = true;
		printf("ext2: device %#x is as it was synchronised last\n",
		    fs.dev);
		return OK;
	}
	*count = true;
	printf("ext2: device %#x was not unmounted cleanly; check it\n",
	    fs.dev);
	return r == -EINVAL ? OK : r;
}

/* All descriptors must make sense; counts that cannot be are counted. */
static int
counts_check(bool count)
{
	bool wrong = count;
	int r = OK;

	if (!count)
		r = recount_wanted(&wrong);
	if (r == OK && wrong && !count)
		printf("ext2: device %#x: wrong counts of what is free: "
		       "counted again\n",
		    fs.dev);
	if (r == OK && wrong)
		r = recount();
	return r;
}

/* Read the superblock, and believe it. */
static int
super_read(void)
{
	struct device_piece piece = { &fs.super, SUPER_SIZE };
	int r = device_move(false, SUPER_POSITION, &piece, 1);

	if (r != OK)
		return refuse("the superblock cannot be read", r);
	if (fs.super.magic != SUPER_MAGIC)
		return refuse("no ext2 file system", -EINVAL);
	fs.found_clean = (fs.super.state & SUPER_VALID) != 0;
	fs.was_clean = fs.found_clean;
	r = features_check();
	if (r == OK && (!plausible(&fs.super) || figures_set() != OK))
		return refuse("a superblock that contradicts itself", -EIO);
	return r;
}

int
super_load(uint32_t dev, bool readonly)
{
	bool count = false;
	int r;

	fs.dev = dev;
	fs.readonly = readonly;
	fs.dirty = fs.filetype = fs.large = false;
	r = super_read();
	if (r != OK)
		return r;
	cache_init(fs.block_size, log_bypass);
	group_init();
	if (!fs.was_clean)
		r = crash_repair(&count);
	if (r != OK)
		return refuse("the last sync cannot be finished", r);
	r = counts_check(count);
	return r != OK ? refuse("a damaged group descriptor or bitmap", r) : OK;
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
	fs.super.wtime = fs.super.log.wtime = clock_now();
	memcpy(b->data + SUPER_POSITION % fs.block_size, &fs.super, SUPER_SIZE);
	cache_dirty(b);
	cache_put(b);
	fs.dirty = false;
	return OK;
}
