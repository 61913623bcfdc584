/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Large copies that go wrong: a page in the middle is not there,
 * on either side; the grant is shorter, is revoked while the copy waits for
 * VM, or does not want page faults. The error is that of a copy of bytes, and
 * what lies outside is left alone.
 */
#include <time.h>

#include "test/safecopy/client.h"

#define PAGES 8u
#define SIZE  (PAGES * PAGE)

static vir_bytes src, dst;

/* Take page n of an agent's range away. */
static void
hole(struct agent *who, vir_bytes addr, unsigned int n)
{
	who->op.addr = addr + n * PAGE;
	who->op.len = PAGE;
	CHECK(agent_do(who, A_UNMAP) == OK);
}

static void
in_source(void)
{
	vir_bytes bad = agent_map(&g, PAGES + 1);

	agent_set(&g, bad, SIZE, 'b');
	hole(&g, bad, 3);
	agent_set(&u, dst, SIZE, 'u');
	(void)report_obs("source-hole", "%d",
	    agent_move(A_FROM, &g, bad, &u, dst, SIZE));
	(void)report_obs("source-hole-to", "%d",
	    agent_move(A_TO, &g, bad, &u, dst, SIZE));
	(void)report_obs("source-end", "%d",
	    agent_move(A_FROM, &g, bad + PAGE, &u, dst, 3 * PAGE));
	CHECK(agent_count(&u, dst + 4 * PAGE, 4 * PAGE, 'u') +
		agent_count(&u, dst + 4 * PAGE, 4 * PAGE, 'b') ==
	    4 * (int)PAGE);
	CHECK(agent_move(A_FROM, &g, bad, &u, dst, 3 * PAGE) == OK);
	CHECK(agent_count(&u, dst, 3 * PAGE, 'b') == 3 * (int)PAGE);
}

static void
in_dest(void)
{
	vir_bytes bad = agent_map(&u, PAGES + 1);

	agent_set(&u, bad, SIZE + PAGE, 'u');
	hole(&u, bad, 5);
	(void)report_obs("dest-hole", "%d",
	    agent_move(A_FROM, &g, src, &u, bad, SIZE));
	(void)report_obs("dest-hole-to", "%d",
	    agent_move(A_TO, &g, src, &u, bad, SIZE));
	CHECK(agent_count(&u, bad + SIZE, PAGE, 'u') == (int)PAGE);
	CHECK(agent_move(A_FROM, &g, src, &u, bad, 5 * PAGE) == OK);
	agent_report(&u, "dest-before-hole", bad, 5 * PAGE);
	agent_set(&u, bad, 5 * PAGE, 'v');
	agent_report(&g, "source-unharmed", src, SIZE);
}

/* Where no process has memory. */
static void
nowhere(void)
{
	int gid = agent_grant(&g, u.ep, src, SIZE, CPF_READ);
	int wild = agent_grant(&g, u.ep, 0xbffff000, 2 * PAGE, RW);
	int high = agent_grant(&g, u.ep, 0xfffff000, PAGE, RW);

	(void)report_obs("kernel", "%d",
	    agent_copy(&u, A_FROM, g.ep, gid, 0xc0100000, 4 * PAGE));
	(void)report_obs("null", "%d",
	    agent_copy(&u, A_FROM, g.ep, gid, 0, 4 * PAGE));
	(void)report_obs("across-the-end", "%d",
	    agent_copy(&u, A_FROM, g.ep, wild, dst, 2 * PAGE));
	(void)report_obs("at-the-top", "%d",
	    agent_copy(&u, A_TO, g.ep, high, dst, PAGE));
	(void)report_obs("too-long", "%d",
	    agent_copy(&u, A_FROM, g.ep, gid, dst, SIZE + 1));
	(void)report_obs("no-right", "%d",
	    agent_copy(&u, A_TO, g.ep, gid, dst, SIZE));
	CHECK(agent_revoke(&g, gid) == OK);
	(void)report_obs("revoked", "%d",
	    agent_copy(&u, A_FROM, g.ep, gid, dst, SIZE));
	CHECK(agent_revoke(&g, wild) == OK && agent_revoke(&g, high) == OK);
}

/* Revoked while the copy waits: VM is stopped, so that it waits. */
static void
revoked_meanwhile(void)
{
	const struct timespec moment = { 0, 100000000 };
	vir_bytes fresh = agent_map(&u, PAGES);
	int gid = agent_grant(&g, u.ep, src, SIZE, CPF_READ);

	w.op.who = VM_PROC_NR;
	CHECK(agent_do(&w, A_STOP) == OK);
	u.op.who = g.ep;
	u.op.gid = gid;
	u.op.offset = 0;
	u.op.addr = fresh;
	u.op.len = SIZE;
	agent_begin(&u, A_FROM);
	(void)nanosleep(&moment, NULL);
	CHECK(agent_revoke(&g, gid) == OK);
	CHECK(u.op.box.done != u.op.box.asked);
	w.op.who = VM_PROC_NR;
	CHECK(agent_do(&w, A_RESUME) == OK);
	(void)report_obs("revoked-meanwhile", "%d", agent_end(&u));
}

/* CPF_TRY: nothing is fetched; what is there is copied. */
static void
try_only(void)
{
	vir_bytes untouched = agent_map(&g, PAGES);
	int none = agent_grant(&g, u.ep, untouched, SIZE, CPF_READ | CPF_TRY);
	int there = agent_grant(&g, u.ep, src, SIZE, CPF_READ | CPF_TRY);
	int before;

	agent_set(&u, dst, SIZE, 'u');
	before = shared_of(&u);
	(void)report_obs("try-untouched", "%d",
	    agent_copy(&u, A_FROM, g.ep, none, dst, SIZE));
	(void)report_obs("try-there", "%d",
	    agent_copy(&u, A_FROM, g.ep, there, dst, SIZE));
	agent_report(&u, "try-data", dst, SIZE);
	CHECK(shared_of(&u) == before);
	(void)agent_revoke(&g, none); /* it tells of the fault */
	CHECK(agent_revoke(&g, there) == OK);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-errors");
	src = agent_map(&g, PAGES);
	dst = agent_map(&u, PAGES);
	agent_fill(&g, src, SIZE, "errors");
	in_source();
	in_dest();
	nowhere();
	revoked_meanwhile();
	try_only();
	agent_report(&g, "source-in-the-end", src, SIZE);
	return agents_close();
}
