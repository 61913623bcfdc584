/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D10. Who waits for the reply of a SENDREC is not woken by a
 * notification, nor by an asynchronous message marked AMF_NOREPLY, of the
 * very peer it waits for; both arrive later. Any other message of the peer
 * is the reply.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

/* a asks b; before it answers, b does `call` with `flags`. */
static void
between(int call, uint32_t flags, struct script_op **reply,
    struct script_op **next)
{
	*reply = op(&a, SENDREC, b.ep, 1);
	*next = op(&a, RECEIVE, b.ep, 0);
	agent_go(&a);
	CHECK(agent_blocked(&a, b.ep));
	op(&b, RECEIVE, a.ep, 0);
	op(&b, call, a.ep, 2)->flags = flags;
	op(&b, OP_SLEEP, NONE, 0)->arg = 2;
	op(&b, SEND, a.ep, 3);
	CHECK(agent_run(&b) && agent_done(&a));
}

/* The same with a table of two entries, the first of them postponed. */
static void
overtaken(void)
{
	struct script_op *reply, *next;

	reply = op(&a, SENDREC, b.ep, 1);
	next = op(&a, RECEIVE, ANY, 0);
	agent_go(&a);
	CHECK(agent_blocked(&a, b.ep));
	op(&b, RECEIVE, a.ep, 0);
	op_entry(&b, 0, a.ep, AMF_VALID | AMF_NOREPLY, 4);
	op_entry(&b, 1, a.ep, AMF_VALID, 5);
	op_arg(&b, SENDA, 2);
	op_arg(&b, OP_SLEEP, 2);
	op_arg(&b, OP_RESULT, 0);
	op_arg(&b, OP_RESULT, 1);
	CHECK(agent_run(&b) && agent_done(&a));
	CHECK(got(reply, b.ep, 5) && got(next, b.ep, 4));
	CHECK(b.script.op[4].result == OK && b.script.op[5].result == OK);
	CHECK(b.script.op[5].flags == (AMF_VALID | AMF_DONE | AMF_NOREPLY));
	CHECK(b.script.op[6].flags == (AMF_VALID | AMF_DONE));
}

int
main(int argc, char **argv)
{
	struct script_op *reply, *next;

	agents_open(argc, argv, "ipc-reply");
	between(NOTIFY, 0, &reply, &next);
	CHECK(got(reply, b.ep, 3) && got(next, b.ep, NOTIFY_MESSAGE));
	between(OP_ASYNSEND, AMF_NOREPLY, &reply, &next);
	CHECK(got(reply, b.ep, 3) && got(next, b.ep, 2));
	between(OP_ASYNSEND, 0, &reply, &next);
	CHECK(got(reply, b.ep, 2) && got(next, b.ep, 3));
	between(SENDNB, 0, &reply, &next);
	CHECK(got(reply, b.ep, 2) && got(next, b.ep, 3));
	overtaken();
	return agents_close();
}
