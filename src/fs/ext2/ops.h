/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What VFS can ask for: the operations of struct fsserver, whose parameters
 * and errors are those of <proto/fs.h>. All may block. An inode that VFS
 * names without a reference to it gives -EINVAL, a file system that may not
 * be written -EROFS, damage on the disk -EIO.
 */
#pragma once

#include <lacuna/fsserver.h>

/* The file system as a whole. */
int ext2_mount(const struct fs_mount_req *req, struct fs_node *root);
bool ext2_was_clean(void);
int ext2_unmount(void);                   /**< after writing everything */
int ext2_sync(void);                      /**< write everything */
int ext2_statvfs(struct abi_statvfs *st); /**< how full it is */
/** A device has another driver now. */
int ext2_newdriver(uint32_t dev, endpoint_t driver);

/* From names to inodes. */
int ext2_lookup(uint32_t dir, const char *name, struct fs_node *node);
int ext2_getnode(uint32_t ino, struct fs_node *node);
int ext2_putnode(uint32_t ino, uint32_t count);
int ext2_getdents(uint32_t ino, const struct fs_io *io, uint32_t *bytes,
    int64_t *position);

/* Names. "." and ".." cannot be made, renamed or removed: -EINVAL. */
int ext2_create(const struct fs_create_req *req, const char *name,
    struct fs_node *node);
int ext2_link(uint32_t dir, const char *name, uint32_t ino);
int ext2_unlink(uint32_t dir, const char *name, bool directory);
int ext2_rename(uint32_t old_dir, const char *old_name, uint32_t new_dir,
    const char *new_name);
int ext2_symlink(const struct fs_symlink_req *req, const char *name,
    const char *target);
int ext2_readlink(uint32_t ino, cp_grant_id_t gid, uint32_t *bytes);

/* Data. Sizes above INODE_SIZE_MAX give -EFBIG. A write that fails after some
 * bytes reports those. */
int ext2_read(uint32_t ino, const struct fs_io *io, uint32_t *moved,
    int64_t *size);
int ext2_write(uint32_t ino, const struct fs_io *io, uint32_t *moved,
    int64_t *size);
int ext2_truncate(uint32_t ino, int64_t size);

/* Attributes. */
int ext2_stat(uint32_t ino, struct abi_stat *st);
int ext2_chmod(uint32_t ino, uint32_t mode, uint32_t *result);
int ext2_chown(uint32_t ino, uint32_t uid, uint32_t gid, uint32_t *mode);
int ext2_utime(uint32_t ino, int64_t atime, int64_t mtime);
