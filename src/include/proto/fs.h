/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The file server protocol: VFS to file servers. VFS walks paths itself and
 * asks for one name at a time; file servers know nothing of mounts, open
 * files or processes. VFS sends a request asynchronously and has at most one
 * outstanding at each file server; the answer is an ordinary message whose
 * type is the status. Data travels through grants VFS makes, often magic
 * ones on the memory of a user. A file server never calls VFS.
 *
 * A request has a number of VFS's choice in the last word of its body, which
 * its answer repeats, also when it is an error: so an answer that comes when
 * VFS waits for it no more is not taken for the next one.
 */
#pragma once

#include <proto/proto.h>

#define FS_CALLS(CALL)                                                         \
	CALL(FS_MOUNT, fs_mount)     /* read the superblock */                 \
	CALL(FS_UNMOUNT, fs_unmount) /* write all, forget the device */        \
	CALL(FS_LOOKUP, fs_lookup)   /* a name in a directory; takes a ref */  \
	CALL(FS_PUTNODE, fs_putnode) /* give references back */                \
	CALL(FS_STAT, fs_stat)                                                 \
	CALL(FS_READ, fs_read)                                                 \
	CALL(FS_WRITE, fs_write)                                               \
	CALL(FS_GETDENTS, fs_getdents)                                         \
	CALL(FS_CREATE, fs_create) /* any new node but a link; takes a ref */  \
	CALL(FS_LINK, fs_link)                                                 \
	CALL(FS_UNLINK, fs_unlink) /* also an empty directory */               \
	CALL(FS_RENAME, fs_rename)                                             \
	CALL(FS_SYMLINK, fs_symlink)                                           \
	CALL(FS_READLINK, fs_readlink)                                         \
	CALL(FS_TRUNCATE, fs_truncate)                                         \
	CALL(FS_CHMOD, fs_chmod)                                               \
	CALL(FS_CHOWN, fs_chown)                                               \
	CALL(FS_UTIME, fs_utime)                                               \
	CALL(FS_SYNC, fs_sync)                                                 \
	CALL(FS_STATVFS, fs_statvfs)                                           \
	CALL(FS_NEWDRIVER,                                                     \
	    fs_newdriver)            /* the device's driver was restarted */   \
	CALL(FS_NEWNODE, fs_newnode) /* nameless node (pipe); takes a ref */   \
	CALL(FS_GETNODE, fs_getnode) /* a node by its number; takes a ref */

enum fs_call {
	FS_BEFORE_FIRST = FS_BASE - 1,
	FS_CALLS(PROTO_NUMBER) FS_END
};

#define FS_ID (MSG_BODY / 4 - 1) /* where the number is in m_body */

/* Proof that every payload leaves room for the number. */
#define FS_FITS(NR, name)                                                      \
	_Static_assert(sizeof(struct name##_req) <= FS_ID * 4,                 \
	    #NR " request");                                                   \
	_Static_assert(sizeof(struct name##_rep) <= FS_ID * 4, #NR " reply");

/** What VFS keeps of an inode. */
struct fs_node {
	uint32_t ino, mode, uid, gid, rdev, nlink;
	uint32_t generation; /**< differs when the number is used again */
	uint32_t unused;
	int64_t size;
};

struct fs_mount_req {
	uint32_t dev;
	endpoint_t driver; /**< serves dev */
	int32_t readonly;
};

struct fs_mount_rep {
	struct fs_node root;
	uint32_t clean; /**< all that was ever written there is there */
};

#define fs_unmount_req no_payload
#define fs_unmount_rep no_payload

/* Names travel through a grant (CPF_READ) of their exact length, no NUL. */
struct fs_lookup_req {
	uint32_t dir;
	cp_grant_id_t name;
	uint32_t len;
};

struct fs_lookup_rep {
	struct fs_node node;
};

struct fs_putnode_req {
	uint32_t ino, count;
};

#define fs_putnode_rep no_payload

struct fs_stat_req {
	uint32_t ino;
	cp_grant_id_t gid; /**< struct abi_stat, CPF_WRITE */
};

#define fs_stat_rep no_payload

struct fs_read_req {
	uint32_t ino;
	cp_grant_id_t gid;
	uint32_t bytes;
	uint32_t unused;
	int64_t position;
};

struct fs_read_rep {
	uint32_t bytes; /**< 0 at the end */
	uint32_t unused;
	int64_t size; /**< of the file, now */
};

#define fs_write_req    fs_read_req
#define fs_write_rep    fs_read_rep
#define fs_getdents_req fs_read_req

struct fs_getdents_rep {
	uint32_t bytes; /**< of struct abi_dirent; 0 at the end */
	uint32_t unused;
	int64_t position; /**< to go on from */
};

/* For what was known to a server of this file system that has died. */
struct fs_getnode_req {
	uint32_t ino;
};

#define fs_getnode_rep fs_lookup_rep

#include <proto/fs_name.h>

FS_CALLS(FS_FITS)
