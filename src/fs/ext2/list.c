/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Listing directories: entries are gathered in a buffer and copied at once.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <lacuna/string.h>

#include "fs/ext2/cursor.h"
#include "fs/ext2/directory.h"
#include "fs/ext2/volume.h"

#define CHUNK 4096u

/* Type bits of a mode, from the type in an entry; 0: not known. */
static uint8_t
type_bits(const struct ext2_dirent *e)
{
	static const uint8_t bits[8] = {
		0,
		S_IFREG >> 12,
		S_IFDIR >> 12,
		S_IFCHR >> 12,
		S_IFBLK >> 12,
		S_IFIFO >> 12,
		S_IFSOCK >> 12,
		S_IFLNK >> 12,
	};

	return fs.filetype && e->file_type < 8 ? bits[e->file_type] : 0;
}

/* Write one entry; *len is what it needs, room what there is. */
static bool
put(uint8_t *to, uint32_t room, const struct cursor *c, uint32_t *len)
{
	struct abi_dirent *d = (struct abi_dirent *)(void *)to;
	const struct ext2_dirent *e = c->e;

	*len =
	    (offsetof(struct abi_dirent, d_name) + e->name_len + 1u + 7) & ~7u;
	if (*len > room)
		return false;
	memset(to, 0, *len);
	d->d_ino = e->inode;
	d->d_off = (int64_t)c->position + e->rec_len;
	d->d_reclen = (uint16_t)*len;
	d->d_type = type_bits(e);
	memcpy(d->d_name, e->name, e->name_len);
	return true;
}

int
dir_list(struct inode *dir, const struct fs_io *io, uint32_t *bytes,
    int64_t *position)
{
	static _Alignas(8) uint8_t chunk[CHUNK];
	uint32_t room = io->bytes < CHUNK ? io->bytes : CHUNK;
	uint32_t have = 0, len;
	struct cursor c;
	int r;

	*bytes = 0;
	*position = io->position;
	if (io->position >= inode_size(dir))
		return OK;
	cursor_init(&c, dir, (uint32_t)io->position);
	while ((r = cursor_next(&c)) == OK && c.e != NULL) {
		if (c.e->inode == 0)
			continue;
		if (!put(chunk + have, room - have, &c, &len)) {
			r = have == 0 ? -EINVAL : OK;
			break;
		}
		have += len;
	}
	cursor_done(&c);
	if (r == OK && have > 0)
		r = fsserver_put(io->gid, 0, chunk, have);
	if (r != OK)
		return r;
	*bytes = have;
	*position = c.position;
	dir->was_read = true;
	return OK;
}
