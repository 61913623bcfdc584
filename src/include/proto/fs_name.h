/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the file server protocol on names and attributes. See
 * <proto/fs.h>.
 */
#pragma once

#include <proto/proto.h>

struct fs_create_req {
	uint32_t dir;
	cp_grant_id_t name;
	uint32_t len;
	uint32_t mode, uid, gid, rdev;
};

#define fs_create_rep fs_lookup_rep

struct fs_link_req {
	uint32_t dir;
	cp_grant_id_t name;
	uint32_t len;
	uint32_t ino; /**< gets one more name */
};

#define fs_link_rep no_payload

struct fs_unlink_req {
	uint32_t dir;
	cp_grant_id_t name;
	uint32_t len;
	int32_t directory; /**< remove an empty directory, nothing else */
};

#define fs_unlink_rep no_payload

struct fs_rename_req {
	uint32_t old_dir;
	cp_grant_id_t old_name;
	uint32_t old_len;
	uint32_t new_dir;
	cp_grant_id_t new_name;
	uint32_t new_len;
};

#define fs_rename_rep no_payload

struct fs_symlink_req {
	uint32_t dir;
	cp_grant_id_t name;
	uint32_t len;
	cp_grant_id_t target;
	uint32_t target_len;
	uint32_t uid, gid;
};

#define fs_symlink_rep no_payload

struct fs_readlink_req {
	uint32_t ino;
	cp_grant_id_t gid;
	uint32_t bytes;
};

struct fs_readlink_rep {
	uint32_t bytes;
};

struct fs_truncate_req {
	uint32_t ino;
	uint32_t unused;
	int64_t size;
};

#define fs_truncate_rep no_payload

struct fs_chmod_req {
	uint32_t ino, mode;
};

struct fs_chmod_rep {
	uint32_t mode; /**< with the type bits */
};

struct fs_chown_req {
	uint32_t ino, uid, gid;
};

struct fs_chown_rep {
	uint32_t mode; /**< set-id bits are gone */
};

struct fs_utime_req {
	uint32_t ino;
	uint32_t unused;
	int64_t atime, mtime; /**< or UTIME_AT_NOW, UTIME_AT_OMIT */
};

#define fs_utime_rep no_payload
#define fs_sync_req  no_payload
#define fs_sync_rep  no_payload

struct fs_statvfs_req {
	cp_grant_id_t gid; /**< struct abi_statvfs, CPF_WRITE */
};

#define fs_statvfs_rep no_payload

struct fs_newdriver_req {
	uint32_t dev;
	endpoint_t driver;
};

#define fs_newdriver_rep no_payload

struct fs_newnode_req {
	uint32_t mode, uid, gid, rdev;
};

#define fs_newnode_rep fs_lookup_rep
