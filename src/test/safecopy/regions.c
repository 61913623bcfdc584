/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Memory of all kinds: pages that were never touched, pages that
 * may only be read, ranges that cross from one region into the next. Reading
 * a page that is shared leaves it shared.
 */
#include <proto/vm.h>

#include "test/safecopy/client.h"

#define PAGES 4u
#define SIZE  (PAGES * PAGE)

/* Change what may be done with pages: they are made anew, empty. */
static void
remap(struct agent *who, vir_bytes addr, unsigned int pages, int prot)
{
	who->op.addr = addr;
	who->op.len = pages * PAGE;
	CHECK(agent_do(who, A_UNMAP) == OK);
	who->op.access = prot;
	CHECK(agent_do(who, A_MAP_AT) == (int)addr);
}

/* Nobody has touched the source; it is still as if. */
static void
source_untouched(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);

	agent_set(&u, dst, SIZE, 'u');
	agent_set(&g, src + PAGE, PAGE, 'g'); /* all but this one */
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	(void)report_obs("zeros", "%d", agent_count(&u, dst, SIZE, 0));
	CHECK(agent_count(&u, dst + PAGE, PAGE, 'g') == (int)PAGE);
	agent_set(&u, dst, PAGE, 'v');
	CHECK(agent_peek(&g, src) == 0);
	agent_set(&g, src + 2 * PAGE, PAGE, 'w');
	CHECK(agent_peek(&u, dst + 2 * PAGE) == 0);
	CHECK(agent_move(A_TO, &u, dst, &g, src, SIZE) == OK);
	CHECK(agent_same(&g, src, &u, dst, SIZE));
}

static void
dest_untouched(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES + 1);

	agent_fill(&g, src, SIZE, "untouched");
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	agent_report(&u, "into-nothing", dst, SIZE);
	expect_shared("into-nothing", shared_of(&g) >= (int)PAGES ? 1 : 0, 1);
	CHECK(agent_count(&u, dst + SIZE, PAGE, 0) == (int)PAGE);
}

/* The source may be read only; the copy may be written. */
static void
read_only(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	vir_bytes other = agent_map(&w, PAGES);

	agent_set(&g, src, SIZE, 'r');
	agent_set(&u, dst, SIZE, 'u');
	remap(&u, dst + PAGE, 1, VM_PROT_READ);
	(void)report_obs("into-read-only", "%d",
	    agent_move(A_FROM, &g, src, &u, dst, SIZE));
	(void)report_obs("into-only-read-only", "%d",
	    agent_move(A_TO, &g, src, &u, dst + PAGE, PAGE));
	CHECK(agent_count(&u, dst + PAGE, PAGE, 0) == (int)PAGE);
	CHECK(agent_count(&u, dst + 2 * PAGE, 2 * PAGE, 'u') == 2 * (int)PAGE);
	(void)report_obs("from-read-only", "%d",
	    agent_move(A_FROM, &u, dst, &w, other, SIZE));
	CHECK(agent_count(&w, other + PAGE, PAGE, 0) == (int)PAGE);
	CHECK(agent_same(&u, dst, &w, other, SIZE));
	agent_set(&w, other, SIZE, 'w');
	CHECK(agent_count(&w, other, SIZE, 'w') == (int)SIZE);
	CHECK(agent_count(&u, dst + PAGE, PAGE, 0) == (int)PAGE);
}

/* Regions side by side, which differ: copies go across. */
static void
across(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	int prot = VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXEC;

	remap(&g, src + PAGE, 1, prot);
	remap(&u, dst + 2 * PAGE, 2, prot);
	agent_fill(&g, src, SIZE, "across");
	agent_set(&u, dst, SIZE, 0);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	agent_report(&u, "across", dst, SIZE);
	agent_set(&g, src, SIZE, 'g');
	agent_report(&u, "across-kept", dst, SIZE);
	agent_set(&u, dst, SIZE, 'u');
	CHECK(agent_move(A_TO, &u, dst + 100, &g, src + 100, 3 * PAGE) == OK);
	CHECK(agent_count(&g, src, SIZE, 'u') == 3 * (int)PAGE);
}

/* Reading, by the process and by the kernel, is no store. */
static void
reading(void)
{
	vir_bytes src = agent_map(&g, PAGES), dst = agent_map(&u, PAGES);
	vir_bytes other = agent_map(&w, PAGES);
	int shared, copies;

	agent_fill(&g, src, SIZE, "reading");
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	shared = shared_of(&g) + shared_of(&u);
	copies = copies_of(&g) + copies_of(&u);
	CHECK(agent_same(&g, src, &u, dst, SIZE));
	CHECK(agent_move(A_FROM, &u, dst + 1, &w, other + 7, 2 * PAGE) == OK);
	CHECK(agent_move(A_TO, &g, src + 3, &w, other + 4, PAGE) == OK);
	(void)report_obs("unshared-by-reading", "%d",
	    shared - shared_of(&g) - shared_of(&u));
	(void)report_obs("copied-by-reading", "%d",
	    copies_of(&g) + copies_of(&u) - copies);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-regions");
	source_untouched();
	dest_untouched();
	read_only();
	across();
	reading();
	return agents_close();
}
