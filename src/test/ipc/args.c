/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the trap refuses to a service: bad peers, bad primitives,
 * bad addresses; whoever waits for the message goes on waiting.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

#define BAD_HIGH    0xfffffff0u
#define BAD_LOW     0x10u
#define KERNEL_BASE 0xc0000000u

/* A trap of a with an address. */
static int
trap(int primitive, int peer, uint32_t addr)
{
	struct script_op *o = op(&a, OP_TRAP, peer, 0);

	o->arg = primitive;
	o->value = addr;
	CHECK(agent_run(&a));
	return o->result;
}

/* A primitive of a with a good address. */
static int
call(int primitive, endpoint_t peer)
{
	struct script_op *o = op(&a, primitive, peer, 1);

	CHECK(agent_run(&a));
	return o->result;
}

static void
addresses(uint32_t addr)
{
	CHECK(trap(SEND, b.ep, addr) == -EFAULT);
	CHECK(trap(SENDNB, b.ep, addr) == -EFAULT);
	CHECK(trap(SENDREC, b.ep, addr) == -EFAULT);
	CHECK(trap(SENDA, 1, addr) == -EFAULT);
	if (addr >= KERNEL_BASE - 63) /* lower ones are tried on arrival */
		CHECK(trap(RECEIVE, b.ep, addr) == -EFAULT);
}

static void
peers(endpoint_t ep)
{
	CHECK(call(SEND, ep) == -EDEADSRCDST);
	CHECK(call(SENDNB, ep) == -EDEADSRCDST);
	CHECK(call(SENDREC, ep) == -EDEADSRCDST);
	CHECK(call(NOTIFY, ep) == -EDEADSRCDST);
	CHECK(call(RECEIVE, ep) == -EDEADSRCDST);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-args");
	op(&b, RECEIVE, ANY, 0);
	agent_go(&b);
	CHECK(agent_blocked(&b, ANY));
	addresses(BAD_LOW);
	addresses(BAD_HIGH);
	addresses(KERNEL_BASE - 60);
	addresses(KERNEL_BASE + 0x100000);
	CHECK(agent_blocked(&b, ANY));
	peers(NONE);
	peers(SELF);
	peers(endpoint_make(9, 40));
	peers(0x7fffffff);
	peers((endpoint_t)0x80000000);
	CHECK(call(SEND, ANY) == -EINVAL && call(SENDNB, ANY) == -EINVAL);
	CHECK(call(NOTIFY, ANY) == -EINVAL && call(SENDREC, ANY) == -EINVAL);
	CHECK(call(SEND, CLOCK) == -ECALLDENIED);
	CHECK(call(NOTIFY, SYSTEM) == -ECALLDENIED);
	CHECK(trap(SENDA, 1 << 30, BAD_LOW) == -EDOM);
	CHECK(trap(SENDA, -1, BAD_LOW) == -EDOM);
	CHECK(trap(SENDA, 0, BAD_LOW) == OK);
	CHECK(trap(0, b.ep, BAD_LOW) < 0 && trap(7, b.ep, BAD_LOW) < 0);
	CHECK(trap(31, b.ep, BAD_LOW) < 0 && trap(-1, b.ep, BAD_LOW) < 0);
	CHECK(trap(1 << 20, b.ep, BAD_LOW) < 0);
	CHECK(agent_blocked(&b, ANY));
	CHECK(call(SENDNB, b.ep) == OK && agent_done(&b));
	CHECK(got(&b.script.op[0], a.ep, 1));
	return agents_close();
}
