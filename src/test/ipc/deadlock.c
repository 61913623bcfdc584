/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Blocking in a circle is refused with ELOCKED, and only blocking:
 * a sender and a receiver meet, non-blocking primitives never lock, and a
 * message that waits already is received whatever its sender does. The
 * refusal leaves nothing behind.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

/* a blocks in `first` on b; then b tries `second` on a. */
static int
pair(int first, int second)
{
	struct script_op *r;

	op(&a, first, b.ep, 1);
	agent_go(&a);
	CHECK(agent_blocked(&a, b.ep));
	r = op(&b, second, a.ep, 2);
	CHECK(agent_run(&b));
	return r->result;
}

/* Let a go again: b takes what a sends, and sends what a waits for. */
static void
release(int first)
{
	if (first != RECEIVE)
		op(&b, RECEIVE, a.ep, 0);
	if (first != SEND)
		op(&b, SEND, a.ep, 3);
	CHECK(agent_run(&b) && agent_done(&a));
	CHECK(a.script.op[0].result == OK);
	if (first != RECEIVE)
		CHECK(got(&b.script.op[0], a.ep, 1));
	if (first != SEND)
		CHECK(a.script.op[0].type == 3); /* nothing left of the 2 */
}

static void
locked(int first, int second)
{
	CHECK(pair(first, second) == -ELOCKED);
	release(first);
}

static void
circle_of_three(void)
{
	struct script_op *r;

	op(&a, SENDREC, b.ep, 1);
	agent_go(&a);
	CHECK(agent_blocked(&a, b.ep));
	op(&b, SENDREC, c.ep, 2);
	agent_go(&b);
	CHECK(agent_blocked(&b, c.ep));
	r = op(&c, SENDREC, a.ep, 3);
	op(&c, SEND, a.ep, 3);
	op(&c, SENDNB, a.ep, 3);
	CHECK(agent_run(&c));
	CHECK(r[0].result == -ELOCKED && r[1].result == -ELOCKED);
	CHECK(r[2].result == -ENOTREADY);
	op(&c, RECEIVE, b.ep, 0);
	op(&c, SEND, b.ep, 4);
	CHECK(agent_run(&c) && agent_done(&b));
	op(&b, RECEIVE, a.ep, 0);
	op(&b, SEND, a.ep, 5);
	CHECK(agent_run(&b) && agent_done(&a));
	CHECK(got(&a.script.op[0], b.ep, 5));
}

/* Both receive from each other, but both have mail. */
static void
no_circle(void)
{
	op(&a, NOTIFY, b.ep, 0);
	op(&a, RECEIVE, b.ep, 0);
	agent_go(&a);
	CHECK(agent_blocked(&a, b.ep));
	op(&b, RECEIVE, a.ep, 0);
	op(&b, NOTIFY, a.ep, 0);
	CHECK(agent_run(&b) && agent_done(&a));
	CHECK(got(&b.script.op[0], a.ep, NOTIFY_MESSAGE));
	CHECK(got(&a.script.op[1], b.ep, NOTIFY_MESSAGE));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-deadlock");
	locked(SENDREC, SENDREC);
	locked(SENDREC, SEND);
	locked(SEND, SENDREC);
	locked(SEND, SEND);
	locked(RECEIVE, RECEIVE);
	CHECK(pair(RECEIVE, SEND) == OK && agent_done(&a));
	CHECK(pair(SEND, RECEIVE) == OK && agent_done(&a));
	CHECK(pair(SEND, SENDNB) == -ENOTREADY);
	release(SEND);
	CHECK(pair(SEND, OP_ASYNSEND) == OK);
	op(&b, RECEIVE, a.ep, 0);
	CHECK(agent_run(&b) && agent_done(&a));
	op(&a, RECEIVE, b.ep, 0);
	CHECK(agent_run(&a) && got(&a.script.op[0], b.ep, 2));
	circle_of_three();
	no_circle();
	return agents_close();
}
