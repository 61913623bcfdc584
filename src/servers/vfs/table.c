/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS's calls by number, made from the list in the protocol header.
 */
#include <abi/errno.h>
#include <lacuna/server.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/worker.h"

#define TRIES 4 /* of a request over which servers die */

typedef int serve_fn(struct fproc *fp, const struct message *in,
    struct message *out);

#define VFS_UNPACK(NR, name) PROTO_UNPACK_FOR(fproc, NR, name)
#define VFS_ENTRY(NR, name)  serve_##name,

VFS_CALLS(VFS_UNPACK)

static serve_fn *const calls[] = { VFS_CALLS(VFS_ENTRY) };

/* Can a request be made twice? What is closed is not closed once more; and a
 * failed write, or fsync, has told of what the dead server has lost. */
static bool
repeats(int type)
{
	return type != VFS_CLOSE && type != VFS_DUP && type != VFS_WRITE &&
	    type != VFS_FSYNC && type != VFS_MOUNT && type != VFS_UMOUNT;
}

/* Is a request to be made again that has met a dead server? Then that has been
 * waited for. */
static bool
again(int type, int *tries, int *r)
{
	struct worker *w = worker_self();

	if (*r != -EIO || w->no_server == NULL || w->changed ||
	    !repeats(type) || ++*tries == TRIES)
		return false;
	*r = mount_wait(w->no_server);
	return *r == OK;
}

/* What a call ends with: another status if a signal has interrupted it. */
static int
status_of(struct fproc *fp, const struct message *m, const struct message *out,
    int r)
{
	struct vfs_write_rep rep;

	if (r != -EINTR || !worker_self()->interrupted)
		return r;
	memcpy(&rep, out->m_body, sizeof rep);
	return fproc_interrupted(fp, m->m_type,
	    m->m_type == VFS_WRITE && rep.bytes > 0);
}

void
call_dispatch(struct fproc *fp, const struct message *m)
{
	uint32_t nr = (uint32_t)m->m_type - VFS_BASE;
	endpoint_t who = fp->ep;
	struct message out;
	int r = -ENOSYS, tries = 0;

	do {
		worker_self()->no_server = NULL;
		worker_self()->changed = false;
		memset(&out, 0, sizeof out);
		if (nr < sizeof calls / sizeof calls[0])
			r = calls[nr](fp, m, &out);
	} while (again(m->m_type, &tries, &r));
	r = status_of(fp, m, &out, r);
	out.m_type = r;
	/* One that has been killed meanwhile does not miss its answer. */
	if (fp->ep == who && ipc_sendnb(who, &out) == -ENOTREADY)
		server_reply(who, r, out.m_body, sizeof out.m_body);
}
