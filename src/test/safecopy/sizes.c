/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies of 1 to 32768 bytes and one more or less, at offsets that
 * are the same on both sides, in both directions: what arrives is right, all
 * around it is left alone, and exactly the whole pages become shared.
 */
#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#include <string.h>

#define ROOM 12u /* pages on either side */

static vir_bytes theirs, mine;
static int gid;

/* A sweep of u over a grant of g. */
static void
sweep(const char *name, bool write, uint32_t max, uint32_t first, uint32_t step)
{
	struct sweep *s = &u.op.sweep;
	char obs[32];

	*s = (struct sweep){ .theirs = theirs,
		.write = write,
		.min = max == 0 ? 2 * PAGE : 1,
		.max = max == 0 ? 2 * PAGE : max,
		.first = first,
		.step = step };
	u.op.who = g.ep;
	u.op.gid = gid;
	u.op.addr = mine;
	CHECK(agent_do(&u, A_SWEEP) == OK);
	(void)report_obs(name, "%u", s->wrong);
	if (s->wrong + s->miscounted > 0)
		(void)report_note("%s: %u bytes at offset %u", name, s->size,
		    s->at);
	CHECK(s->wrong == 0);
	strcpy(obs, "cases-");
	strcat(obs, name);
	(void)report_obs(obs, "%u", s->cases);
	strcpy(obs, "pages-");
	strcat(obs, name);
	expect_shared(obs, (int)s->shared, (int)s->pages);
	if (sharing)
		CHECK(s->miscounted == 0);
}

/* One copy, looked at from outside: 100 bytes, three pages, 50 bytes. */
static void
split(void)
{
	const vir_bytes at = PAGE - 100, len = 100 + 3 * PAGE + 50;

	agent_fill(&g, theirs, 6 * PAGE, "split");
	agent_set(&u, mine, 6 * PAGE, GUARD);
	u.op.who = g.ep;
	u.op.gid = gid;
	u.op.offset = at;
	u.op.addr = mine + at;
	u.op.len = len;
	CHECK(agent_do(&u, A_FROM) == OK);
	agent_place(&g, "src", theirs, 6 * PAGE);
	agent_place(&u, "dst", mine, 6 * PAGE);
	CHECK(report_checkpoint("split") == 0);
	CHECK(agent_same(&g, theirs + at, &u, mine + at, len));
	CHECK(agent_count(&u, mine, at, GUARD) == (int)at);
	CHECK(agent_count(&u, mine + at + len, PAGE, GUARD) == (int)PAGE);
}

int
main(int argc, char **argv)
{
	uint32_t start;

	agents_open(argc, argv, "safecopy-sizes");
	start = nonce_u32(report_nonce(), "start", 0) % 401;
	theirs = agent_map(&g, ROOM);
	mine = agent_map(&u, ROOM);
	gid = agent_grant(&g, u.ep, theirs, ROOM * PAGE, RW);
	CHECK(gid >= 0);
	split();
	sweep("from", false, 8 * PAGE, start, 2047);
	sweep("to", true, 8 * PAGE, start, 2047);
	sweep("from-edges", false, 4 * PAGE, 0, 4095);
	sweep("to-edges", true, 4 * PAGE, 0, 4095);
	sweep("from-offsets", false, 0, start, 401);
	sweep("to-offsets", true, 0, start, 401);
	return agents_close();
}
