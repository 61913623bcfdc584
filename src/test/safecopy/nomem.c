/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. No frame is left in the machine: a copy that needs one says
 * ENOMEM and changes nothing; one that needs none works; a store that needs a
 * copy ends who stores, and nobody else loses anything.
 */
#include <string.h>
#include <time.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 4u
#define SIZE  (PAGES * PAGE)
#define SPARE 1024u         /* frames that are taken anew each time */
#define FAR   2048u         /* pages to where no page table is */
#define TABLE (1024 * PAGE) /* what one maps */

static struct agent x; /* will not survive */
static vir_bytes src, dst, victim, other;

static void
hog(int left)
{
	w.op.access = left;
	CHECK_GT(agent_do(&w, A_HOG), 0);
	(void)report_obs("count.left", "%d", frames_left());
	CHECK_EQ(frames_left(), left);
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
	int in, far, r;

	other = agent_map(&u, PAGES);
	agent_fill(&g, src, SIZE, "nomem");
	agent_set(&u, dst, SIZE, 0);
	agent_set(&u, other, SIZE, 'o');
	agent_set(&u, edge - 2 * PAGE, 2 * PAGE, 'h');
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	in = agent_grant(&g, u.ep, src, SIZE, CPF_READ);
	far = in;
	hog(0);
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
	CHECK_STATUS(
	    agent_unmap(&u, table - FAR / 2 * PAGE, (FAR + PAGES) * PAGE), OK);
	CHECK_STATUS(agent_unmap(&u, other, SIZE), OK);
}

/* Memory of u of all kinds: a page of its own, one never touched, one shared
 * copy-on-write with g, one never touched. */
static vir_bytes
all_kinds(void)
{
	vir_bytes all = agent_map(&u, PAGES);

	other = agent_map(&g, 1);
	agent_set(&u, all, PAGE, 'o');
	agent_set(&g, other, PAGE, 'c');
	CHECK_STATUS(agent_move(A_FROM, &g, other, &u, all + 2 * PAGE, PAGE),
	    OK);
	return all;
}

/* A copy whose bytes must be copied, as a device knows the source's pages: all
 * but the first page of the destination need a frame then, with cow=0 all but
 * the third, too. With one frame less nothing is changed. */
static void
special(void)
{
	vir_bytes from = agent_map(&g, PAGES), to = all_kinds();
	int gid = agent_grant(&g, u.ep, from, SIZE, CPF_READ), i;

	agent_fill(&g, from, SIZE, "special");
	for (i = 0; i < (int)PAGES; i++) {
		g.op.addr = from + (vir_bytes)i * PAGE;
		g.op.len = PAGE;
		CHECK_GT(agent_do(&g, A_UMAP), 0);
	}
	agent_place(&u, "special", to, SIZE);
	CHECK(report_checkpoint("special-before") == 0);
	hog(sharing ? 2 : 1);
	EXPECT_STATUS("special", agent_copy(&u, A_FROM, g.ep, gid, to, SIZE),
	    -ENOMEM);
	CHECK(report_checkpoint("special-refused") == 0);
	if (sharing)
		CHECK_EQ(frames_left(), 2);
	unhog();
	hog(sharing ? 3 : 2);
	EXPECT_STATUS("special-enough",
	    agent_copy(&u, A_FROM, g.ep, gid, to, SIZE), OK);
	if (sharing)
		CHECK_EQ(frames_left(), 0);
	unhog();
	agent_report(&u, "special-data", to, SIZE);
	CHECK_STATUS(agent_revoke(&g, gid), OK);
	CHECK_STATUS(agent_unmap(&g, other, PAGE), OK);
	CHECK_STATUS(agent_unmap(&g, from, SIZE), OK);
	CHECK_STATUS(agent_unmap(&u, to, SIZE), OK);
}

/* The last one of those who shared a page stores: that takes no frame. */
static void
alone(void)
{
	vir_bytes from = agent_map(&g, PAGES), to = agent_map(&u, PAGES);
	vir_bytes bytes = agent_map(&g, 1);
	int gid = agent_grant(&g, u.ep, bytes, PAGE, CPF_READ);

	agent_fill(&g, from, SIZE, "alone");
	agent_fill(&g, bytes, PAGE, "alone");
	CHECK_STATUS(agent_move(A_FROM, &g, from, &u, to, SIZE), OK);
	agent_set(&g, from, SIZE, 'g');
	hog(0);
	EXPECT_STATUS("alone",
	    agent_copy(&u, A_FROM, g.ep, gid, to + PAGE + 1, 10), OK);
	unhog();
	CHECK(agent_same(&g, bytes, &u, to + PAGE + 1, 10));
	CHECK_STATUS(agent_revoke(&g, gid), OK);
	CHECK_STATUS(agent_unmap(&g, from, SIZE), OK);
	CHECK_STATUS(agent_unmap(&g, bytes, PAGE), OK);
	CHECK_STATUS(agent_unmap(&u, to, SIZE), OK);
}

/* A store with nothing left: x dies of it, if its page is shared. */
static void
store(void)
{
	const struct timespec second = { 1, 0 };

	CHECK(agent_start_once(&x, 'x') == OK);
	victim = agent_map(&x, PAGES);
	agent_fill(&g, src, SIZE, "store");
	agent_set(&x, victim, SIZE, 0);
	CHECK(agent_move(A_FROM, &g, src, &x, victim, SIZE) == OK);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	hog(0);
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
	/* Nearly all stay taken: to fill them with zeros takes long. */
	u.op.access = (int)SPARE;
	CHECK_GT(agent_do(&u, A_HOG), 0);
	hog(0); /* the tables for the others stay */
	unhog();
	before = frames_left();
	copies();
	special();
	alone();
	store();
	/* Page tables stay. */
	(void)report_obs("count.lost", "%d", before - frames_left());
	(void)report_obs("frames-lost", "%d", before > frames_left() + 4);
	return agents_close();
}
