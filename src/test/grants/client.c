/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Agents as a test sees them, see test/grants/client.h. */
#include "test/grants/client.h"

#include <stdlib.h>
#include <string.h>

#include "test/report/report.h"

struct agent g, u, w;

int
agent_do(struct agent *who)
{
	mailbox_ask(&who->op.box);
	return who->op.result;
}

int
agent_start(struct agent *who, char mark)
{
	char label[] = "grants.x";
	int r;

	label[7] = mark;
	memset(&who->op, 0, sizeof who->op);
	r = service_start("/test/grants-agent", label, &who->op.box, &who->ep);
	if (r != OK)
		return r;
	who->op.call = G_ARENA;
	who->op.access = (unsigned char)mark;
	who->arena = (vir_bytes)agent_do(who);
	return OK;
}

void
agents_open(int argc, char **argv, const char *test)
{
	int r;

	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
	r = agent_start(&g, 'g');
	if (r == OK)
		r = agent_start(&u, 'u');
	if (r == OK)
		r = agent_start(&w, 'w');
	if (r == OK)
		return;
	(void)report_obs("agent", "%d", r);
	(void)agents_close(); /* the test has failed anyway */
	exit(1);
}

int
agents_close(void)
{
	(void)service_stop("grants.g"); /* it may not have started */
	(void)service_stop("grants.u");
	(void)service_stop("grants.w");
	return report_end();
}

int
direct(struct agent *who, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access)
{
	who->op.call = G_DIRECT;
	who->op.who = to;
	who->op.addr = addr;
	who->op.len = len;
	who->op.access = access;
	return agent_do(who);
}

int
indirect(struct agent *who, endpoint_t to, endpoint_t from, cp_grant_id_t gid)
{
	who->op.call = G_INDIRECT;
	who->op.who = to;
	who->op.from = from;
	who->op.gid = gid;
	return agent_do(who);
}

int
on_grant(struct agent *who, int call, cp_grant_id_t gid)
{
	who->op.call = call;
	who->op.gid = gid;
	return agent_do(who);
}

int
copy(struct agent *who, int call, endpoint_t from, cp_grant_id_t gid,
    vir_bytes offset, vir_bytes len)
{
	who->op.call = call;
	who->op.from = from;
	who->op.gid = gid;
	who->op.offset = offset;
	who->op.addr = who->arena;
	who->op.len = len;
	return agent_do(who);
}

int
peek(struct agent *who, vir_bytes addr)
{
	who->op.call = G_PEEK;
	who->op.addr = addr;
	return agent_do(who);
}
