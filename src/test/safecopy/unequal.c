/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies between different offsets in the page: bytes are moved,
 * and nothing becomes shared.
 */
#include "test/safecopy/client.h"

#define ROOM 12u /* pages on either side */

static void
sweep(vir_bytes theirs, vir_bytes mine, int gid, uint32_t skew)
{
	struct sweep *s = &u.op.sweep;
	int write;

	for (write = 0; write < 2; write++) {
		*s = (struct sweep){ .theirs = theirs,
			.write = write,
			.min = PAGE / 2,
			.max = 2 * PAGE,
			.skew = skew,
			.step = 2731 };
		u.op.who = g.ep;
		u.op.gid = gid;
		u.op.addr = mine;
		CHECK(agent_do(&u, A_SWEEP) == OK);
		(void)report_obs("wrong", "%u", s->wrong);
		(void)report_obs("cases", "%u", s->cases);
		CHECK(s->wrong == 0);
		(void)report_obs("shared", "%u", s->shared);
		CHECK(s->shared == 0);
	}
}

int
main(int argc, char **argv)
{
	vir_bytes theirs, mine;
	uint32_t skew;
	int gid;

	agents_open(argc, argv, "safecopy-unequal");
	theirs = agent_map(&g, ROOM);
	mine = agent_map(&u, ROOM);
	gid = agent_grant(&g, u.ep, theirs, ROOM * PAGE, RW);
	skew = 1 + nonce_u32(report_nonce(), "skew", 0) % 4094;
	sweep(theirs, mine, gid, 1);
	sweep(theirs, mine, gid, 4095);
	sweep(theirs, mine, gid, skew);
	return agents_close();
}
