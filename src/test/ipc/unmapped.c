/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D10. A sender that takes its table away after the call harms only
 * itself: the receiver goes on waiting, nothing arrives that was not
 * delivered, and later messages of both do.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct script_op *r;

	agents_open(argc, argv, "ipc-unmapped");
	op(&a, OP_MOVE, NONE, 0);
	op_entry(&a, 0, b.ep, AMF_VALID | AMF_NOTIFY, 1);
	op_entry(&a, 1, b.ep, AMF_VALID, 2);
	op_arg(&a, SENDA, 2);
	op(&a, OP_UNMAP, NONE, 0);
	CHECK(agent_run(&a));
	CHECK(a.script.op[3].result == OK && a.script.op[4].result == OK);
	r = op(&b, RECEIVE, ANY, 0);
	op(&b, RECEIVE, ANY, 0);
	agent_go(&b);
	CHECK(agent_blocked(&b, ANY));
	op(&c, SEND, b.ep, 3);
	CHECK(agent_run(&c) && c.script.op[0].result == OK);
	op(&a, OP_ASYNSEND, b.ep, 4);
	CHECK(agent_run(&a) && agent_done(&b));
	CHECK(got(&r[0], c.ep, 3) && got(&r[1], a.ep, 4));
	return agents_close();
}
