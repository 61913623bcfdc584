/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D10. What waits for a receiver is handed out in this order:
 * notifications, asynchronous messages, blocked senders; those in the order
 * they came. A message sent asynchronously is not overtaken by one its sender
 * sends after it. A receive from one peer passes over the others.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

/* One of each kind waits for a. */
static void
kinds(void)
{
	struct script_op *r[4];
	int i;

	op(&b, SEND, a.ep, 1);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
	op(&c, OP_ASYNSEND, a.ep, 2);
	op(&c, NOTIFY, a.ep, 0);
	CHECK(agent_run(&c));
	for (i = 0; i < 3; i++)
		r[i] = op(&a, RECEIVE, ANY, 0);
	r[3] = op(&a, SENDNB, b.ep, 0); /* b is idle: nothing more to come */
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(got(r[0], c.ep, NOTIFY_MESSAGE));
	CHECK(IPC_STATUS_CALL(r[0]->status) == NOTIFY);
	CHECK(got(r[1], c.ep, 2) && IPC_STATUS_CALL(r[1]->status) == SENDA);
	CHECK(got(r[2], b.ep, 1) && IPC_STATUS_CALL(r[2]->status) == SEND);
	CHECK(r[3]->result == -ENOTREADY);
}

/* First come, first served; and a receive from the second passes the first. */
static void
queue(bool second_first)
{
	struct script_op *r[2];

	op(&b, SEND, a.ep, 3);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
	op(&c, SENDREC, a.ep, 4);
	agent_go(&c);
	CHECK(agent_blocked(&c, a.ep));
	r[0] = op(&a, RECEIVE, second_first ? c.ep : ANY, 0);
	r[1] = op(&a, RECEIVE, ANY, 0);
	op(&a, SEND, c.ep, 5);
	CHECK(agent_run(&a) && agent_done(&b) && agent_done(&c));
	CHECK(got(r[second_first], b.ep, 3));
	CHECK(got(r[!second_first], c.ep, 4));
	CHECK(IPC_STATUS_CALL(r[!second_first]->status) == SENDREC);
	CHECK(got(&c.script.op[0], a.ep, 5));
}

/* asynsend 1, send 2: received as 1, 2. */
static void
one_sender(endpoint_t from)
{
	struct script_op *r[2];

	op(&b, OP_ASYNSEND, a.ep, 6);
	op(&b, SEND, a.ep, 7);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
	r[0] = op(&a, RECEIVE, from, 0);
	r[1] = op(&a, RECEIVE, from, 0);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(got(r[0], b.ep, 6) && got(r[1], b.ep, 7));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-order");
	kinds();
	queue(false);
	queue(true);
	one_sender(ANY);
	one_sender(b.ep);
	return agents_close();
}
