/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Who goes first: when one side has gone the other has the pages
 * to itself, its next store takes no copy, and in the end all frames are
 * free again. And what is there already is not copied once more.
 */
#include <time.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 8u
#define SIZE  (PAGES * PAGE)

static const struct timespec moment = { 0, 100000000 };

/* The destination goes; the source stores. */
static void
destination_goes(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	int before, left;

	agent_fill(&g, src, SIZE, "first");
	left = frames_left();
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	expect_shared("dest-shared", shared_of(&g), (int)PAGES);
	CHECK(service_stop("scopy.u") == OK);
	(void)nanosleep(&moment, NULL); /* its memory goes after it */
	CHECK(shared_of(&g) == 0);
	before = copies_of(&g);
	agent_report(&g, "source-left", src, SIZE);
	agent_place(&g, "src", src, SIZE);
	CHECK(report_checkpoint("alone") == 0);
	agent_set(&g, src, SIZE, 'a');
	CHECK(report_checkpoint("stored") == 0);
	(void)report_obs("copies-alone", "%d", copies_of(&g) - before);
	CHECK(copies_of(&g) == before);
	CHECK(agent_start(&u, 'u') == OK);
	CHECK(frames_left() + 8 >= left);
	g.op.addr = src;
	g.op.len = SIZE;
	CHECK(agent_do(&g, A_UNMAP) == OK);
}

/* The source goes; the destination still has everything. */
static void
source_goes(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	int before;

	agent_fill(&g, src, SIZE, "second");
	CHECK(agent_move(A_TO, &g, src, &u, dst, SIZE) == OK);
	expect_shared("source-shared", shared_of(&u), (int)PAGES);
	CHECK(service_stop("scopy.g") == OK);
	(void)nanosleep(&moment, NULL);
	agent_report(&u, "dest-left", dst, SIZE);
	before = copies_of(&u);
	agent_set(&u, dst, SIZE, 'b');
	CHECK(copies_of(&u) == before);
	CHECK(agent_count(&u, dst, SIZE, 'b') == (int)SIZE);
	CHECK(agent_start(&g, 'g') == OK);
}

/* Memory is given back, on either side, and made anew at the same place. */
static void
unmapped(vir_bytes src, vir_bytes dst)
{
	agent_fill(&g, src, SIZE, "third");
	agent_set(&u, dst, SIZE, 'u'); /* what was there is free, too */
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	g.op.addr = src;
	g.op.len = SIZE;
	CHECK(agent_do(&g, A_UNMAP) == OK);
	g.op.access = 3; /* VM_PROT_READ | VM_PROT_WRITE */
	CHECK(agent_do(&g, A_MAP_AT) == (int)src);
	CHECK(agent_count(&g, src, SIZE, 0) == (int)SIZE);
	agent_report(&u, "dest-kept", dst, SIZE);
	u.op.addr = dst;
	u.op.len = SIZE;
	CHECK(agent_do(&u, A_UNMAP) == OK);
	g.op.addr = src;
	g.op.len = SIZE;
	CHECK(agent_do(&g, A_UNMAP) == OK);
}

/* Frames come back. The first time makes page tables, which stay. */
static void
frames_back(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	int before, i;

	unmapped(src, dst);
	before = frames_left();
	for (i = 0; i < 4; i++)
		unmapped(agent_map(&g, PAGES), agent_map(&u, PAGES));
	(void)report_obs("frames-lost", "%d", before > frames_left());
	CHECK(frames_left() >= before);
}

/* The same copy twice, and the way back: nothing is to be done. */
static void
twice(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	int left, stores;

	agent_fill(&g, src, SIZE, "twice");
	agent_set(&u, dst, SIZE, 0);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	left = frames_left();
	stores = stores_of(&g) + stores_of(&u);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	CHECK(agent_move(A_TO, &u, dst, &g, src, SIZE) == OK);
	if (sharing)
		CHECK(frames_left() == left);
	(void)report_obs("count.stores", "%d",
	    stores_of(&g) + stores_of(&u) - stores);
	agent_report(&g, "twice-source", src, SIZE);
	agent_report(&u, "twice-dest", dst, SIZE);
	agent_set(&g, src, SIZE, 'g');
	agent_report(&u, "twice-kept", dst, SIZE);
}

/* Sharers of one page that go one after the other. */
static void
one_by_one(void)
{
	vir_bytes src = agent_map(&g, 1), dst = agent_map(&u, PAGES);
	unsigned int i;

	agent_fill(&g, src, PAGE, "one");
	for (i = 0; i < PAGES; i++)
		CHECK(agent_move(A_FROM, &g, src, &u, dst + i * PAGE, PAGE) ==
		    OK);
	agent_set(&g, src, PAGE, 'g');
	for (i = 0; i < PAGES; i++) {
		CHECK(agent_same(&u, dst + i * PAGE, &u,
		    dst + (PAGES - 1) * PAGE, PAGE));
		agent_set(&u, dst + i * PAGE, i + 1 < PAGES ? PAGE : 0, 'u');
	}
	CHECK(agent_count(&g, src, PAGE, 'g') == (int)PAGE);
	agent_report(&u, "last-one", dst + (PAGES - 1) * PAGE, PAGE);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-order");
	destination_goes();
	source_goes();
	frames_back();
	twice();
	one_by_one();
	return agents_close();
}
