/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Attributes of inodes.
 */
#include <abi/errno.h>

#include "fs/ext2/inode.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/request.h"
#include "fs/ext2/volume.h"

int
ext2_stat(uint32_t ino, struct abi_stat *st)
{
	struct inode *ip = request_inode(ino);

	if (ip == NULL)
		return -EINVAL;
	inode_settle(ip);
	st->st_dev = fs.dev;
	st->st_ino = ip->ino;
	st->st_mode = ip->d.mode;
	st->st_nlink = ip->d.links;
	st->st_uid = inode_uid(ip);
	st->st_gid = inode_gid(ip);
	st->st_rdev = inode_rdev(ip);
	st->st_blksize = fs.block_size;
	st->st_blocks = ip->d.blocks;
	st->st_size = inode_size(ip);
	st->st_atime = ip->d.atime;
	st->st_mtime = ip->d.mtime;
	st->st_ctime = ip->d.ctime;
	return OK;
}

/* An inode that VFS wants to change. */
static int
find_change(uint32_t ino, struct inode **ipp)
{
	*ipp = request_inode(ino);
	if (*ipp == NULL)
		return -EINVAL;
	return fs.readonly ? -EROFS : OK;
}

int
ext2_chmod(uint32_t ino, uint32_t mode, uint32_t *result)
{
	struct inode *ip;
	int r = find_change(ino, &ip);

	if (r != OK)
		return r;
	ip->d.mode = (uint16_t)((ip->d.mode & S_IFMT) | (mode & 07777));
	inode_changed(ip, false);
	*result = ip->d.mode;
	return OK;
}

int
ext2_chown(uint32_t ino, uint32_t uid, uint32_t gid, uint32_t *mode)
{
	struct inode *ip;
	int r = find_change(ino, &ip);

	if (r != OK)
		return r;
	inode_owner_set(ip, uid, gid);
	if (!inode_is_dir(ip))
		ip->d.mode =
		    (uint16_t)(ip->d.mode & ~(uint32_t)(S_ISUID | S_ISGID));
	inode_changed(ip, false);
	*mode = ip->d.mode;
	return OK;
}

/* Set one time: *to has 32 bits, what does not fit is cut to its range. */
static void
time_set(uint32_t *to, int64_t value, uint32_t now)
{
	if (value == UTIME_AT_OMIT)
		return;
	if (value == UTIME_AT_NOW)
		*to = now;
	else if (value < 0)
		*to = 0;
	else
		*to = value > 0xffffffff ? 0xffffffff : (uint32_t)value;
}

int
ext2_utime(uint32_t ino, int64_t atime, int64_t mtime)
{
	struct inode *ip;
	int r = find_change(ino, &ip);

	if (r != OK)
		return r;
	inode_settle(ip);
	inode_changed(ip, false);
	time_set(&ip->d.atime, atime, ip->d.ctime);
	time_set(&ip->d.mtime, mtime, ip->d.ctime);
	return OK;
}
