/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The one way from a program into the system: a message that is sent and
 * answered. Everything a program asks for passes through here.
 */
#include "lib/libc/port.h"

#include <string.h>

#include <lacuna/ipc.h>

int
msg_call(endpoint_t to, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	struct message m;
	int r;

	m.m_type = type;
	if (reqlen != 0)
		memcpy(m.m_body, req, reqlen);
	r = ipc_sendrec(to, &m);
	if (r != OK)
		return r;
	if (m.m_type == OK && replen != 0)
		memcpy(rep, m.m_body, replen);
	return m.m_type;
}
