/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Facts about a mounted file system.
 */
#ifndef LACUNA_SYS_STATVFS_H
#define LACUNA_SYS_STATVFS_H

#include <sys/types.h>

#define ST_RDONLY 1
#define ST_NOSUID 2

struct statvfs {
	unsigned long f_bsize;  /* preferred size of a transfer */
	unsigned long f_frsize; /* unit of the block counts */
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	fsblkcnt_t f_bavail; /* what an ordinary user can still have */
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	fsfilcnt_t f_favail;
	unsigned long f_fsid;
	unsigned long f_flag; /* ST_* */
	unsigned long f_namemax;
};

_BEGIN_STD_C

int statvfs(const char *__restrict __path, struct statvfs *__restrict __buf);
int fstatvfs(int __fd, struct statvfs *__buf);

_END_STD_C

#endif
