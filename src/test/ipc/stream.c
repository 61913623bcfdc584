/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D10. More asynchronous messages than the sender's table has room
 * for, to two receivers of which one is slow: none is lost, none comes twice,
 * each receiver gets them in order, and none is torn.
 */
#include "test/ipc/client.h"

#include "test/report/report.h"

#define ROUNDS  30
#define A_ROUND (SCRIPT_MAX - 2)

/* Check what a receiver got in a round. */
static uint32_t
count(const struct agent *who, uint32_t next)
{
	uint32_t i;

	for (i = 0; i < A_ROUND; i++, next++)
		CHECK(got(&who->script.op[i], a.ep, 9) &&
		    who->script.op[i].value == next % A_ROUND);
	return next;
}

int
main(int argc, char **argv)
{
	uint32_t next_b = 0, next_c = 0;
	int round, i;

	agents_open(argc, argv, "ipc-stream");
	for (round = 0; round < 2 * ROUNDS; round++) {
		op(&a, OP_STREAM, b.ep, 9)->arg = A_ROUND;
		if (round % 2 == 0) /* c gets as many, but late */
			op(&a, OP_STREAM, c.ep, 9)->arg = A_ROUND;
		CHECK(agent_run(&a));
		for (i = 0; i < A_ROUND; i++) {
			op(&b, RECEIVE, i % 2 ? ANY : a.ep, 0);
			op(&c, RECEIVE, i % 2 ? a.ep : ANY, 0);
		}
		CHECK(agent_run(&b));
		next_b = count(&b, next_b);
		if (round >= ROUNDS) {
			CHECK(agent_run(&c));
			next_c = count(&c, next_c);
		} else {
			c.script.n = 0;
		}
	}
	CHECK(next_b == 2 * ROUNDS * A_ROUND);
	CHECK(next_c == ROUNDS * A_ROUND);
	return agents_close();
}
