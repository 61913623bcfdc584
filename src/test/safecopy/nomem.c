/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. No frame is left in the machine: a copy that needs one says
 * ENOMEM and changes nothing; one that needs none works; a store that needs a
 * copy ends who stores, and nobody else loses anything.
 */
#include <string.h>
#include <time.h>

#include "test/safecopy/client.h"

#define PAGES 4u
#define SIZE  (PAGES * PAGE)
#define FAR   2048u         /* pages to where no page table is */
#define TABLE (1024 * PAGE) /* what one maps */

static struct agent x; /* will not survive */
static vir_bytes src, dst, victim;

static void
hog(void)
{
	w.op.access = 0;
	CHECK(agent_do(&w, A_HOG) > 0);
	(void)report_obs("left", "%d", frames_left());
}

static void
unhog(void)
{
	CHECK(agent_do(&w, A_UNHOG) == OK);
}

/* A copy whose second half would need a page table: the first half must not
 * be lost. A copy of bytes may have done it. */
static void
half(vir_bytes edge, int gid)
{
	vir_bytes at = edge - 2 * PAGE;
	int old, new;

	(void)report_obs("half", "%d",
	    agent_copy(&u, A_FROM, g.ep, gid, at, SIZE));
	old = agent_count(&u, at, 2 * PAGE, 'h');
	new = agent_same(&g, src, &u, at, 2 * PAGE) ? 2 * (int)PAGE : 0;
	(void)report_obs("half-there", "%d",
	    old == 2 * (int)PAGE || new == 2 * (int)PAGE);
	(void)report_obs("count.half-old", "%d", old);
}

/* Copies with nothing left. */
static void
copies(void)
{
	vir_bytes table = agent_map(&u, FAR + PAGES) + FAR / 2 * PAGE;
	vir_bytes edge = table & ~(TABLE - 1);
	vir_bytes other = agent_map(&u, PAGES);
	int in, far, r;

	agent_fill(&g, src, SIZE, "nomem");
	agent_set(&u, dst, SIZE, 0);
	agent_set(&u, other, SIZE, 'o');
	agent_set(&u, edge - 2 * PAGE, 2 * PAGE, 'h');
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	in = agent_grant(&g, u.ep, src, SIZE, CPF_READ);
	far = in;
	hog();
	/* A byte, into a page that is shared. */
	r = agent_copy(&u, A_FROM, g.ep, in, dst + 1, 10);
	(void)report_obs("count.store", "%d", r);
	CHECK(r == (sharing ? -ENOMEM : OK));
	(void)report_obs("no-table", "%d",
	    agent_copy(&u, A_FROM, g.ep, far, table, SIZE));
	half(edge, far);
	(void)report_obs("no-need", "%d",
	    agent_copy(&u, A_FROM, g.ep, in, other, SIZE));
	unhog();
	agent_report(&g, "source", src, SIZE);
	CHECK(agent_same(&g, src + 11, &u, dst + 11, SIZE - 11));
	agent_report(&u, "other", other, SIZE);
	CHECK(agent_count(&u, table, SIZE, 0) == (int)SIZE);
	CHECK(agent_copy(&u, A_FROM, g.ep, far, table, SIZE) == OK);
	agent_report(&u, "at-last", table, SIZE);
	agent_set(&g, src, SIZE, 'g');
	agent_set(&u, dst, SIZE, 'u');
	agent_report(&u, "at-last-kept", table, SIZE);
	CHECK(agent_revoke(&g, in) == OK);
}

static int
victim_start(void)
{
	memset(&x.op, 0, sizeof x.op);
	memcpy(x.op.nonce, report_nonce(), NONCE_SIZE);
	return service_start_once("/test/safecopy-agent", "scopy.x", &x.op.box,
	    &x.ep);
}

/* A store with nothing left: x dies of it, if its page is shared. */
static void
store(void)
{
	const struct timespec second = { 1, 0 };

	CHECK(victim_start() == OK);
	victim = agent_map(&x, PAGES);
	agent_fill(&g, src, SIZE, "store");
	agent_set(&x, victim, SIZE, 0);
	CHECK(agent_move(A_FROM, &g, src, &x, victim, SIZE) == OK);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	hog();
	x.op.addr = victim + PAGE;
	x.op.len = 1;
	x.op.access = 'x';
	agent_begin(&x, A_SET);
	(void)nanosleep(&second, NULL);
	unhog();
	(void)report_obs("count.survived", "%d",
	    x.op.box.done == x.op.box.asked);
	CHECK((x.op.box.done == x.op.box.asked) == !sharing);
	if (!sharing)
		(void)service_stop("scopy.x");
	agent_report(&g, "source-after-death", src, SIZE);
	agent_report(&u, "sharer-after-death", dst, SIZE);
	agent_set(&g, src, SIZE, 'g');
	agent_report(&u, "sharer-alone", dst, SIZE);
	CHECK(shared_of(&g) == 0);
}

int
main(int argc, char **argv)
{
	int before;

	agents_open(argc, argv, "safecopy-nomem");
	src = agent_map(&g, PAGES);
	dst = agent_map(&u, PAGES);
	agent_set(&g, src, SIZE, 0);
	agent_set(&u, dst, SIZE, 0);
	hog(); /* the tables for that much stay */
	unhog();
	before = frames_left();
	copies();
	store();
	(void)report_obs("frames-lost", "%d", before > frames_left() + 16);
	return agents_close();
}
