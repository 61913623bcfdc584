/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D10. Each entry of a SENDA has a result of its own, which errors of
 * others do not touch; one that makes no sense fails the call but not the
 * rest; finished ones are skipped; and the sender is notified of the end of
 * those it asks about.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

#define DONE (AMF_VALID | AMF_DONE)

/* Ask for the results of `n` entries at the end of a's script. */
static struct script_op *
results(int n)
{
	struct script_op *first = op_arg(&a, OP_RESULT, 0);
	int i;

	for (i = 1; i < n; i++)
		op_arg(&a, OP_RESULT, i);
	return first;
}

/* b waits for a. */
static void
b_waits(void)
{
	op(&b, RECEIVE, a.ep, 0);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
}

static void
each_its_own(void)
{
	struct script_op *r;

	b_waits();
	op_entry(&a, 0, endpoint_make(7, 3), AMF_VALID, 1);
	op_entry(&a, 1, b.ep, AMF_VALID, 2);
	op_entry(&a, 2, SYSTEM, AMF_VALID, 3);
	op_entry(&a, 3, c.ep, AMF_VALID, 4);
	op_arg(&a, SENDA, 4);
	r = results(4);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(r[-1].result == OK);
	CHECK(r[0].result == -EDEADSRCDST && r[0].flags == DONE);
	CHECK(r[1].result == OK && r[1].flags == DONE);
	CHECK(r[2].result == -ECALLDENIED && r[2].flags == DONE);
	CHECK(r[3].result == OK && r[3].flags == AMF_VALID);
	CHECK(got(&b.script.op[0], a.ep, 2));
}

static void
senseless(void)
{
	struct script_op *r;

	b_waits();
	op_entry(&a, 0, b.ep, AMF_NOREPLY, 1); /* not AMF_VALID */
	op_entry(&a, 1, b.ep, AMF_VALID | 1024, 2);
	op_entry(&a, 2, b.ep, AMF_EMPTY, 3);
	op_entry(&a, 3, b.ep, DONE, 4);
	op_entry(&a, 4, b.ep, AMF_VALID, 5);
	op_arg(&a, SENDA, 5);
	r = results(5);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(r[-1].result == -EINVAL);
	CHECK(r[2].flags == AMF_EMPTY);
	CHECK(r[4].result == OK && r[4].flags == DONE);
	CHECK(got(&b.script.op[0], a.ep, 5));
}

/* A notification for an end, or only for a bad one. */
static void
told(uint32_t flags, endpoint_t to, bool expected)
{
	struct script_op *r;

	if (to == b.ep)
		b_waits();
	op_entry(&a, 0, to, AMF_VALID | flags, 1);
	op_arg(&a, SENDA, 1);
	op(&a, NOTIFY, c.ep, 0);
	r = op(&a, RECEIVE, ANY, 0);
	op(&c, RECEIVE, a.ep, 0);
	op(&c, SEND, a.ep, 2); /* comes after any notification */
	agent_go(&c);
	CHECK(agent_run(&a));
	if (to == b.ep)
		CHECK(agent_done(&b));
	CHECK(expected ? got(r, ASYNCM, NOTIFY_MESSAGE) : got(r, c.ep, 2));
	if (expected) {
		op(&a, RECEIVE, c.ep, 0);
		CHECK(agent_run(&a));
	}
	CHECK(agent_done(&c));
}

/* The library's errors. */
static void
errors(void)
{
	struct script_op *e;

	op(&a, OP_ASYNSEND, endpoint_make(7, 4), 2);
	op(&a, OP_ASYNSEND, endpoint_make(7, 3), 1)->flags = AMF_NOTIFY_ERR;
	op(&a, RECEIVE, ASYNCM, 0);
	e = op(&a, OP_ERROR, NONE, 0);
	op(&a, OP_ERROR, NONE, 0);
	CHECK(agent_run(&a));
	CHECK(e[0].result == -EDEADSRCDST && e[0].type == 1);
	CHECK(e[0].from == endpoint_make(7, 3));
	CHECK(e[1].result == 1); /* no more: nobody asked about the other */
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-results");
	each_its_own();
	op_arg(&a, SENDA, 0); /* forget the entry for c */
	CHECK(agent_run(&a));
	senseless();
	told(AMF_NOTIFY, b.ep, true);
	told(AMF_NOTIFY, endpoint_make(7, 3), true);
	told(AMF_NOTIFY_ERR, b.ep, false);
	told(AMF_NOTIFY_ERR, endpoint_make(7, 3), true);
	told(0, endpoint_make(7, 3), false);
	errors();
	return agents_close();
}
