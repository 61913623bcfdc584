/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Directories. All that looks at entries does so through a cursor, which
 * checks each of them before it is used.
 */
#include "fs/ext2/directory.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/cursor.h"
#include "fs/ext2/map.h"
#include "fs/ext2/volume.h"

static bool
is_name(const struct ext2_dirent *e, const char *name, size_t len)
{
	return e->inode != 0 && e->name_len == len &&
	    memcmp(e->name, name, len) == 0;
}

static bool
is_dot(const struct ext2_dirent *e)
{
	return is_name(e, ".", 1) || is_name(e, "..", 2);
}

/* Type in an entry. @source layout.h: the field file_type */
static uint8_t
type_of(const struct inode *ip)
{
	static const uint8_t types[16] = {
		[S_IFREG >> 12] = 1,
		[S_IFDIR >> 12] = 2,
		[S_IFCHR >> 12] = 3,
		[S_IFBLK >> 12] = 4,
		[S_IFIFO >> 12] = 5,
		[S_IFSOCK >> 12] = 6,
		[S_IFLNK >> 12] = 7,
	};

	return fs.filetype ? types[ip->d.mode >> 12] : 0;
}

/* Bring the cursor to a name. */
static int
seek(struct cursor *c, const struct inode *dir, const char *name)
{
	int r;

	cursor_init(c, dir, 0);
	r = cursor_seek(c, name);
	if (r == OK && c->e != NULL)
		return OK;
	cursor_done(c);
	return r == OK ? -ENOENT : r;
}

int
dir_find(const struct inode *dir, const char *name, uint32_t *ino)
{
	struct cursor c;
	int r = seek(&c, dir, name);

	if (r == OK) {
		*ino = c.e->inode;
		cursor_done(&c);
	}
	return r;
}

/* A changed directory has no valid hash tree any more; without the flag its
 * blocks are an ordinary list. */
static void
changed(struct inode *dir)
{
	dir->d.flags &= ~(uint32_t)INODE_INDEXED;
	inode_changed(dir, true);
}

static void
entry_set(struct ext2_dirent *e, const char *name, size_t len,
    const struct inode *ip)
{
	e->inode = ip->ino;
	e->name_len = (uint8_t)len;
	e->file_type = type_of(ip);
	memcpy(e->name, name, len);
}

/* The part of an entry's place that it needs. */
static uint32_t
used_part(const struct ext2_dirent *e)
{
	return e->inode == 0 ? 0 : DIRENT_SIZE(e->name_len);
}

/* Add a block with one entry that fills it. */
static int
block_append(struct inode *dir, const char *name, const struct inode *ip)
{
	int64_t size = inode_size(dir);
	uint32_t block;
	struct ext2_dirent *e;
	struct buf *b;
	bool fresh;
	int r;

	if (size > (int64_t)INODE_SIZE_MAX - fs.block_size)
		return -EFBIG;
	r = map_make(dir, block_index(size), &block, &fresh);
	if (r != OK)
		return r;
	r = cache_get(block, CACHE_ZERO, &b);
	if (r != OK) {
		(void)map_truncate(dir, block_index(size));
		return r;
	}
	e = (struct ext2_dirent *)(void *)b->data;
	e->rec_len = (uint16_t)fs.block_size;
	entry_set(e, name, strlen(name), ip);
	cache_dirty(b);
	cache_put(b);
	inode_size_set(dir, size + fs.block_size);
	return OK;
}

/* Bring the cursor to an entry with room for one more behind it. Blocks that
 * were full the last time are looked at again only when all others are. */
static int
room_find(struct cursor *c, struct inode *dir, uint32_t need)
{
	uint32_t from = dir->room;
	int r;

	for (;;) {
		cursor_init(c, dir, from);
		while ((r = cursor_next(c)) == OK && c->e != NULL)
			if (c->e->rec_len >= used_part(c->e) + need)
				break;
		if (r != OK || c->e != NULL || from == 0)
			break;
		from = 0;
	}
	dir->room = c->position & ~(fs.block_size - 1);
	return r;
}

int
dir_add(struct inode *dir, const char *name, const struct inode *ip)
{
	size_t len = strlen(name);
	struct ext2_dirent *e;
	struct cursor c;
	uint32_t used;
	int r = room_find(&c, dir, DIRENT_SIZE(len));

	if (r == OK && c.e != NULL) {
		used = used_part(c.e);
		e = (struct ext2_dirent *)(void *)((uint8_t *)c.e + used);
		if (used > 0) {
			e->rec_len = (uint16_t)(c.e->rec_len - used);
			c.e->rec_len = (uint16_t)used;
		}
		entry_set(e, name, len, ip);
		cache_dirty(c.b);
	} else if (r == OK) {
		r = block_append(dir, name, ip);
	}
	cursor_done(&c);
	if (r == OK)
		changed(dir);
	return r;
}

int
dir_remove(struct inode *dir, const char *name)
{
	struct cursor c;
	int r = seek(&c, dir, name);

	if (r != OK)
		return r;
	/* Its place goes to the entry before it, if the block has one. */
	c.e->inode = 0;
	if (c.previous != NULL)
		c.previous->rec_len =
		    (uint16_t)(c.previous->rec_len + c.e->rec_len);
	cache_dirty(c.b);
	if (c.position < dir->room)
		dir->room = c.position & ~(fs.block_size - 1);
	cursor_done(&c);
	changed(dir);
	return OK;
}

int
dir_replace(struct inode *dir, const char *name, const struct inode *ip)
{
	struct cursor c;
	int r = seek(&c, dir, name);

	if (r != OK)
		return r;
	c.e->inode = ip->ino;
	c.e->file_type = type_of(ip);
	cache_dirty(c.b);
	cursor_done(&c);
	changed(dir);
	return OK;
}

int
dir_begin(struct inode *dir, const struct inode *parent)
{
	int r = block_append(dir, ".", dir);

	if (r == OK)
		r = dir_add(dir, "..", parent);
	if (r != OK) {
		(void)map_truncate(dir, 0); /* r is the error */
		inode_size_set(dir, 0);
	}
	return r;
}

int
dir_check_empty(const struct inode *dir)
{
	struct cursor c;
	int r;

	cursor_init(&c, dir, 0);
	while ((r = cursor_next(&c)) == OK && c.e != NULL) {
		if (c.e->inode != 0 && !is_dot(c.e)) {
			r = -ENOTEMPTY;
			break;
		}
	}
	cursor_done(&c);
	return r;
}
