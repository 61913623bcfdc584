/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * File servers. A file server fills in the operations it has; the library
 * takes requests from VFS alone, fetches names, and hands plain parameters
 * over. Nodes are named by inode number; VFS holds references to the nodes it
 * knows, and says with putnode when it needs them no more.
 */
#pragma once

#include <abi/stat.h>
#include <lacuna/sef.h>
#include <proto/fs.h>

/** One transfer between a file and memory that VFS granted. */
struct fs_io {
	cp_grant_id_t gid;
	uint32_t bytes;   /**< wanted */
	int64_t position; /**< in the file */
};

/**
 * A file server, as the library sees it. An operation left NULL answers
 * -ENOSYS. All return OK or a negative error and set results only on success.
 * Names are not empty, have no slash and no NUL inside, and at most NAME_MAX
 * bytes; they end with a NUL.
 */
struct fsserver {
	const char *name;
	sef_cb_init_t init_fresh;
	sef_cb_init_t init_restart;

	int (*mount)(const struct fs_mount_req *req, struct fs_node *root);
	bool (*was_clean)(void); /**< nothing was lost before the mount */
	int (*unmount)(void);
	int (*lookup)(uint32_t dir, const char *name, struct fs_node *node);
	int (*getnode)(uint32_t ino, struct fs_node *node);
	int (*putnode)(uint32_t ino, uint32_t count);
	int (*stat)(uint32_t ino, struct abi_stat *st);
	int (*read)(uint32_t ino, const struct fs_io *io, uint32_t *moved,
	    int64_t *size);
	int (*write)(uint32_t ino, const struct fs_io *io, uint32_t *moved,
	    int64_t *size);
	int (*getdents)(uint32_t dir, const struct fs_io *io, uint32_t *bytes,
	    int64_t *position);
	int (*create)(const struct fs_create_req *req, const char *name,
	    struct fs_node *node);
	int (*newnode)(const struct fs_newnode_req *req, struct fs_node *node);
	int (*link)(uint32_t dir, const char *name, uint32_t ino);
	int (*unlink)(uint32_t dir, const char *name, bool directory);
	int (*rename)(uint32_t old_dir, const char *old_name, uint32_t new_dir,
	    const char *new_name);
	int (*symlink)(const struct fs_symlink_req *req, const char *name,
	    const char *target);
	int (*readlink)(uint32_t ino, cp_grant_id_t gid, uint32_t *bytes);
	int (*truncate)(uint32_t ino, int64_t size);
	int (*chmod)(uint32_t ino, uint32_t mode, uint32_t *result);
	int (*chown)(uint32_t ino, uint32_t uid, uint32_t gid, uint32_t *mode);
	int (*utime)(uint32_t ino, int64_t atime, int64_t mtime);
	int (*sync)(void);
	int (*statvfs)(struct abi_statvfs *st);
	int (*newdriver)(uint32_t dev, endpoint_t driver);

	sef_cb_signal_handler_t signal;
	sef_cb_dump_t dump;
};

/**
 * Run a file server for ever.
 *
 * @param[in] ops  operations
 * @return never; int for main's sake
 * @source own design
 */
int fsserver_run(const struct fsserver *ops);

/**
 * Copy bytes of a file to the memory VFS granted for a read.
 *
 * @param[in] gid     grant
 * @param[in] offset  in the grant
 * @param[in] data    bytes
 * @param[in] bytes   how many
 * @return OK, or the error of sys_safecopyto()
 */
int fsserver_put(cp_grant_id_t gid, uint32_t offset, const void *data,
    uint32_t bytes);

/**
 * Copy bytes to a file's block from the memory VFS granted for a write.
 *
 * @param[in]  gid     grant
 * @param[in]  offset  in the grant
 * @param[out] data    where to
 * @param[in]  bytes   how many
 * @return OK, or the error of sys_safecopyfrom()
 */
int fsserver_get(cp_grant_id_t gid, uint32_t offset, void *data,
    uint32_t bytes);
