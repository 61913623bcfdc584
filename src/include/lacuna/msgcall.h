/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A request and its reply, as the structures of a protocol: msg_call(), and
 * PROTO_STUB(), which makes a typed function of it for each call in a list.
 */
#pragma once

#include <lacuna/ipc.h>
#include <lacuna/string.h>
#include <proto/proto.h>

/**
 * Send a request and wait for its reply. May block.
 *
 * @param[in]  to      peer
 * @param[in]  type    number of the request
 * @param[in]  req     payload; may be NULL if reqlen is 0
 * @param[in]  reqlen  its size, up to MSG_BODY
 * @param[out] rep     payload of the reply, set only if the status is OK
 * @param[in]  replen  its size, up to MSG_BODY
 * @return the status in the reply, or an error of ipc_sendrec()
 * @source own design
 */
static inline int
msg_call(endpoint_t to, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	struct message m;
	int r;

	m.m_type = type;
	if (reqlen > 0)
		memcpy(m.m_body, req, reqlen);
	r = ipc_sendrec(to, &m);
	if (r == OK)
		r = m.m_type;
	if (r == OK && replen > 0)
		memcpy(rep, m.m_body, replen);
	return r;
}

/* Client: int call_name(to, &req, &rep), for a list of calls. */
#define PROTO_STUB(NR, name)                                                   \
	static inline int call_##name(endpoint_t to,                           \
	    const struct name##_req *req, struct name##_rep *rep)              \
	{                                                                      \
		return msg_call(to, NR, req, sizeof *req, rep, sizeof *rep);   \
	}
