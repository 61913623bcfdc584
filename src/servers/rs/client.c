/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests of clients, see servers/rs/client.h. Most are for the superuser
 * only, and who that is PM knows. It is asked and answers in order, so a
 * queue of what waits for it is enough. Whoever waits in a SENDREC has one
 * request in it; a service that does not wait and sends more than there is
 * room for is told to come again.
 */
#include "servers/rs/client.h"

#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

#include "servers/rs/pm.h"
#include "servers/rs/request.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

RS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { RS_CALLS(PROTO_ENTRY) };

static struct {
	struct message m;
	clock_ticks deadline; /* PM must have answered by then */
} queue[CLIENT_QUEUE];

static unsigned int first, count;
static clock_ticks overdue; /* the deadline missed at the last look */

/* Handle a request whose sender may make it. */
static void
serve(const struct message *m)
{
	struct message out = { .m_type = 0 };
	int r = calls[m->m_type - RS_BASE].serve(m, &out);

	if (r != EDONTREPLY)
		server_reply(m->m_source, r, out.m_body, sizeof out.m_body);
}

bool
client_request(const struct message *m)
{
	const uint32_t i = (uint32_t)m->m_type - RS_BASE;
	const unsigned int n = (first + count) % CLIENT_QUEUE;

	if (i >= sizeof calls / sizeof calls[0])
		return false;
	if (m->m_type == RS_LOOKUP) { /* no secret */
		serve(m);
		return true;
	}
	if (count == CLIENT_QUEUE) {
		server_reply(m->m_source, -EAGAIN, NULL, 0);
		return true;
	}
	queue[n].m = *m;
	queue[n].deadline = rs_time(rs_now() + PM_T);
	count++;
	if (m->m_type == RS_GETSYSINFO)
		pm_learn_pids();
	pm_identify(m->m_source);
	return true;
}

void
client_identified(endpoint_t who, bool is_root)
{
	const struct message *m = &queue[first].m;

	if (count == 0 || m->m_source != who)
		panic("pm says who %d is, which was not asked", who);
	first = (first + 1) % CLIENT_QUEUE;
	count--;
	if (is_root || m->m_type == RS_GETSYSINFO)
		serve(m);
	else
		server_reply(who, -EPERM, NULL, 0);
}

void
client_supervise(clock_ticks now)
{
	if (count > 0 &&
	    supervise_overdue(&overdue, queue[first].deadline, now))
		panic("pm is silent: it does not say who %d is",
		    queue[first].m.m_source);
}
