/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What may not be on the disk yet, see servers/vfs/unsynced.h. */
#include "servers/vfs/unsynced.h"

#include <lacuna/string.h>

#define WORDS (UNSYNCED_BITS / 32)

static bool
bit_test(const uint32_t *bits, uint32_t ino)
{
	return (bits[ino / 32 % WORDS] >> ino % 32 & 1) != 0;
}

static void
note(struct mount *mnt, uint32_t ino)
{
	mnt->unsynced[ino / 32 % WORDS] |= 1u << ino % 32;
}

bool
unsynced_is(const struct mount *mnt, uint32_t ino)
{
	return bit_test(mnt->unsynced, ino);
}

void
unsynced_end(struct mount *mnt, bool lost)
{
	int i;

	for (i = 0; i < WORDS; i++) {
		if (lost)
			mnt->untold[i] |= mnt->unsynced[i];
		mnt->unsynced[i] = 0;
	}
}

bool
unsynced_is_untold(const struct mount *mnt, uint32_t ino)
{
	return bit_test(mnt->untold, ino);
}

void
unsynced_told(struct mount *mnt, uint32_t ino)
{
	mnt->untold[ino / 32 % WORDS] &= ~(1u << ino % 32);
}

/* The mount whose server it is, or NULL. */
static struct mount *
mount_of(struct fs_peer *fs)
{
	struct mount *mnt;

	for (mnt = mounts; mnt < mounts + NR_MOUNTS; mnt++)
		if (&mnt->fs == fs)
			return mnt;
	return NULL;
}

/* The second inode that a request changes. */
static void
note_other(struct mount *mnt, const struct message *req,
    const struct message *rep)
{
	struct fs_create_rep made;
	struct fs_rename_req moved;
	struct fs_link_req named;

	if (req->m_type == FS_CREATE) {
		memcpy(&made, rep->m_body, sizeof made);
		note(mnt, made.node.ino);
		unsynced_told(mnt, made.node.ino); /* it is another file */
	} else if (req->m_type == FS_RENAME) {
		memcpy(&moved, req->m_body, sizeof moved);
		note(mnt, moved.new_dir);
	} else if (req->m_type == FS_LINK) {
		memcpy(&named, req->m_body, sizeof named);
		note(mnt, named.ino);
	}
}

void
unsynced_note(struct fs_peer *fs, const struct message *req,
    const struct message *rep)
{
	struct mount *mnt = mount_of(fs);

	if (mnt == NULL)
		return;
	switch (req->m_type) {
	case FS_SYNC:
		unsynced_end(mnt, false);
		break;
	case FS_CREATE:
	case FS_RENAME:
	case FS_LINK:
		note_other(mnt, req, rep);
		note(mnt, req->m_body[0]);
		break;
	case FS_WRITE: /* all these begin with a file or a directory */
	case FS_UNLINK:
	case FS_SYMLINK:
	case FS_TRUNCATE:
	case FS_CHMOD:
	case FS_CHOWN:
	case FS_UTIME:
		note(mnt, req->m_body[0]);
		break;
	default:
		break;
	}
}
