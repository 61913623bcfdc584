/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Attributes of a file: VFS speaks of whole seconds and 64-bit sizes, newlib
 * of timespecs and 32-bit sizes.
 */
#include "lib/libc/stat.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include <abi/errno.h>

int
__stat_convert(const struct abi_stat *from, struct stat *to)
{
	if (from->st_size > LONG_MAX)
		return -EOVERFLOW;
	memset(to, 0, sizeof *to);
	to->st_dev = from->st_dev;
	to->st_ino = from->st_ino;
	to->st_mode = from->st_mode;
	to->st_nlink = (nlink_t)from->st_nlink;
	to->st_uid = from->st_uid;
	to->st_gid = from->st_gid;
	to->st_rdev = from->st_rdev;
	to->st_size = (off_t)from->st_size;
	to->st_atim.tv_sec = from->st_atime;
	to->st_mtim.tv_sec = from->st_mtime;
	to->st_ctim.tv_sec = from->st_ctime;
	to->st_blksize = (blksize_t)from->st_blksize;
	to->st_blocks = (blkcnt_t)from->st_blocks;
	return OK;
}
