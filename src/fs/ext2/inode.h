/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Inodes in memory. There is one struct inode for each inode in use, shared
 * by all holders. Who looks an inode up holds a reference; VFS's are counted
 * here too, and it names inodes by number. When the last reference goes, an
 * inode without names is freed, any other stays until its place is needed.
 */
#pragma once

#include <abi/fcntl.h>
#include <abi/stat.h>
#include <proto/fs.h>

#include "fs/ext2/layout.h"

#define NR_INODES 544 /* more than VFS can refer to */

struct inode {
	uint32_t ino;  /**< 0: none */
	uint32_t refs; /**< VFS's and, during a request, our own */
	bool dirty;    /**< d is newer than the table of inodes */
	bool was_read; /**< atime is to be set */
	uint32_t goal; /**< where the next block should lie */
	uint32_t room; /**< of a directory: blocks before this one are full */
	struct ext2_dinode d;
	struct inode *hash_next;
	struct inode *older, *newer; /**< while there are no references */
};

/** Forget all inodes. @source own design */
void inode_init(void);

/**
 * Take a reference to an inode that something on the disk points to. Blocks.
 *
 * @param[in]  ino  number
 * @param[out] ipp  the inode
 *
 * @retval OK       give it back with inode_put()
 * @retval -EIO     the number is out of range, the inode is not in use, or
 *                  cannot be read
 * @retval -ENFILE  too many inodes are in use
 * @source own design
 */
int inode_get(uint32_t ino, struct inode **ipp);

/** The inode of a number VFS gave us: NULL if it holds no such reference. */
struct inode *inode_find(uint32_t ino);

/**
 * Take a new inode, with no name and one reference. Errors as of
 * ialloc_alloc() and inode_get().
 *
 * @param[in]  dir   the directory it will be in
 * @param[in]  req   mode, uid, gid, rdev
 * @param[out] ipp   the inode
 * @source own design
 */
int inode_new(const struct inode *dir, const struct fs_create_req *req,
    struct inode **ipp);

/**
 * Give references back. Blocks when the inode must be freed.
 *
 * @param[in] ip     inode
 * @param[in] count  up to ip->refs
 *
 * @retval OK    done
 * @retval -EIO  it could not be freed completely; the references are gone
 * @source own design
 */
int inode_put(struct inode *ip, uint32_t count);

/** Set the time of the last read access, if there was one: this waits until
 * somebody wants to know, as POSIX allows. @source POSIX 2008 4.8 */
void inode_settle(struct inode *ip);

/** Note a change, and its time: of the inode, or also of the file's data.
 * @source POSIX 2008 4.8 */
void inode_changed(struct inode *ip, bool data);

/**
 * Put all changed inodes into the cache.
 *
 * @retval OK    done
 * @retval -EIO  not all of them
 * @source own design
 */
int inode_sync(void);

/**
 * Make nameless inodes look freed on the disk, or in use again. Between the
 * two calls the cache is written: so the disk never has an inode that only
 * memory knows.
 *
 * @param[in] hide  true before, false after writing
 * @retval OK    done
 * @retval -EIO  the file system is damaged
 * @source own design
 */
int inode_hide_nameless(bool hide);

/** Free all inodes without names and drop all references, at unmount. */
int inode_drop_all(void);

/** Size in bytes. @source layout.h */
int64_t inode_size(const struct inode *ip);

/** Set the size, at most INODE_SIZE_MAX. @source layout.h */
void inode_size_set(struct inode *ip, int64_t size);

#define INODE_SIZE_MAX 0x7fffffff

/** What VFS wants to know of an inode. @source own design */
void inode_describe(const struct inode *ip, struct fs_node *node);

/** Owner, in two halves each on the disk. @source layout.h */
uint32_t inode_uid(const struct inode *ip);
uint32_t inode_gid(const struct inode *ip);
void inode_owner_set(struct inode *ip, uint32_t uid, uint32_t gid);

/** Device number of a device node, 0 for others. @source layout.h */
uint32_t inode_rdev(const struct inode *ip);

/** Is its target in the inode, not in a block? @source layout.h */
bool inode_is_fast_symlink(const struct inode *ip);

/** Are its block pointers really that? */
static inline bool
inode_has_blocks(const struct inode *ip)
{
	uint32_t type = ip->d.mode & S_IFMT;

	return type == S_IFREG || type == S_IFDIR ||
	    (type == S_IFLNK && !inode_is_fast_symlink(ip));
}

static inline bool
inode_is_dir(const struct inode *ip)
{
	return (ip->d.mode & S_IFMT) == S_IFDIR;
}
