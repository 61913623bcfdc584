/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * When a peer dies, who sends to it, receives from it or waits
 * for its reply goes on with EDEADSRCDST; asynchronous messages for it are
 * finished with that error, its own never arrive; and a new process in its
 * slot is somebody else.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

/* a blocks in `call` on c, which dies. */
static void
blocked(int call)
{
	op(&a, call, c.ep, 1);
	agent_go(&a);
	CHECK(agent_blocked(&a, c.ep));
	agent_kill(&c);
	CHECK(agent_done(&a));
	CHECK(a.script.op[0].result == -EDEADSRCDST);
	CHECK(agent_start(&c, "ipc.c") == OK);
}

/* a waits for the reply: c has taken the request. */
static void
reply(void)
{
	op(&a, SENDREC, c.ep, 1);
	agent_go(&a);
	CHECK(agent_blocked(&a, c.ep));
	op(&c, RECEIVE, a.ep, 0);
	CHECK(agent_run(&c));
	agent_kill(&c);
	CHECK(agent_done(&a));
	CHECK(a.script.op[0].result == -EDEADSRCDST);
	CHECK(agent_start(&c, "ipc.c") == OK);
}

/* Every primitive refuses a name of the past. */
static void
stale(endpoint_t old)
{
	static const int calls[] = { SEND, SENDNB, NOTIFY, SENDREC, RECEIVE };
	size_t i;

	for (i = 0; i < sizeof calls / sizeof calls[0]; i++)
		op(&a, calls[i], old, 1);
	CHECK(agent_run(&a));
	for (i = 0; i < sizeof calls / sizeof calls[0]; i++)
		CHECK(a.script.op[i].result == -EDEADSRCDST);
}

/* Mail for the dead, mail of the dead. */
static void
mail(void)
{
	endpoint_t old = c.ep;

	op_entry(&a, 0, c.ep, AMF_VALID, 1);
	op_entry(&a, 1, b.ep, AMF_VALID, 2);
	op_arg(&a, SENDA, 2);
	op(&c, OP_ASYNSEND, b.ep, 3);
	op(&c, SEND, b.ep, 4);
	CHECK(agent_run(&a));
	agent_go(&c);
	CHECK(agent_blocked(&c, b.ep));
	agent_kill(&c);
	op_arg(&a, OP_RESULT, 0);
	op_arg(&a, OP_RESULT, 1);
	CHECK(agent_run(&a));
	CHECK(a.script.op[0].result == -EDEADSRCDST);
	CHECK(a.script.op[0].flags == (AMF_VALID | AMF_DONE));
	CHECK(a.script.op[1].flags == AMF_VALID);
	CHECK(agent_start(&c, "ipc.c") == OK && c.ep != old);
	op(&b, RECEIVE, ANY, 0);
	op(&b, SENDNB, a.ep, 0);
	CHECK(agent_run(&b));
	CHECK(got(&b.script.op[0], a.ep, 2));
	op(&a, SEND, c.ep, 5);
	agent_go(&a);
	CHECK(agent_blocked(&a, c.ep));
	op(&c, RECEIVE, ANY, 0); /* not what its predecessor was sent */
	CHECK(agent_run(&c) && agent_done(&a));
	CHECK(got(&c.script.op[0], a.ep, 5));
	stale(old);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-death");
	blocked(SEND);
	blocked(RECEIVE);
	blocked(SENDREC);
	reply();
	mail();
	return agents_close();
}
