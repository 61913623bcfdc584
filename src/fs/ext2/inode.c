/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Inodes in memory: a table found through a hash; those without references
 * form a ring, the one unused for longest first.
 */
#include "fs/ext2/inode.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/string.h>

#include "fs/ext2/alloc.h"
#include "fs/ext2/clock.h"
#include "fs/ext2/group.h"
#include "fs/ext2/map.h"
#include "fs/ext2/volume.h"

#define NR_BUCKETS 256u

static struct inode inodes[NR_INODES];
static struct inode *buckets[NR_BUCKETS];
static struct inode idle; /* ring; idle.newer is the oldest */

static void
idle_remove(struct inode *ip)
{
	ip->older->newer = ip->newer;
	ip->newer->older = ip->older;
}

static void
idle_insert(struct inode *ip, struct inode *after)
{
	ip->older = after;
	ip->newer = after->newer;
	after->newer->older = ip;
	after->newer = ip;
}

void
inode_init(void)
{
	uint32_t i;

	memset(buckets, 0, sizeof buckets);
	memset(inodes, 0, sizeof inodes);
	idle.older = idle.newer = &idle;
	for (i = 0; i < NR_INODES; i++)
		idle_insert(&inodes[i], idle.older);
}

static struct inode *
lookup(uint32_t ino)
{
	struct inode *ip = buckets[ino % NR_BUCKETS];

	while (ip != NULL && ip->ino != ino)
		ip = ip->hash_next;
	return ip;
}

static void
unhash(struct inode *ip)
{
	struct inode **pp = &buckets[ip->ino % NR_BUCKETS];

	if (ip->ino == 0)
		return;
	while (*pp != ip)
		pp = &(*pp)->hash_next;
	*pp = ip->hash_next;
	ip->ino = 0;
}

/* Hold the block of the inode table that has an inode. */
static int
table_get(uint32_t ino, struct buf **bp, struct ext2_dinode **dp)
{
	uint32_t index = (ino - 1) % fs.super.inodes_per_group;
	uint32_t offset = index * fs.inode_size;
	struct group group;
	int r = group_get((ino - 1) / fs.super.inodes_per_group, &group);

	if (r != OK)
		return r;
	r = cache_get(group.d->inode_table + offset / fs.block_size, CACHE_READ,
	    bp);
	cache_put(group.b);
	if (r == OK)
		*dp = (struct ext2_dinode *)(void *)((*bp)->data +
		    offset % fs.block_size);
	return r;
}

void
inode_settle(struct inode *ip)
{
	if (!ip->was_read)
		return;
	ip->was_read = false;
	if (!fs.readonly) {
		ip->d.atime = clock_now();
		ip->dirty = true;
	}
}

static int
write_back(struct inode *ip)
{
	struct ext2_dinode *d;
	struct buf *b;
	int r;

	inode_settle(ip);
	if (!ip->dirty)
		return OK;
	r = table_get(ip->ino, &b, &d);
	if (r != OK)
		return r;
	*d = ip->d;
	cache_dirty(b);
	cache_put(b);
	ip->dirty = false;
	return OK;
}

/* Make room for an inode; it gets its number and one reference. */
static int
claim(uint32_t ino, struct inode **ipp)
{
	struct inode *ip = idle.newer;

	if (ip == &idle)
		return -ENFILE;
	/* Idle inodes have been written back; what could not be is lost. */
	unhash(ip);
	idle_remove(ip);
	memset(ip, 0, sizeof *ip);
	ip->ino = ino;
	ip->refs = 1;
	ip->hash_next = buckets[ino % NR_BUCKETS];
	buckets[ino % NR_BUCKETS] = ip;
	*ipp = ip;
	return OK;
}

/* An inode is not there after all. */
static void
disclaim(struct inode *ip)
{
	unhash(ip);
	ip->refs = 0;
	idle_insert(ip, &idle);
}

/* Is this an inode a directory may point to? */
static bool
usable(const struct ext2_dinode *d)
{
	switch (d->mode & S_IFMT) {
	case S_IFREG:
	case S_IFLNK:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return d->links > 0;
	case S_IFDIR:
		return d->links > 0 && d->size % fs.block_size == 0 &&
		    d->size <= INODE_SIZE_MAX;
	default:
		return false;
	}
}

static int
load(struct inode *ip)
{
	struct ext2_dinode *d;
	struct buf *b;
	int r = table_get(ip->ino, &b, &d);

	if (r != OK)
		return r;
	ip->d = *d;
	cache_put(b);
	return usable(&ip->d) ? OK : -EIO;
}

int
inode_get(uint32_t ino, struct inode **ipp)
{
	struct inode *ip = lookup(ino);
	int r;

	if (ip != NULL) {
		if (ip->refs == 0)
			idle_remove(ip);
		ip->refs++;
		*ipp = ip;
		return OK;
	}
	if (ino != ROOT_INO &&
	    (ino < fs.first_ino || ino > fs.super.inodes_count))
		return -EIO;
	r = claim(ino, &ip);
	if (r != OK)
		return r;
	r = load(ip);
	if (r != OK) {
		disclaim(ip);
		return r;
	}
	*ipp = ip;
	return OK;
}

struct inode *
inode_find(uint32_t ino)
{
	struct inode *ip = ino == 0 ? NULL : lookup(ino);

	return ip != NULL && ip->refs > 0 ? ip : NULL;
}

/* Fill the place of a new inode in the table; a table with large inodes has
 * more there than we know. */
