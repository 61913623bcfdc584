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
	vir_bytes addr; /**< [out] struct abi_stat */
	uint32_t flags; /**< VFS_NOFOLLOW */
};

#define vfs_stat_rep no_payload

struct vfs_access_req {
	vir_bytes path;
	uint32_t path_len;
	int32_t mode; /**< *_OK, for the real ids */
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
	uint32_t mode; /**< octal */
};

#define vfs_mkdir_rep no_payload

struct vfs_mknod_req {
	vir_bytes path;
	uint32_t path_len;
	uint32_t mode; /**< octal */
	uint32_t dev;  /**< hex */
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
	vir_bytes addr; /**< [out] bytes */
	uint32_t bytes;
};

struct vfs_readlink_rep {
	uint32_t bytes;
};
