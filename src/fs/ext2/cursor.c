/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Cursors on directories.
 */
#include "fs/ext2/cursor.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/map.h"

/* Positions in a new block are checked from its beginning: one that somebody
 * remembered may be inside an entry by now. */
void
cursor_init(struct cursor *c, const struct inode *dir, uint32_t position)
{
	*c = (struct cursor){ .dir = dir, .position = position };
}

void
cursor_done(struct cursor *c)
{
	if (c->b != NULL)
		cache_put(c->b);
	c->b = NULL;
}

/* Is the entry at an offset of a block in order? */
static inline bool
sound(const struct ext2_dirent *e, uint32_t offset)
{
	uint32_t left = fs.block_size - offset;

	return left >= DIRENT_SIZE(1) && e->rec_len % 4 == 0 &&
	    e->rec_len <= left && e->rec_len >= DIRENT_SIZE(e->name_len) &&
	    e->rec_len >= DIRENT_SIZE(1) && e->inode <= fs.super.inodes_count &&
	    (e->name_len > 0 || e->inode == 0);
}

static struct ext2_dirent *
entry_at(const struct cursor *c, uint32_t offset)
{
	return (struct ext2_dirent *)(void *)(c->b->data + offset);
}

/* Hold the block of the position, and find the first entry at or behind it:
 * c->e is NULL if there is none in this block. */
static int
enter(struct cursor *c)
{
	uint32_t offset = 0, want = block_offset(c->position), block;
	int r = map_find(c->dir, block_index(c->position), &block);

	if (r == OK && block == 0)
		r = -EIO; /* directories have no holes */
	if (r == OK)
		r = cache_get(block, CACHE_READ, &c->b);
	if (r != OK)
		return r;
	c->e = c->previous = NULL;
	while (offset < want) {
		if (!sound(entry_at(c, offset), offset))
			return -EIO;
		c->previous = entry_at(c, offset);
		offset += c->previous->rec_len;
	}
	c->position += offset - want;
	if (offset < fs.block_size)
		c->e = entry_at(c, offset);
	return OK;
}

/* Step over the entry. */
static void
step(struct cursor *c)
{
	c->position += c->e->rec_len;
	c->previous = c->e;
	c->e = NULL;
	if (block_offset(c->position) != 0)
		c->e = entry_at(c, block_offset(c->position));
	else
		cursor_done(c);
}

/* With no entry, go to the first of the next block. */
static int
next_block(struct cursor *c)
{
	int r = OK;

	while (c->e == NULL && r == OK) {
		cursor_done(c);
		if (c->position >= inode_size(c->dir))
			break;
		r = enter(c);
	}
	return r;
}

int
cursor_next(struct cursor *c)
{
	int r;

	if (c->e != NULL)
		step(c);
	r = next_block(c);
	if (r != OK || c->e == NULL)
		return r;
	return sound(c->e, block_offset(c->position)) ? OK : -EIO;
}

/* From the cursor's entry on, look for a name in its block. */
static int
block_seek(struct cursor *c, const char *name, size_t len)
{
	uint32_t offset = block_offset(c->position);
	uint32_t base = c->position - offset;
	struct ext2_dirent *e = c->e;

	while (offset < fs.block_size) {
		e = entry_at(c, offset);
		if (!sound(e, offset))
			return -EIO;
		if (e->name_len == len && e->inode != 0 &&
		    memcmp(e->name, name, len) == 0)
			break;
		c->previous = e;
		offset += e->rec_len;
	}
	c->position = base + offset;
	c->e = offset < fs.block_size ? e : NULL;
	return OK;
}

int
cursor_seek(struct cursor *c, const char *name)
{
	size_t len = strlen(name);
	int r;

	do {
		r = next_block(c);
		if (r == OK && c->e != NULL)
			r = block_seek(c, name, len);
	} while (r == OK && c->e == NULL && c->b != NULL);
	return r;
}