static int
table_clear(uint32_t ino, uint32_t *generation)
{
	struct ext2_dinode *d;
	struct buf *b;
	int r = table_get(ino, &b, &d);

	if (r != OK)
		return r;
	*generation = d->generation + 1;
	memset(d, 0, fs.inode_size);
	cache_dirty(b);
	cache_put(b);
	return OK;
}

int
inode_new(const struct inode *dir, const struct fs_create_req *req,
    struct inode **ipp)
{
	bool is_dir = (req->mode & S_IFMT) == S_IFDIR;
	uint32_t ino, generation = 0;
	struct inode *ip;
	int r = ialloc_alloc(dir->ino, is_dir, &ino);

	if (r != OK)
		return r;
	/* An idle inode of this number is one that was freed. */
	ip = lookup(ino);
	if (ip != NULL && ip->refs > 0)
		return -EIO; /* in use: the bitmap is damaged */
	if (ip != NULL) {
		idle_remove(ip);
		disclaim(ip);
	}
	r = table_clear(ino, &generation);
	if (r == OK)
		r = claim(ino, &ip);
	if (r != OK) {
		(void)ialloc_free(ino, is_dir); /* r is the error */
		return r;
	}
	ip->d.mode = (uint16_t)req->mode;
	ip->d.generation = generation;
	inode_owner_set(ip, req->uid, req->gid);
	if ((dir->d.mode & S_ISGID) != 0) {
		inode_owner_set(ip, req->uid, inode_gid(dir));
		if (is_dir)
			ip->d.mode |= S_ISGID;
	}
	if ((req->mode & S_IFMT) == S_IFCHR || (req->mode & S_IFMT) == S_IFBLK)
		ip->d.block[0] = req->rdev;
	ip->d.atime = clock_now();
	ip->d.mtime = ip->d.ctime = ip->d.atime;
	ip->dirty = true;
	*ipp = ip;
	return OK;
}

/* Free the block of extended attributes, or our share of it. */
static int
xattr_free(struct inode *ip)
{
	struct ext2_xattr *x;
	bool shared;
	struct buf *b;
	int r = group_data_block(ip->d.file_acl);

	if (r == OK)
		r = cache_get(ip->d.file_acl, CACHE_READ, &b);
	if (r != OK)
		return r;
	x = (struct ext2_xattr *)(void *)b->data;
	shared = x->refcount > 1;
	if (x->magic != XATTR_MAGIC) {
		r = -EIO;
	} else if (shared) {
		x->refcount--;
		cache_dirty(b);
	}
	cache_put(b);
	return r != OK || shared ? r : balloc_free(ip->d.file_acl);
}

/* Nobody can get at this inode any more. */
static int
destroy(struct inode *ip)
{
	int r = OK, r2;

	if (inode_has_blocks(ip))
		r = map_truncate(ip, 0);
	if (ip->d.file_acl != 0) {
		r2 = xattr_free(ip);
		r = r != OK ? r : r2;
		ip->d.file_acl = 0;
	}
	ip->d.dtime = clock_now();
	ip->dirty = true;
	r2 = write_back(ip);
	r = r != OK ? r : r2;
	r2 = ialloc_free(ip->ino, inode_is_dir(ip));
	return r != OK ? r : r2;
}

int
inode_put(struct inode *ip, uint32_t count)
{
	int r;

	assert(count <= ip->refs);
	if (count < ip->refs || count == 0) {
		ip->refs -= count;
		return OK;
	}
	if (ip->d.links == 0 && !fs.readonly) {
		r = destroy(ip);
		ip->dirty = false;
		disclaim(ip);
		return r;
	}
	r = write_back(ip);
	ip->refs = 0;
	idle_insert(ip, idle.older);
	return r;
}

void
inode_changed(struct inode *ip, bool data)
{
	ip->d.ctime = clock_now();
	if (data)
		ip->d.mtime = ip->d.ctime;
	ip->dirty = true;
}

int
inode_sync(void)
{
	uint32_t i;
	int r = OK;

	for (i = 0; i < NR_INODES; i++)
		if (inodes[i].ino != 0 && write_back(&inodes[i]) != OK)
			r = -EIO;
	return r;
}

/* Mark all that a nameless inode has as free or used. */
static int
mark(struct inode *ip, bool used)
{
	int r = OK, r2;

	if (inode_has_blocks(ip))
		r = map_walk(ip, used);
	if (ip->d.file_acl != 0 && r == OK)
		r = balloc_mark(ip->d.file_acl, used);
	ip->d.dtime = used ? 0 : clock_now();
	ip->dirty = true;
	r2 = write_back(ip);
	r = r != OK ? r : r2;
	r2 = ialloc_mark(ip->ino, inode_is_dir(ip), used);
	return r != OK ? r : r2;
}

int
inode_hide_nameless(bool hide)
{
	struct inode *ip;
	int r = OK;

	for (ip = inodes; ip < inodes + NR_INODES; ip++) {
		if (ip->ino != 0 && ip->refs > 0 && ip->d.links == 0 &&
		    mark(ip, !hide) != OK)
			r = -EIO;
	}
	return r;
}

int
inode_drop_all(void)
{
	struct inode *ip;
	int r = OK;

	for (ip = inodes; ip < inodes + NR_INODES; ip++) {
		if (ip->refs > 0 && inode_put(ip, ip->refs) != OK)
			r = -EIO;
	}
	return r;
}
