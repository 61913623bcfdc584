/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. A device that has been told a page's physical address writes
 * there, before and after copies: it reaches the process that told it, and
 * nobody else. That process stays at its frame.
 */
#include "test/safecopy/client.h"

#define PAGES 2u
#define SIZE  (PAGES * PAGE)

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

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-dma");
	told_before("before-source", true);
	told_before("before-dest", false);
	told_after("after-source", true);
	told_after("after-dest", false);
	again();
	untouched();
	return agents_close();
}
