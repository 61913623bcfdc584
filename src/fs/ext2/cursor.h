/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A place in a directory, which goes from entry to entry. What it shows has
 * been checked: the entry lies in its block with all of its name, and names a
 * possible inode.
 */
#pragma once

#include "fs/ext2/inode.h"

struct cursor {
	const struct inode *dir;
	uint32_t position;     /**< of e in the directory */
	struct ext2_dirent *e; /**< NULL: before the first, or at the end */
	struct ext2_dirent *previous; /**< in the same block, or NULL */
	struct buf *b;                /**< held: the block of e; or NULL */
};

/**
 * Put a cursor before the first entry at or behind a position.
 *
 * @source own design
 */
void cursor_init(struct cursor *c, const struct inode *dir, uint32_t position);

/**
 * Go to the next entry, which may be a free one. May block.
 *
 * @retval OK    c->e is the entry, NULL at the end
 * @retval -EIO  the directory is damaged
 * @source layout.h
 */
int cursor_next(struct cursor *c);

/**
 * Go from the beginning of a block to the entry of a name. Results as of
 * cursor_next().
 */
int cursor_seek(struct cursor *c, const char *name);

/** Put back what the cursor holds. @source own design */
void cursor_done(struct cursor *c);
