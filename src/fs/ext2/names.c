/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking names up, making new nodes, and symbolic links.
 */
#include "fs/ext2/names.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/clock.h"
#include "fs/ext2/directory.h"
#include "fs/ext2/map.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/request.h"
#include "fs/ext2/volume.h"

bool
name_is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int
names_dir(uint32_t ino, struct inode **dp)
{
	struct inode *dir = request_inode(ino);

	if (dir == NULL)
		return -EINVAL;
	if (!inode_is_dir(dir))
		return -ENOTDIR;
	*dp = dir;
	return OK;
}

int
names_dir_change(uint32_t ino, const char *name, struct inode **dp)
{
	struct inode *dir;
	int r = names_dir(ino, &dir);

	if (r != OK)
		return r;
	if (fs.readonly)
		return -EROFS;
	if (dir->d.links == 0)
		return -ENOENT;
	if (name_is_dot(name))
		return -EINVAL;
	*dp = dir;
	return OK;
}

void
names_count(struct inode *ip, int by)
{
	ip->d.links = (uint16_t)(ip->d.links + by);
	inode_changed(ip, false);
}

int
ext2_lookup(uint32_t dir_ino, const char *name, struct fs_node *node)
{
	struct inode *dir, *ip;
	uint32_t ino;
	int r = names_dir(dir_ino, &dir);

	if (r == OK)
		r = dir_find(dir, name, &ino);
	if (r == OK)
		r = inode_get(ino, &ip);
	if (r == OK)
		inode_describe(ip, node); /* the reference is VFS's now */
	return r;
}

/* No name leads here: VFS knows the number from a server before this one. */
int
ext2_getnode(uint32_t ino, struct fs_node *node)
{
	struct inode *ip;
	int r;

	clock_begin();
	if (!fs.active || ino == 0)
		return -EINVAL;
	r = inode_get(ino, &ip);
	if (r == OK)
		inode_describe(ip, node);
	return r;
}

int
ext2_putnode(uint32_t ino, uint32_t count)
{
	struct inode *ip = request_inode(ino);

	if (ip == NULL || count > ip->refs)
		return -EINVAL;
	return inode_put(ip, count);
}

int
ext2_getdents(uint32_t ino, const struct fs_io *io, uint32_t *bytes,
    int64_t *position)
{
	struct inode *dir;
	int r = names_dir(ino, &dir);

	return r != OK ? r : dir_list(dir, io, bytes, position);
}

/* Can dir get one more name, of this kind? */
static int
check_new(const struct inode *dir, const char *name, uint32_t mode)
{
	uint32_t ino;
	int r = dir_find(dir, name, &ino);

	if (r != -ENOENT)
		return r == OK ? -EEXIST : r;
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return dir->d.links >= LINKS_MAX ? -EMLINK : OK;
	case S_IFREG:
	case S_IFLNK:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return OK;
	default:
		return -EINVAL;
	}
}

/* Give a new inode its name; it is gone if that fails. */
static int
enter(struct inode *dir, const char *name, struct inode *ip)
{
	int r = OK;

	if (inode_is_dir(ip))
		r = dir_begin(ip, dir);
	if (r == OK)
		r = dir_add(dir, name, ip);
	if (r != OK) {
		(void)inode_put(ip, 1); /* r is the error */
		return r;
	}
	ip->d.links = 1;
	if (inode_is_dir(ip)) {
		ip->d.links = 2;
		names_count(dir, 1);
	}
	return OK;
}

int
ext2_create(const struct fs_create_req *req, const char *name,
    struct fs_node *node)
{
	struct inode *dir, *ip;
	int r;

	if (name_is_dot(name))
		return -EEXIST;
	r = names_dir_change(req->dir, name, &dir);
	if (r == OK)
		r = check_new(dir, name, req->mode);
	if (r == OK)
		r = inode_new(dir, req, &ip);
	if (r == OK)
		r = enter(dir, name, ip);
	if (r == OK)
		inode_describe(ip, node); /* the reference is VFS's now */
	return r;
}

/* Store the target of a new symbolic link. */
static int
target_set(struct inode *ip, const char *target)
{
	uint32_t len = (uint32_t)strlen(target), block;
	struct buf *b;
	bool fresh;
	int r;

	if (len < FAST_SYMLINK) {
		memcpy(ip->d.block, target, len);
		inode_size_set(ip, len);
		return OK;
	}
	if (len >= fs.block_size)
		return -ENAMETOOLONG;
	r = map_make(ip, 0, &block, &fresh);
	if (r == OK)
		r = cache_get(block, CACHE_ZERO, &b);
	if (r != OK)
		return r;
	memcpy(b->data, target, len);
	cache_dirty(b);
	cache_put(b);
	inode_size_set(ip, len);
	return OK;
}

int
ext2_symlink(const struct fs_symlink_req *req, const char *name,
    const char *target)
{
	struct fs_create_req as = {
		.dir = req->dir,
		.mode = S_IFLNK | 0777,
		.uid = req->uid,
		.gid = req->gid,
	};
	struct inode *dir, *ip;
	int r;

	if (name_is_dot(name))
		return -EEXIST;
	r = names_dir_change(req->dir, name, &dir);
	if (r == OK)
		r = check_new(dir, name, S_IFLNK);
	if (r == OK)
		r = inode_new(dir, &as, &ip);
	if (r != OK)
		return r;
	r = target_set(ip, target);
	if (r == OK)
		return (r = enter(dir, name, ip)) == OK ? inode_put(ip, 1) : r;
	(void)inode_put(ip, 1); /* r is the error */
	return r;
}

int
ext2_readlink(uint32_t ino, cp_grant_id_t gid, uint32_t *bytes)
{
	struct inode *ip = request_inode(ino);
	uint32_t n, block;
	struct buf *b;
	int r;

	if (ip == NULL || (ip->d.mode & S_IFMT) != S_IFLNK)
		return -EINVAL;
	n = ip->d.size;
	if (n == 0 || n >= fs.block_size)
		return -EIO;
	if (inode_is_fast_symlink(ip)) {
		if (n >= FAST_SYMLINK)
			return -EIO;
		n = n < *bytes ? n : *bytes;
		r = fsserver_put(gid, 0, ip->d.block, n);
	} else {
		r = map_find(ip, 0, &block);
		if (r == OK && block == 0)
			r = -EIO;
		if (r == OK)
			r = cache_get(block, CACHE_READ, &b);
		if (r != OK)
			return r;
		n = n < *bytes ? n : *bytes;
		r = fsserver_put(gid, 0, b->data, n);
		cache_put(b);
	}
	if (r == OK)
		*bytes = n;
	return r;
}
