/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of VFS's calls on paths, attributes and mounts. See <proto/vfs.h>.
 */
#pragma once

#include <proto/proto.h>

#define VFS_NOFOLLOW 1 /* do not follow a symbolic link at the end */

struct vfs_stat_req {
	vir_bytes path;
	uint32_t path_len;
	vir_bytes addr; /**< struct abi_stat */
	uint32_t flags; /**< VFS_NOFOLLOW */
};

#define vfs_stat_rep no_payload

struct vfs_access_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t mode; /**< R_OK ..., for the real ids */
};

#define vfs_access_rep no_payload

/** A path and nothing else. */
struct vfs_chdir_req {
	vir_bytes path;
	uint32_t path_len;
};

#define vfs_chdir_rep no_payload

struct vfs_fchdir_req {
	int32_t fd;
};

#define vfs_fchdir_rep no_payload
#define vfs_chroot_req vfs_chdir_req
#define vfs_chroot_rep no_payload

struct vfs_mkdir_req {
	vir_bytes path;
	uint32_t path_len;
	uint32_t mode;
};

#define vfs_mkdir_rep no_payload

struct vfs_mknod_req {
	vir_bytes path;
	uint32_t path_len;
	uint32_t mode;
	uint32_t dev;
};

#define vfs_mknod_rep no_payload

/** Two paths: the existing one, the new one. */
struct vfs_link_req {
	vir_bytes old_path;
	uint32_t old_len;
	vir_bytes new_path;
	uint32_t new_len;
};

#define vfs_link_rep    no_payload
#define vfs_unlink_req  vfs_chdir_req
#define vfs_unlink_rep  no_payload
#define vfs_rmdir_req   vfs_chdir_req
#define vfs_rmdir_rep   no_payload
#define vfs_rename_req  vfs_link_req
#define vfs_rename_rep  no_payload
#define vfs_symlink_req vfs_link_req /* old path: the contents */
#define vfs_symlink_rep no_payload

struct vfs_readlink_req {
	vir_bytes path;
	uint32_t path_len;
	vir_bytes addr;
	uint32_t bytes;
};

struct vfs_readlink_rep {
	uint32_t bytes;
};

/* chmod, chown, utime: by path, or by fd when path_len is 0. */
struct vfs_chmod_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t fd;
	uint32_t mode;
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
	uint32_t flags;
	int64_t atime, mtime; /**< seconds, UTIME_AT_NOW or UTIME_AT_OMIT */
};

#define vfs_utime_rep no_payload

struct vfs_umask_req {
	uint32_t mask;
};

struct vfs_umask_rep {
	uint32_t old;
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
	vir_bytes addr; /**< struct abi_statvfs */
};

#define vfs_statvfs_rep no_payload

#define VFS_MOUNT_RDONLY 1

struct vfs_mount_req {
	vir_bytes special;
	uint32_t special_len;
	vir_bytes path;
	uint32_t path_len;
	uint32_t flags;
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
	int32_t cmd;
	int32_t type; /**< VFS_LOCK_* */
	int32_t whence;
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
