/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Judging answers, see servers/vfs/answer.h. */
#include "servers/vfs/answer.h"

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/string.h>
#include <proto/bdev.h>
#include <proto/fs.h>
#include <proto/sef.h>
#include <stddef.h>

/* What POSIX has; what IPC and services say among themselves is not for
 * programs. */
static const uint8_t errors[] = { EPERM, ENOENT, ESRCH, EINTR, EIO, ENXIO,
	E2BIG, ENOEXEC, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES, EFAULT, ENOTBLK,
	EBUSY, EEXIST, EXDEV, ENODEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE,
	ENOTTY, ETXTBSY, EFBIG, ENOSPC, ESPIPE, EROFS, EMLINK, EPIPE, EDOM,
	ERANGE, EDEADLK, ENOLCK, EPROTO, EBADMSG, ENOSYS, ENOTEMPTY,
	ENAMETOOLONG, ELOOP, ETIMEDOUT, EOVERFLOW, ENOTSUP };

bool
status_known(int32_t status)
{
	size_t i;

	if (status == OK)
		return true;
	for (i = 0; i < sizeof errors; i++)
		if (status == -errors[i])
			return true;
	return false;
}

/* Words of the body where the number of a request is. */
#define BDEV_ID_AT      (offsetof(struct bdev_open_req, id) / 4)
#define BDEV_READ_ID_AT (offsetof(struct bdev_read_req, id) / 4)

/* The number in a request, or NULL. */
static const uint32_t *
number_of(const struct message *req)
{
	if (req->m_type >= FS_BASE && req->m_type < FS_END)
		return &req->m_body[FS_ID];
	if (req->m_type < BDEV_BASE || req->m_type >= BDEV_END)
		return NULL;
	return req->m_type == BDEV_READ || req->m_type == BDEV_WRITE
	    ? &req->m_body[BDEV_READ_ID_AT]
	    : &req->m_body[BDEV_ID_AT];
}

void
answer_number(struct message *req, uint32_t id)
{
	const uint32_t *at = number_of(req);

	if (at != NULL)
		req->m_body[at - req->m_body] = id;
}

bool
answer_is_for(const struct message *req, const struct message *rep)
{
	const uint32_t *asked = number_of(req);

	if (asked == NULL)
		return true;
	/* A driver repeats it first, a file server last. */
	return *asked == rep->m_body[req->m_type >= FS_BASE ? FS_ID : 0];
}

/* Can there be such a node? type: what it must be, or 0. */
static bool
node_sane(const struct message *rep, uint32_t type)
{
	struct fs_node n;

	memcpy(&n, rep->m_body, sizeof n);
	if (n.size < 0 || (n.mode & ~(uint32_t)(S_IFMT | 07777)) != 0 ||
	    (type != 0 && (n.mode & S_IFMT) != type))
		return false;
	return S_ISREG(n.mode) || S_ISDIR(n.mode) || S_ISCHR(n.mode) ||
	    S_ISBLK(n.mode) || S_ISFIFO(n.mode) || S_ISLNK(n.mode);
}

static bool
created_sane(const struct message *req, const struct message *rep)
{
	struct fs_create_req asked;

	memcpy(&asked, req->m_body, sizeof asked);
	return node_sane(rep, asked.mode & S_IFMT);
}

/* A nameless node is new: nothing is in it yet. */
static bool
newnode_sane(const struct message *req, const struct message *rep)
{
	struct fs_newnode_req asked;
	struct fs_node n;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&n, rep->m_body, sizeof n);
	return node_sane(rep, asked.mode & S_IFMT) && n.size == 0;
}

static bool
getnode_sane(const struct message *req, const struct message *rep)
{
	struct fs_getnode_req asked;
	struct fs_node n;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&n, rep->m_body, sizeof n);
	return node_sane(rep, 0) && n.ino == asked.ino;
}

/* Data has been moved. One that takes nothing of a write, and says that all
 * is well, would be asked for ever. */
static int
moved_judge(const struct message *req, const struct message *rep)
{
	struct fs_read_req asked;
	struct fs_read_rep said;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&said, rep->m_body, sizeof said);
	if (said.bytes > asked.bytes ||
	    (req->m_type == FS_WRITE && said.bytes == 0 && asked.bytes > 0))
		return SEF_BAD_LENGTH;
	return said.size < 0 ? SEF_BAD_DATA : 0;
}

/* A position that does not advance would have a directory read for ever. */
static int
entries_judge(const struct message *req, const struct message *rep)
{
	struct fs_getdents_req asked;
	struct fs_getdents_rep said;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&said, rep->m_body, sizeof said);
	if (said.bytes > asked.bytes)
		return SEF_BAD_LENGTH;
	return said.position < asked.position ||
		(said.bytes > 0 && said.position == asked.position)
	    ? SEF_BAD_DATA
	    : 0;
}

static int
sectors_judge(const struct message *req, const struct message *rep)
{
	struct bdev_read_req asked;
	struct bdev_read_rep said;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&said, rep->m_body, sizeof said);
	return said.bytes > asked.bytes ? SEF_BAD_LENGTH : 0;
}

static int
link_judge(const struct message *req, const struct message *rep)
{
	struct fs_readlink_req asked;
	struct fs_readlink_rep said;

	memcpy(&asked, req->m_body, sizeof asked);
	memcpy(&said, rep->m_body, sizeof said);
	return said.bytes > asked.bytes ? SEF_BAD_LENGTH : 0;
}

/* A success: what does it say? */
static int
success_judge(const struct message *req, const struct message *rep)
{
	switch (req->m_type) {
	case FS_MOUNT:
		return node_sane(rep, S_IFDIR) ? 0 : SEF_BAD_DATA;
	case FS_LOOKUP:
		return node_sane(rep, 0) ? 0 : SEF_BAD_DATA;
	case FS_CREATE:
		return created_sane(req, rep) ? 0 : SEF_BAD_DATA;
	case FS_NEWNODE:
		return newnode_sane(req, rep) ? 0 : SEF_BAD_DATA;
	case FS_GETNODE:
		return getnode_sane(req, rep) ? 0 : SEF_BAD_DATA;
	case FS_READ:
	case FS_WRITE:
		return moved_judge(req, rep);
	case FS_GETDENTS:
		return entries_judge(req, rep);
	case FS_READLINK:
		return link_judge(req, rep);
	case BDEV_READ:
	case BDEV_WRITE:
		return sectors_judge(req, rep);
	default:
		return 0;
	}
}

int
answer_judge(const struct message *req, const struct message *rep)
{
	if (!answer_is_for(req, rep))
		return SEF_BAD_IDENTITY;
	if (!status_known(rep->m_type))
		return SEF_BAD_STATUS;
	return rep->m_type == OK ? success_judge(req, rep) : 0;
}
