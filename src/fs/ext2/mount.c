/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The file system as a whole: mount, unmount, sync, figures.
 */
#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/limits.h>
#include <lacuna/printf.h>

#include "fs/ext2/clock.h"
#include "fs/ext2/device.h"
#include "fs/ext2/inode.h"
#include "fs/ext2/log.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/superblock.h"
#include "fs/ext2/sync.h"
#include "fs/ext2/volume.h"

/* Note in the superblock that it is in use. This gets to the disk with the
 * first change, before which it would not be true. */
static void
state_mounted(void)
{
	if (fs.readonly)
		return;
	fs.super.state = (uint16_t)(fs.super.state & ~SUPER_VALID);
	fs.super.mnt_count++;
	fs.super.mtime = clock_now();
	fs.dirty = true;
	log_begin();
}

static int
root_get(struct fs_node *node)
{
	struct inode *root;
	int r = inode_get(ROOT_INO, &root);

	if (r != OK)
		return r;
	if (!inode_is_dir(root)) {
		(void)inode_put(root, 1); /* r is the error */
		return -EIO;
	}
	inode_describe(root, node); /* the reference is VFS's now */
	return OK;
}

int
ext2_mount(const struct fs_mount_req *req, struct fs_node *root)
{
	int r;

	clock_begin();
	if (fs.active)
		return -EBUSY;
	r = device_open(req->dev, req->driver, req->readonly != 0);
	if (r != OK)
		return r;
	r = super_load(req->dev, req->readonly != 0);
	if (r == OK) {
		inode_init();
		r = root_get(root);
	}
	if (r != OK) {
		device_close();
		return r;
	}
	fs.active = true;
	state_mounted();
	return OK;
}

bool
ext2_was_clean(void)
{
	return fs.found_clean;
}

/* Say on the disk that all is there. One sector: that is whole in itself. */
static int
state_unmounted(void)
{
	int r;

	fs.super.state |= SUPER_VALID;
	fs.dirty = true;
	r = super_write();
	if (r == OK)
		r = cache_commit(NULL, NULL);
	return r == OK ? device_flush() : r;
}

int
ext2_unmount(void)
{
	int r, r2;

	clock_begin();
	if (!fs.active)
		return -EINVAL;
	r = inode_drop_all();
	if (!fs.readonly) {
		r2 = sync_all();
		r = r != OK ? r : r2;
		if (r == OK && fs.was_clean)
			r = state_unmounted();
	}
	device_close();
	fs.active = false;
	return r;
}

int
ext2_statvfs(struct abi_statvfs *st)
{
	const struct ext2_super *s = &fs.super;
	uint32_t tables;

	if (!fs.active)
		return -EINVAL;
	tables = fs.last_meta + fs.nr_groups * (2 + fs.table_blocks);
	st->f_bsize = fs.block_size;
	st->f_blocks = s->blocks_count - tables;
	st->f_bfree = s->free_blocks_count;
	st->f_bavail = s->free_blocks_count > s->r_blocks_count
	    ? s->free_blocks_count - s->r_blocks_count
	    : 0;
	st->f_files = s->inodes_count;
	st->f_ffree = s->free_inodes_count;
	st->f_namemax = NAME_MAX;
	st->f_readonly = fs.readonly;
	return OK;
}

int
ext2_newdriver(uint32_t dev, endpoint_t driver)
{
	if (!fs.active)
		return -EINVAL;
	device_driver_set(dev, driver);
	return OK;
}
