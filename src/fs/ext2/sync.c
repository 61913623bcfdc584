/* SPDX-License-Identifier: BSD-2-Clause */
/** @file From the cache to the disk, see sync.h. */
#include "fs/ext2/sync.h"

#include <abi/errno.h>

#include "fs/ext2/cache.h"
#include "fs/ext2/clock.h"
#include "fs/ext2/device.h"
#include "fs/ext2/inode.h"
#include "fs/ext2/log.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/superblock.h"

#define SLACK 32u /* blocks that hiding and the superblock may add */

int
sync_all(void)
{
	int r = inode_sync(), r2;

	if (cache_nr_dirty() > 0 || fs.dirty)
		log_reserve(cache_nr_dirty() + SLACK);
	r2 = inode_hide_nameless(true);
	r = r != OK ? r : r2;
	if (cache_nr_dirty() > 0)
		fs.dirty = true; /* it points to the log */
	r2 = super_write();
	r = r != OK ? r : r2;
	r2 = cache_commit(log_is_fresh, log_write);
	log_end(r2);
	r = r != OK ? r : r2;
	r2 = inode_hide_nameless(false);
	r = r != OK ? r : r2;
	r2 = device_flush();
	return r != OK ? r : r2;
}

void
sync_relieve(void)
{
	if (fs.active && !fs.readonly && cache_is_full())
		(void)sync_all(); /* what could not be is tried again */
}

int
ext2_sync(void)
{
	clock_begin();
	if (!fs.active)
		return -EINVAL;
	return fs.readonly ? OK : sync_all();
}
