/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's calls by number, made from the lists in the protocol headers.
 */
#include "servers/pm/table.h"

#include <abi/errno.h>
#include <lacuna/server.h>
#include <lacuna/string.h>

#include "servers/pm/proc.h"

typedef int serve_fn(struct mproc *mp, const struct message *in,
    struct message *out);

#define PM_UNPACK(NR, name) PROTO_UNPACK_FOR(mproc, NR, name)
#define PM_ENTRY(NR, name)  serve_##name,

PM_CALLS(PM_UNPACK)
PM_SRV_CALLS(PM_UNPACK)

static serve_fn *const calls[] = { PM_CALLS(PM_ENTRY) };
static serve_fn *const srv_calls[] = { PM_SRV_CALLS(PM_ENTRY) };

int
call_dispatch(struct mproc *mp, const struct message *in, struct message *out)
{
	uint32_t nr = (uint32_t)in->m_type - PM_BASE;
	uint32_t srv_nr = (uint32_t)in->m_type - PM_SRV_BASE;

	if (nr < sizeof calls / sizeof calls[0])
		return calls[nr](mp, in, out);
	if (srv_nr >= sizeof srv_calls / sizeof srv_calls[0])
		return -ENOSYS;
	if (!(mp->flags & PRIV_PROC))
		return -EPERM;
	return srv_calls[srv_nr](mp, in, out);
}
