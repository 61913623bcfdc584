/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. One page copied to 600 places: all of them are right, before and
 * after the source and some of the others store; and in the end the frames
 * are free.
 */
#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define MANY 300u /* places of each of two */

static vir_bytes src, mine, others;

static void
spread(struct agent *who, vir_bytes to)
{
	int gid = agent_grant(&g, who->ep, src, PAGE, CPF_READ);
	unsigned int i, k, n;

	for (i = 0; i < MANY; i += n) {
		n = MANY - i < 60 ? MANY - i : 60;
		for (k = 0; k < n; k++)
			who->op.vec[k] = (struct vscp_vec){ .v_from = g.ep,
				.v_to = SELF,
				.v_gid = gid,
				.v_addr = to + (i + k) * PAGE,
				.v_bytes = PAGE };
		who->op.access = (int)n;
		CHECK(agent_do(who, A_VECTOR) == OK);
	}
	CHECK(agent_revoke(&g, gid) == OK);
}

int
main(int argc, char **argv)
{
	unsigned int i, k;
	int before;

	agents_open(argc, argv, "safecopy-many");
	src = agent_map(&g, 1);
	mine = agent_map(&u, MANY);
	others = agent_map(&w, MANY);
	agent_fill(&g, src, PAGE, "many");
	agent_set(&u, mine, PAGE, 0); /* the page tables are there */
	agent_set(&w, others, PAGE, 0);
	before = frames_left();
	spread(&u, mine);
	spread(&w, others);
	if (sharing)
		CHECK(before - frames_left() < 10);
	expect_shared("places", shared_of(&u) + shared_of(&w), 2 * (int)MANY);
	agent_place(&g, "src", src, PAGE);
	agent_place(&u, "mine", mine, MANY * PAGE);
	CHECK(report_checkpoint("spread") == 0);
	agent_report(&w, "last", others + (MANY - 1) * PAGE, PAGE);
	agent_set(&g, src, PAGE, 'g');
	agent_report(&u, "first-kept", mine, PAGE);

	/* 300 of them store, or their half: which decides the run. */
	k = nonce_u32(report_nonce(), "odd", 0) % 2;
	for (i = k; i < MANY; i += 2)
		agent_set(&u, mine + i * PAGE, 1, 'u');
	agent_report(&u, "neighbour", mine + (MANY / 2 + 1 - k) * PAGE, PAGE);
	agent_report(&w, "other", others + MANY / 2 * PAGE, PAGE);
	CHECK(agent_count(&g, src, PAGE, 'g') == (int)PAGE);

	w.op.addr = others;
	w.op.len = MANY * PAGE;
	CHECK(agent_do(&w, A_UNMAP) == OK);
	agent_report(&u, "still", mine + (MANY / 2 + 1 - k) * PAGE, PAGE);
	u.op.addr = mine;
	u.op.len = MANY * PAGE;
	CHECK(agent_do(&u, A_UNMAP) == OK);
	(void)report_obs("frames-lost", "%d", before > frames_left() + 2);
	CHECK(frames_left() + 2 >= before);
	return agents_close();
}
