/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of VFS's calls on attributes, mounts and locks. See
 * <proto/vfs.h>.
 */
#pragma once

#include <proto/proto.h>

/* chmod, chown, utime: by path, or by fd when path_len is 0. */
struct vfs_chmod_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t fd;
	uint32_t mode; /**< octal */
};

#define vfs_chmod_rep no_payload

struct vfs_chown_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t fd;
	uint32_t uid, gid; /**< 0xffffffff: leave */
	uint32_t flags;    /**< VFS_NOFOLLOW */
};

#define vfs_chown_rep no_payload

struct vfs_utime_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t fd;
	uint32_t flags;       /**< VFS_NOFOLLOW */
	int64_t atime, mtime; /**< seconds, UTIME_AT_NOW or UTIME_AT_OMIT */
};

#define vfs_utime_rep no_payload

struct vfs_umask_req {
	uint32_t mask; /**< octal */
};

struct vfs_umask_rep {
	uint32_t old; /**< octal */
};

struct vfs_truncate_req {
	vir_bytes path;
	uint32_t path_len;
	int64_t size;
};

#define vfs_truncate_rep no_payload

struct vfs_ftruncate_req {
	int32_t fd;
	int64_t size;
};

#define vfs_ftruncate_rep no_payload
#define vfs_sync_req      no_payload
#define vfs_sync_rep      no_payload

struct vfs_fsync_req {
	int32_t fd;
};

#define vfs_fsync_rep no_payload

/* By path, or by fd when path_len is 0. */
struct vfs_statvfs_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t fd;
	vir_bytes addr; /**< [out] struct abi_statvfs */
};

#define vfs_statvfs_rep no_payload

#define VFS_MOUNT_RDONLY 1

struct vfs_mount_req {
	vir_bytes special;
	uint32_t special_len;
	vir_bytes path;
	uint32_t path_len;
	uint32_t flags; /**< VFS_MOUNT_* */
	vir_bytes type; /**< label of the file server; length 0: ext2 */
	uint32_t type_len;
};

#define vfs_mount_rep  no_payload
#define vfs_umount_req vfs_chdir_req
#define vfs_umount_rep no_payload

#define VFS_LOCK_READ   1
#define VFS_LOCK_WRITE  2
#define VFS_LOCK_UNLOCK 3

/* Advisory record locks, as fcntl(F_GETLK, F_SETLK, F_SETLKW). */
struct vfs_flock_req {
	int32_t fd;
	int32_t cmd;           /**< one of F_* */
	int32_t type;          /**< one of VFS_LOCK_* */
	int32_t whence;        /**< one of SEEK_* */
	int64_t start, length; /**< length 0: to the end of the file */
};

struct vfs_flock_rep {
	int32_t type; /**< F_GETLK: of the lock in the way, or UNLOCK */
	int32_t pid;
	int64_t start, length;
};

struct vfs_mapdriver_req {
	uint32_t major;
	endpoint_t driver; /**< NONE: nobody */
	int32_t block;     /**< 1: block driver */
};

#define vfs_mapdriver_rep no_payload
