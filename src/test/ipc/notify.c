/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Notifications: those of one sender merge, a receive from one
 * peer looks at exactly that peer's mark whichever others are set, and a
 * notification of a process that died meanwhile never arrives.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

/* Two marks; the later privilege id is received first, or the earlier. */
static void
exact(const struct agent *first, const struct agent *second)
{
	struct script_op *r[2];

	op(&b, NOTIFY, a.ep, 0);
	op(&c, NOTIFY, a.ep, 0);
	CHECK(agent_run(&b) && agent_run(&c));
	r[0] = op(&a, RECEIVE, first->ep, 0);
	r[1] = op(&a, RECEIVE, second->ep, 0);
	CHECK(agent_run(&a));
	CHECK(got(r[0], first->ep, NOTIFY_MESSAGE));
	CHECK(got(r[1], second->ep, NOTIFY_MESSAGE));
}

static void
merged(void)
{
	struct script_op *first, *second;

	op(&b, NOTIFY, a.ep, 0);
	op(&b, NOTIFY, a.ep, 0);
	op(&b, NOTIFY, a.ep, 0);
	op(&b, SEND, a.ep, 1);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
	first = op(&a, RECEIVE, ANY, 0);
	second = op(&a, RECEIVE, ANY, 0);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(got(first, b.ep, NOTIFY_MESSAGE) && got(second, b.ep, 1));
}

static void
of_the_dead(void)
{
	struct script_op *r;

	op(&c, NOTIFY, a.ep, 0);
	CHECK(agent_run(&c));
	agent_kill(&c);
	CHECK(agent_start(&c, "ipc.d") == OK); /* likely in the same slots */
	op(&b, SEND, a.ep, 2);
	agent_go(&b);
	CHECK(agent_blocked(&b, a.ep));
	r = op(&a, RECEIVE, ANY, 0);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(got(r, b.ep, 2));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ipc-notify");
	exact(&b, &c);
	exact(&c, &b);
	merged();
	of_the_dead();
	return agents_close();
}
