/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Names for inodes that are there: link, unlink, rename.
 */
#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/directory.h"
#include "fs/ext2/names.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/request.h"
#include "fs/ext2/volume.h"

int
ext2_link(uint32_t dir_ino, const char *name, uint32_t ino)
{
	struct inode *dir, *ip = request_inode(ino);
	uint32_t other;
	int r;

	if (ip == NULL)
		return -EINVAL;
	if (name_is_dot(name))
		return -EEXIST;
	r = names_dir_change(dir_ino, name, &dir);
	if (r != OK)
		return r;
	if (inode_is_dir(ip))
		return -EPERM;
	if (ip->d.links == 0)
		return -ENOENT;
	if (ip->d.links >= LINKS_MAX)
		return -EMLINK;
	r = dir_find(dir, name, &other);
	if (r != -ENOENT)
		return r == OK ? -EEXIST : r;
	r = dir_add(dir, name, ip);
	if (r == OK)
		names_count(ip, 1);
	return r;
}

/* May the name of ip be removed, as a directory's or as another's? */
static int
check_unlink(const struct inode *dir, const struct inode *ip, bool directory)
{
	if (!directory)
		return inode_is_dir(ip) ? -EPERM : OK;
	if (!inode_is_dir(ip))
		return -ENOTDIR;
	if (ip->ino == ROOT_INO || ip == dir)
		return -EBUSY;
	return dir_check_empty(ip);
}

/* A name of ip in dir is gone. */
static void
uncount(struct inode *dir, struct inode *ip)
{
	if (inode_is_dir(ip)) {
		if (dir->d.links > 2)
			names_count(dir, -1);
		names_count(ip, -ip->d.links); /* "." goes along */
	} else if (ip->d.links > 0) {
		names_count(ip, -1);
	}
}

int
ext2_unlink(uint32_t dir_ino, const char *name, bool directory)
{
	struct inode *dir, *ip;
	uint32_t ino;
	int r, r2;

	if (directory && strcmp(name, "..") == 0)
		return -ENOTEMPTY;
	r = names_dir_change(dir_ino, name, &dir);
	if (r == OK)
		r = dir_find(dir, name, &ino);
	if (r == OK)
		r = inode_get(ino, &ip);
	if (r != OK)
		return r;
	r = check_unlink(dir, ip, directory);
	if (r == OK)
		r = dir_remove(dir, name);
	if (r == OK)
		uncount(dir, ip);
	r2 = inode_put(ip, 1);
	return r != OK ? r : r2;
}

/** A rename under way; the inodes are held. */
struct rename {
	struct inode *old_dir, *new_dir;
	const char *old_name, *new_name;
	struct inode *ip;
	struct inode *victim; /**< what has the new name now, or NULL */
};

/* Would a directory end up in itself? Go from the new place up to the root; a
 * damaged disk may have a circle there. */
static int
check_circle(const struct rename *rn)
{
	uint32_t ino = rn->new_dir->ino, steps;
	struct inode *dir;
	int r;

	for (steps = 0; ino != ROOT_INO; steps++) {
		if (ino == rn->ip->ino)
			return -EINVAL;
		if (steps > fs.super.inodes_count)
			return -EIO;
		r = inode_get(ino, &dir);
		if (r != OK)
			return r;
		r = inode_is_dir(dir) ? dir_find(dir, "..", &ino) : -EIO;
		(void)inode_put(dir, 1); /* it has names or other holders */
		if (r != OK)
			return r == -ENOENT ? -EIO : r;
	}
	return OK;
}

static int
check_rename(const struct rename *rn)
{
	bool moves = rn->new_dir != rn->old_dir;
	int r = OK;

	if (rn->ip->ino == ROOT_INO)
		return -EBUSY;
	if (inode_is_dir(rn->ip) && moves)
		r = check_circle(rn);
	if (r != OK)
		return r;
	if (rn->victim != NULL) {
		if (inode_is_dir(rn->ip))
			return check_unlink(rn->new_dir, rn->victim, true);
		return inode_is_dir(rn->victim) ? -EISDIR : OK;
	}
	if (inode_is_dir(rn->ip) && moves && rn->new_dir->d.links >= LINKS_MAX)
		return -EMLINK;
	return OK;
}

/* The new name first: should something fail, none is lost. */
static int
move(const struct rename *rn)
{
	bool is_dir = inode_is_dir(rn->ip);
	int r;

	if (rn->victim != NULL)
		r = dir_replace(rn->new_dir, rn->new_name, rn->ip);
	else
		r = dir_add(rn->new_dir, rn->new_name, rn->ip);
	if (r != OK)
		return r;
	if (rn->victim != NULL)
		uncount(rn->new_dir, rn->victim);
	if (is_dir && rn->new_dir != rn->old_dir) {
		r = dir_replace(rn->ip, "..", rn->new_dir);
		if (r != OK)
			return r == -ENOENT ? -EIO : r;
		names_count(rn->new_dir, 1);
		if (rn->old_dir->d.links > 2)
			names_count(rn->old_dir, -1);
	}
	r = dir_remove(rn->old_dir, rn->old_name);
	inode_changed(rn->ip, false);
	return r;
}

/* Hold what a name means; *ipp is NULL if there is no such name. */
static int
get_named(struct inode *dir, const char *name, struct inode **ipp)
{
	uint32_t ino;
	int r = dir_find(dir, name, &ino);

	*ipp = NULL;
	if (r != OK)
		return r == -ENOENT ? OK : r;
	return inode_get(ino, ipp);
}

int
ext2_rename(uint32_t old_dir, const char *old_name, uint32_t new_dir,
    const char *new_name)
{
	struct rename rn = { .old_name = old_name, .new_name = new_name };
	int r, r2 = OK;

	r = names_dir_change(old_dir, old_name, &rn.old_dir);
	if (r == OK)
		r = names_dir_change(new_dir, new_name, &rn.new_dir);
	if (r == OK)
		r = get_named(rn.old_dir, old_name, &rn.ip);
	if (r == OK && rn.ip == NULL)
		r = -ENOENT;
	if (r != OK)
		return r;
	r = get_named(rn.new_dir, new_name, &rn.victim);
	if (r == OK && rn.victim != rn.ip) {
		r = check_rename(&rn);
		if (r == OK)
			r = move(&rn);
	}
	if (rn.victim != NULL)
		r2 = inode_put(rn.victim, 1);
	r = r != OK ? r : r2;
	r2 = inode_put(rn.ip, 1);
	return r != OK ? r : r2;
}
