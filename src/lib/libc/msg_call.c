/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The one way from a program into the system: a message that is sent and
 * answered. Everything a program asks for passes through here.
 *
 * A signal that comes while a process waits may end the call with -ECALLAGAIN.
 * If it has only been stopped, or if all handlers that ran had SA_RESTART, that
 * is what it finds here, and it makes the call again. Otherwise PM has put
 * -EINTR into the place of the trap's own result, before the handler ran.
 */
#include "lib/libc/port.h"

#include <string.h>

#include <lacuna/ipc.h>

int
msg_call_once(endpoint_t to, int type, const void *req, size_t reqlen,
    void *rep, size_t replen)
{
	struct message m;
	int r;

	m.m_type = type;
	if (reqlen != 0)
		memcpy(m.m_body, req, reqlen);
	r = ipc_sendrec(to, &m);
	if (r == OK)
		r = m.m_type;
	if ((r == OK || m.m_type == -ECALLAGAIN) && replen != 0)
		memcpy(rep, m.m_body, replen);
	return r;
}

int
msg_call(endpoint_t to, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	int r;

	do
		r = msg_call_once(to, type, req, reqlen, rep, replen);
	while (r == -ECALLAGAIN);
	return r;
}
