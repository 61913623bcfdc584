/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The file protocol: requests of processes to VFS. Paths are given as an
 * address in the caller and a length that counts the NUL. Payloads of the
 * calls on paths and mounts are in <proto/vfs_path.h>.
 */
#pragma once

#include <proto/proto.h>
#include <proto/vfs_attr.h>
#include <proto/vfs_path.h>

#define VFS_CALLS(CALL)                                                        \
	CALL(VFS_READ, vfs_read)                                               \
	CALL(VFS_WRITE, vfs_write)                                             \
	CALL(VFS_OPEN, vfs_open)                                               \
	CALL(VFS_CLOSE, vfs_close)                                             \
	CALL(VFS_LSEEK, vfs_lseek)                                             \
	CALL(VFS_STAT, vfs_stat)                                               \
	CALL(VFS_FSTAT, vfs_fstat)                                             \
	CALL(VFS_ACCESS, vfs_access)                                           \
	CALL(VFS_PIPE, vfs_pipe)                                               \
	CALL(VFS_DUP, vfs_dup)                                                 \
	CALL(VFS_FCNTL, vfs_fcntl)                                             \
	CALL(VFS_IOCTL, vfs_ioctl)                                             \
	CALL(VFS_SELECT, vfs_select)                                           \
	CALL(VFS_GETDENTS, vfs_getdents)                                       \
	CALL(VFS_CHDIR, vfs_chdir)                                             \
	CALL(VFS_FCHDIR, vfs_fchdir)                                           \
	CALL(VFS_CHROOT, vfs_chroot)                                           \
	CALL(VFS_MKDIR, vfs_mkdir)                                             \
	CALL(VFS_MKNOD, vfs_mknod)                                             \
	CALL(VFS_LINK, vfs_link)                                               \
	CALL(VFS_UNLINK, vfs_unlink)                                           \
	CALL(VFS_RMDIR, vfs_rmdir)                                             \
	CALL(VFS_RENAME, vfs_rename)                                           \
	CALL(VFS_SYMLINK, vfs_symlink)                                         \
	CALL(VFS_READLINK, vfs_readlink)                                       \
	CALL(VFS_CHMOD, vfs_chmod)                                             \
	CALL(VFS_CHOWN, vfs_chown)                                             \
	CALL(VFS_UTIME, vfs_utime)                                             \
	CALL(VFS_UMASK, vfs_umask)                                             \
	CALL(VFS_TRUNCATE, vfs_truncate)                                       \
	CALL(VFS_FTRUNCATE, vfs_ftruncate)                                     \
	CALL(VFS_SYNC, vfs_sync)                                               \
	CALL(VFS_FSYNC, vfs_fsync)                                             \
	CALL(VFS_STATVFS, vfs_statvfs)                                         \
	CALL(VFS_MOUNT, vfs_mount)                                             \
	CALL(VFS_UMOUNT, vfs_umount)                                           \
	CALL(VFS_FLOCK, vfs_flock)                                             \
	CALL(VFS_MAPDRIVER, vfs_mapdriver) /* RS: who serves a major number */ \
	CALL(VFS_USAGE, vfs_usage)         /* what is taken of its tables */

enum vfs_call {
	VFS_BEFORE_FIRST = VFS_BASE - 1,
	VFS_CALLS(PROTO_NUMBER) VFS_END
};

struct vfs_read_req {
	int32_t fd;
	vir_bytes addr; /**< [out] bytes, but with VFS_WRITE [in] */
	uint32_t bytes;
	int32_t at; /**< 1: at position (pread), which stays */
	int64_t position;
};

struct vfs_read_rep {
	uint32_t bytes;
};

#define vfs_write_req vfs_read_req
#define vfs_write_rep vfs_read_rep

struct vfs_open_req {
	vir_bytes path;
	uint32_t path_len;
	uint32_t flags; /**< O_* */
	uint32_t mode;  /**< octal, of a new file */
};

struct vfs_open_rep {
	int32_t fd;
};

struct vfs_close_req {
	int32_t fd;
};

#define vfs_close_rep no_payload

struct vfs_lseek_req {
	int32_t fd;
	int32_t whence; /**< one of SEEK_* */
	int64_t offset;
};

struct vfs_lseek_rep {
	int64_t position;
};

struct vfs_fstat_req {
	int32_t fd;
	vir_bytes addr; /**< [out] struct abi_stat */
};

#define vfs_fstat_rep no_payload

struct vfs_pipe_req {
	uint32_t flags; /**< O_NONBLOCK, O_CLOEXEC */
};

struct vfs_pipe_rep {
	int32_t fd[2]; /**< read end, write end */
};

struct vfs_dup_req {
	int32_t fd;
	int32_t to; /**< -1: lowest free; else dup2 */
};

struct vfs_dup_rep {
	int32_t fd;
};

#include <proto/vfs_fd.h>

#define vfs_usage_req no_payload

struct vfs_usage_rep {
	uint32_t processes, descriptors, files, vnodes, mounts, locks;
	uint32_t workers; /**< that work, the one for this call included */
};

VFS_CALLS(PROTO_FITS)
