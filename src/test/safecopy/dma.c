/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. A device that has been told a page's physical address writes
 * there, before and after copies: it reaches the process that told it, and
 * nobody else. That process stays at its frame, whatever it does with the page:
 * also when it forks.
 */
#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 2u
#define SIZE  (PAGES * PAGE)
#define MANY  7u /* pages of a copy of which two are pinned */

static vir_bytes
umap(struct agent *who, vir_bytes addr)
{
	who->op.addr = addr;
	who->op.len = PAGE;
	return (vir_bytes)agent_do(who, A_UMAP);
}

/* The device writes 100 bytes. */
static void
device_writes(vir_bytes phys, int byte)
{
	w.op.addr = phys;
	w.op.len = 100;
	w.op.access = byte;
	CHECK(agent_do(&w, A_DMA) == OK);
}

/* Told before the copy; then the copy, then the device. */
static void
told_before(const char *name, bool source)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES), phys;

	agent_fill(&g, src, SIZE, "dma");
	agent_set(&u, dst, SIZE, 'u');
	phys = source ? umap(&g, src) : umap(&u, dst);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	device_writes(phys, 'd');
	if (source) {
		agent_report(&u, name, dst, SIZE);
		CHECK(agent_count(&g, src, 100, 'd') == 100);
		CHECK(umap(&g, src) == phys);
	} else {
		agent_report(&g, name, src, SIZE);
		CHECK(agent_count(&u, dst, 100, 'd') == 100);
		CHECK(agent_same(&g, src + 100, &u, dst + 100, SIZE - 100));
		CHECK(umap(&u, dst) == phys);
	}
	/* Stores do not move the page away from the device either. */
	agent_set(&g, src, PAGE, 'g');
	agent_set(&u, dst, PAGE, 'v');
	device_writes(phys, 'e');
	CHECK(
	    agent_count(source ? &g : &u, source ? src : dst, 100, 'e') == 100);
	CHECK(agent_peek(source ? &u : &g, source ? dst : src) ==
	    (source ? 'v' : 'g'));
}

/* Told of a page that is shared already. */
static void
told_after(const char *name, bool source)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES), phys;

	agent_fill(&g, src, SIZE, "dma");
	agent_set(&u, dst, SIZE, 'u');
	CHECK(agent_move(A_TO, &g, src, &u, dst, SIZE) == OK);
	phys = source ? umap(&g, src) : umap(&u, dst);
	device_writes(phys, 'd');
	if (source) {
		agent_report(&u, name, dst, SIZE);
		CHECK(agent_count(&g, src, 100, 'd') == 100);
	} else {
		agent_report(&g, name, src, SIZE);
		CHECK(agent_count(&u, dst, 100, 'd') == 100);
	}
}

/* A disk reads into a page again and again; each time it is copied on. */
static void
again(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	vir_bytes phys;
	int i, right = 0;

	agent_set(&g, src, SIZE, 'g');
	phys = umap(&g, src);
	for (i = 0; i < 8; i++) {
		device_writes(phys, i);
		CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
		device_writes(phys, 0xff);
		right += agent_count(&u, dst, 100, i) == 100;
	}
	(void)report_obs("again", "%d", right);
}

/* A page that nobody has touched is copied to where the device was told;
 * and from there to where nobody has touched anything. */
static void
untouched(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	vir_bytes last = agent_map(&w, PAGES), phys;

	agent_set(&u, dst, SIZE, 'u');
	phys = umap(&u, dst);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	(void)report_obs("zeros", "%d", agent_count(&u, dst, SIZE, 0));
	CHECK(umap(&u, dst) == phys);
	CHECK(agent_move(A_TO, &u, dst, &w, last, SIZE) == OK);
	device_writes(phys, 'd');
	CHECK(agent_count(&u, dst, 100, 'd') == 100);
	(void)report_obs("zeros-passed-on", "%d",
	    agent_count(&w, last, SIZE, 0));
}

/* One page of many is pinned on either side; all others are shared. */
static void
in_the_middle(void)
{
	vir_bytes src = agent_map(&g, MANY), dst = agent_map(&u, MANY);
	uint32_t a = nonce_u32(report_nonce(), "pinned", 0) % MANY;
	uint32_t b =
	    (a + 1 + nonce_u32(report_nonce(), "pinned", 1) % (MANY - 1)) %
	    MANY;

	report_rule("middle");
	agent_fill(&g, src, MANY * PAGE, "middle");
	agent_set(&u, dst, MANY * PAGE, 'u');
	(void)umap(&g, src + a * PAGE);
	(void)umap(&u, dst + b * PAGE);
	agent_place(&g, "src", src, MANY * PAGE);
	agent_place(&u, "dst", dst, MANY * PAGE);
	agent_place(&g, "told-src", src + a * PAGE, PAGE);
	agent_place(&u, "told-dst", dst + b * PAGE, PAGE);
	CHECK(report_checkpoint("told") == 0);
	CHECK_STATUS(agent_move(A_FROM, &g, src, &u, dst, MANY * PAGE), OK);
	CHECK(report_checkpoint("middle") == 0);
	agent_report(&u, "middle-data", dst, MANY * PAGE);
}

/* A process with a page that a device knows forks. The child, which does not
 * run yet, has a copy; nothing has become of the parent's entry. */
static void
forked(void)
{
	vir_bytes src = agent_map(&g, PAGES), phys;
	int child;

	report_rule("forked");
	agent_fill(&g, src, SIZE, "forked");
	phys = umap(&g, src);
	agent_place(&g, "parent", src, SIZE);
	CHECK(report_checkpoint("before-fork") == 0);
	child = agent_do(&g, A_FORK);
	CHECK_GT(child, 0);
	CHECK(report_place("child", g.op.who, src, SIZE) == 0);
	CHECK(report_checkpoint("forked") == 0);
	device_writes(phys, 'd');
	CHECK(report_checkpoint("forked-then") == 0);
	CHECK_EQ(agent_count(&g, src, 100, 'd'), 100);
	g.op.access = child;
	CHECK_STATUS(agent_do(&g, A_LET), OK);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-dma");
	in_the_middle();
	forked();
	told_before("before-source", true);
	told_before("before-dest", false);
	told_after("after-source", true);
	told_after("after-dest", false);
	again();
	untouched();
	return agents_close();
}
