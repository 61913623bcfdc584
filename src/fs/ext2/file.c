/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading and writing files. Data are copied once, between the cache and the
 * memory that VFS granted. What is read goes in runs of blocks as long as they
 * are in memory, so that whole pages of the cache may be shared with the
 * reader. What is written comes block by block: who has written something
 * mostly puts something else into the same memory next, and would have to be
 * given a copy of every shared page then.
 */
#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/map.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/request.h"
#include "fs/ext2/sync.h"
#include "fs/ext2/volume.h"

/** A piece of a transfer. */
struct piece {
	uint32_t index;  /**< its first block of the file */
	uint32_t offset; /**< in that block */
	uint32_t bytes;
	uint32_t done; /**< bytes of the transfer before this piece */
};

/* What is left of a transfer. */
static struct piece
piece_at(const struct fs_io *io, uint32_t done)
{
	int64_t position = io->position + done;

	return (struct piece){
		.index = block_index(position),
		.offset = block_offset(position),
		.bytes = io->bytes - done,
		.done = done,
	};
}

/* Only as much as lies in some blocks. */
static void
piece_limit(struct piece *p, uint32_t blocks)
{
	uint32_t room = blocks * fs.block_size - p->offset;

	if (p->bytes > room)
		p->bytes = room;
}

/* Blocks of the file from index on that lie side by side on the disk: what is
 * worth reading along. Small files are read as a whole, in large ones those
 * read ahead who read from the beginning or in large pieces. */
static uint32_t
run_length(const struct inode *ip, uint32_t index)
{
	uint32_t most = blocks_for(inode_size(ip)) - index, block, n;

	if (most > CACHE_RUN)
		most = CACHE_RUN;
	return map_run(ip, index, most, &block, &n) == OK ? n : 1;
}

/* Read as much as lies side by side in memory; *p becomes that. */
static int
piece_read(struct inode *ip, const struct fs_io *io, struct piece *p)
{
	static const uint8_t zeros[BLOCK_SIZE_MAX];
	uint32_t n = ((p->offset + p->bytes - 1) >> fs.block_shift) + 1, block;
	struct buf *b;
	int r;

	if (n == 1) /* most often, and quicker */
		r = map_find(ip, p->index, &block);
	else
		r = map_run(ip, p->index, n, &block, &n);
	if (r != OK)
		return r;
	if (block == 0) {
		piece_limit(p, 1);
		return fsserver_put(io->gid, p->done, zeros, p->bytes);
	}
	b = cache_peek(block);
	if (b == NULL)
		r = cache_get_run(block, run_length(ip, p->index), &b);
	if (r != OK)
		return r;
	if (n > 1)
		n = cache_span(b, n);
	piece_limit(p, n);
	r = fsserver_put(io->gid, p->done, b->data + p->offset, p->bytes);
	cache_put_span(b, n);
	return r;
}

int
ext2_read(uint32_t ino, const struct fs_io *io, uint32_t *moved, int64_t *size)
{
	struct inode *ip = request_inode(ino);
	struct fs_io part = *io;
	struct piece p;
	uint32_t done;
	int64_t left;
	int r = OK;

	if (ip == NULL)
		return -EINVAL;
	if ((ip->d.mode & S_IFMT) != S_IFREG)
		return inode_is_dir(ip) ? -EISDIR : -EINVAL;
	left = inode_size(ip) - io->position;
	if (left < part.bytes)
		part.bytes = left > 0 ? (uint32_t)left : 0;
	for (done = 0; done < part.bytes; done += p.bytes) {
		p = piece_at(&part, done);
		r = piece_read(ip, &part, &p);
		if (r != OK)
			break;
	}
	if (done == 0 && r != OK)
		return r;
	ip->was_read = ip->was_read || done > 0;
	*moved = done;
	*size = inode_size(ip);
	return OK;
}

/* What to get a block for that will be written to. A whole block is copied
 * over whatever it had; should the copy fail half-way, what an old block had
 * before must still be there. */
static enum cache_how
purpose(const struct piece *p, bool fresh)
{
	if (!fresh)
		return CACHE_READ;
	return p->bytes == fs.block_size ? CACHE_FILL : CACHE_ZERO;
}

static int
piece_write(struct inode *ip, const struct fs_io *io, const struct piece *p)
{
	uint32_t block;
	struct buf *b;
	bool fresh;
	int r = map_make(ip, p->index, &block, &fresh);

	if (r != OK)
		return r;
	r = cache_get(block, purpose(p, fresh), &b);
	if (r != OK)
		return r;
	r = fsserver_get(io->gid, p->done, b->data + p->offset, p->bytes);
	if (r != OK && fresh)
		memset(b->data, 0, fs.block_size); /* not somebody's old data */
	cache_dirty(b);
	cache_put(b);
	return r;
}

/* Take blocks off that a failed write has put behind the end. */
static void
trim(struct inode *ip)
{
	/* An error was met already. */
	(void)map_truncate(ip, blocks_for(inode_size(ip)));
}

/* May VFS write to this inode, up to some size? */
static int
check_write(const struct inode *ip, int64_t end)
{
	if (ip == NULL)
		return -EINVAL;
	if ((ip->d.mode & S_IFMT) != S_IFREG)
		return inode_is_dir(ip) ? -EISDIR : -EINVAL;
	if (fs.readonly)
		return -EROFS;
	return end > INODE_SIZE_MAX ? -EFBIG : OK;
}

int
ext2_write(uint32_t ino, const struct fs_io *io, uint32_t *moved, int64_t *size)
{
	struct inode *ip = request_inode(ino);
	struct fs_io part = *io;
	struct piece p;
	uint32_t done;
	int64_t end;
	int r = check_write(ip, io->bytes > 0 ? io->position + 1 : 0);

	if (r != OK)
		return r;
	if (part.bytes > INODE_SIZE_MAX - io->position)
		part.bytes = (uint32_t)(INODE_SIZE_MAX - io->position);
	for (done = 0; done < part.bytes; done += p.bytes) {
		p = piece_at(&part, done);
		piece_limit(&p, 1);
		r = piece_write(ip, &part, &p);
		if (r != OK)
			break;
		end = io->position + done + p.bytes;
		if (end > inode_size(ip))
			inode_size_set(ip, end);
		sync_relieve();
	}
	if (r != OK)
		trim(ip);
	if (done == 0 && r != OK)
		return r;
	if (done > 0)
		inode_changed(ip, true);
	*moved = done;
	*size = inode_size(ip);
	return OK;
}

/* Clear the last block behind a new end, so that zeros are there should the
 * file grow again. */
static int
tail_clear(struct inode *ip, int64_t size)
{
	uint32_t offset = block_offset(size), block;
	struct buf *b;
	int r;

	if (offset == 0)
		return OK;
	r = map_find(ip, block_index(size), &block);
	if (r != OK || block == 0)
		return r;
	r = cache_get(block, CACHE_READ, &b);
	if (r != OK)
		return r;
	memset(b->data + offset, 0, fs.block_size - offset);
	cache_dirty(b);
	cache_put(b);
	return OK;
}

int
ext2_truncate(uint32_t ino, int64_t size)
{
	struct inode *ip = request_inode(ino);
	int r = check_write(ip, size);

	if (r == OK && size < inode_size(ip))
		r = tail_clear(ip, size);
	if (r != OK)
		return r;
	if (size < inode_size(ip))
		r = map_truncate(ip, blocks_for(size));
	inode_size_set(ip, size);
	inode_changed(ip, true);
	return r;
}
