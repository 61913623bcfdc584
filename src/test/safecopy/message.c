/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. The kernel stores to memory on its own account: the reply to a
 * request, and the results in a table of asynchronous sends. Where these lie
 * in pages that were copied, the copies do not change.
 */
#include <abi/ipc.h>

#include "test/safecopy/client.h"

static vir_bytes src, dst;

static void
write_request(struct agent *who, vir_bytes addr)
{
	who->op.addr = addr;
	CHECK(agent_do(who, A_REQUEST) == OK);
}

/* Replies, to the source's page and to the destination's. */
static void
replies(vir_bytes at)
{
	agent_fill(&g, src, PAGE, "message");
	write_request(&g, src + at);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, PAGE) == OK);
	CHECK(agent_same(&g, src, &u, dst, PAGE));
	g.op.addr = src + at;
	CHECK(agent_do(&g, A_RECEIVE) == OK);
	CHECK(!agent_same(&g, src, &u, dst, PAGE));
	agent_report(&u, "before-reply", dst, at);
	u.op.addr = dst + at; /* the request is there, too */
	CHECK(agent_do(&u, A_RECEIVE) == OK);
	agent_report(&g, "source-before", src, at);
}

/* The same with two that share what they both receive into. */
static void
both_receive(void)
{
	vir_bytes third = agent_map(&w, 1);

	agent_fill(&g, src, PAGE, "both");
	write_request(&g, src + 1000);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, PAGE) == OK);
	CHECK(agent_move(A_FROM, &g, src, &w, third, PAGE) == OK);
	g.op.addr = src + 1000;
	CHECK(agent_do(&g, A_RECEIVE) == OK);
	u.op.addr = dst + 1000;
	CHECK(agent_do(&u, A_RECEIVE) == OK);
	agent_report(&w, "third-head", third, 1000);
	CHECK(agent_same(&g, src, &w, third, 1000));
	CHECK(!agent_same(&g, src + 1000, &w, third + 1000, 64));
}

/* A table that the kernel has done with at once. */
static void
table_done(void)
{
	agent_set(&g, src, PAGE, 0);
	g.op.addr = src + 512;
	g.op.who = endpoint_make(7, 200); /* nobody */
	CHECK(agent_do(&g, A_TABLE) == OK);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, PAGE) == OK);
	g.op.addr = src + 512;
	CHECK(agent_do(&g, A_SENDA) == OK);
	(void)report_obs("done", "%d",
	    (agent_peek(&g, src + 512) & AMF_DONE) != 0);
	(void)report_obs("copy-not-done", "%d",
	    (agent_peek(&u, dst + 512) & AMF_DONE) == 0);
	g.op.addr = 0;
	CHECK(agent_do(&g, A_SENDA) == OK);
}

/* One that the kernel comes back to: the receiver is stopped. */
static void
table_waits(void)
{
	agent_set(&g, src, PAGE, 0);
	g.op.addr = src + 2048;
	g.op.who = w.ep;
	CHECK(agent_do(&g, A_TABLE) == OK);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, PAGE) == OK);
	agent_begin(&w, A_PARAM); /* somebody who is busy does not take it */
	(void)agent_end(&w);
	u.op.who = w.ep;
	CHECK(agent_do(&u, A_STOP) == OK);
	g.op.addr = src + 2048;
	CHECK(agent_do(&g, A_SENDA) == OK);
	agent_set(&u, dst, 1, 'u');
	CHECK(agent_move(A_FROM, &g, src, &u, dst, PAGE) == OK);
	u.op.who = w.ep;
	CHECK(agent_do(&u, A_RESUME) == OK);
	(void)agent_do(&w, A_PARAM); /* now it takes its messages */
	(void)report_obs("taken", "%d",
	    (agent_peek(&g, src + 2048) & AMF_DONE) != 0);
	g.op.addr = 0;
	CHECK(agent_do(&g, A_SENDA) == OK);
	agent_set(&g, src, PAGE, 'g');
	CHECK(agent_peek(&u, dst) == 0);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-message");
	src = agent_map(&g, 1);
	dst = agent_map(&u, 1);
	replies(100);
	replies(4032);
	both_receive();
	table_done();
	table_waits();
	return agents_close();
}
