/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * File attributes, directory entries and file system figures as VFS and file
 * servers hand them out. libc turns them into its own structs.
 */
#pragma once

#include <stdint.h>

struct abi_stat {
	uint32_t st_dev, st_ino;
	uint32_t st_mode; /**< octal */
	uint32_t st_nlink, st_uid, st_gid, st_rdev;
	uint32_t st_blksize, st_blocks; /**< blocks of 512 bytes */
	int64_t st_size;
	int64_t st_atime, st_mtime, st_ctime; /**< seconds since 1970 */
};

/** One entry of a directory. Entries follow each other at d_reclen. */
struct abi_dirent {
	uint32_t d_ino;
	int64_t d_off;     /**< position after this entry, for lseek */
	uint16_t d_reclen; /**< bytes to the next entry, multiple of 8 */
	uint8_t d_type;    /**< mode bits of the type, shifted right by 12 */
	char d_name[];     /**< NUL-terminated */
};

struct abi_statvfs {
	uint32_t f_bsize, f_blocks, f_bfree, f_bavail;
	uint32_t f_files, f_ffree, f_namemax, f_readonly;
};

/** One time stamp request of utime: seconds, or one of these. */
#define UTIME_AT_NOW  ((int64_t)-1)
#define UTIME_AT_OMIT ((int64_t)-2)
