/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS's calls by number, made from the list in the protocol header.
 */
#include <abi/errno.h>
#include <lacuna/server.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"

typedef int serve_fn(struct fproc *fp, const struct message *in,
    struct message *out);

#define VFS_UNPACK(NR, name) PROTO_UNPACK_FOR(fproc, NR, name)
#define VFS_ENTRY(NR, name)  serve_##name,

VFS_CALLS(VFS_UNPACK)

static serve_fn *const calls[] = { VFS_CALLS(VFS_ENTRY) };

void
call_dispatch(struct fproc *fp, const struct message *m)
{
	uint32_t nr = (uint32_t)m->m_type - VFS_BASE;
	endpoint_t who = fp->ep;
	struct message out;
	int r;

	memset(&out, 0, sizeof out);
	if (nr >= sizeof calls / sizeof calls[0])
		r = -ENOSYS;
	else
		r = calls[nr](fp, m, &out);
	out.m_type = r;
	/* One that has been killed meanwhile does not miss its answer. */
	if (fp->ep == who && ipc_sendnb(who, &out) == -ENOTREADY)
		server_reply(who, r, out.m_body, sizeof out.m_body);
}
