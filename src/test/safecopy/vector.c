/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Vectors whose elements are pages: several that wait for VM in
 * one call, in both directions, one that is bad, as many as there may be and
 * one more.
 */
#include "test/safecopy/client.h"

#define PAGES 64u

static vir_bytes src, dst;
static int rd, wr;

/* Element i: a page of g's to u's page i, or the other way. */
static void
element(unsigned int i, bool write, unsigned int theirs, unsigned int mine,
    vir_bytes bytes)
{
	u.op.vec[i] = (struct vscp_vec){
		.v_from = write ? SELF : g.ep,
		.v_to = write ? g.ep : SELF,
		.v_gid = write ? wr : rd,
		.v_offset = theirs * PAGE,
		.v_addr = dst + mine * PAGE,
		.v_bytes = bytes,
	};
}

static int
vector(int n)
{
	u.op.access = n;
	return agent_do(&u, A_VECTOR);
}

/* Fresh contents on both sides. */
static void
fresh(void)
{
	agent_fill(&g, src, 4 * PAGE, "vector");
	agent_set(&u, dst, PAGES * PAGE, 'u');
}

static void
two(void)
{
	int before;

	fresh();
	before = shared_of(&u);
	element(0, false, 0, 0, PAGE);
	element(1, false, 1, 1, PAGE);
	(void)report_obs("two", "%d", vector(2));
	agent_report(&u, "two-data", dst, 2 * PAGE);
	expect_shared("two", shared_of(&u) - before, 2);
	CHECK(agent_peek(&u, dst + 2 * PAGE) == 'u');
}

/* With heads and tails, so that no element ends where pages do. */
static void
odd_sizes(void)
{
	fresh();
	element(0, false, 0, 0, PAGE + 1);
	element(1, false, 1, 2, 2 * PAGE + 77);
	u.op.vec[1].v_offset += 100;
	u.op.vec[1].v_addr += 100;
	CHECK(vector(2) == OK);
	CHECK(agent_same(&g, src, &u, dst, PAGE + 1));
	CHECK(agent_peek(&u, dst + PAGE + 1) == 'u');
	CHECK(agent_same(&g, src + PAGE + 100, &u, dst + 2 * PAGE + 100,
	    2 * PAGE + 77));
	CHECK(agent_peek(&u, dst + 2 * PAGE + 99) == 'u');
	CHECK(agent_peek(&u, dst + 4 * PAGE + 177) == 'u');
}

static void
mixed(void)
{
	fresh();
	element(0, false, 0, 0, PAGE);
	element(1, true, 8, 40, 2 * PAGE);
	element(2, false, 8, 4, PAGE); /* what the one before has brought */
	element(3, false, 1, 1, 100);
	(void)report_obs("mixed", "%d", vector(4));
	agent_report(&u, "mixed-data", dst, PAGE);
	CHECK(agent_count(&g, src + 8 * PAGE, 2 * PAGE, 'u') == 2 * (int)PAGE);
	CHECK(agent_count(&u, dst + 4 * PAGE, PAGE, 'u') == (int)PAGE);
	CHECK(agent_same(&g, src + PAGE, &u, dst + PAGE, 100));
}

static void
bad_element(void)
{
	int before;

	fresh();
	before = shared_of(&u);
	element(0, false, 0, 0, PAGE);
	element(1, true, 8, 1, PAGE);
	u.op.vec[1].v_gid = rd; /* not for writing */
	element(2, false, 2, 2, PAGE);
	(void)report_obs("bad", "%d", vector(3));
	agent_report(&u, "bad-first", dst, PAGE);
	expect_shared("bad", shared_of(&u) - before, 1);
	CHECK(agent_count(&u, dst + PAGE, PAGE, 'u') == (int)PAGE);
	CHECK(agent_count(&u, dst + 2 * PAGE, PAGE, 'u') == (int)PAGE);
	element(1, false, 1, 1, PAGE);
	u.op.vec[1].v_addr = 0x10000; /* nothing there */
	(void)report_obs("nowhere", "%d", vector(3));
	CHECK(agent_count(&u, dst + 2 * PAGE, PAGE, 'u') == (int)PAGE);
}

static void
many(void)
{
	unsigned int i;
	int before, right = 0;

	fresh();
	agent_set(&g, src, PAGES * PAGE, 'm');
	before = shared_of(&u);
	for (i = 0; i < PAGES; i++)
		element(i, false, i, PAGES - 1 - i, PAGE);
	element(PAGES, false, 0, 0, PAGE);
	(void)report_obs("too-many", "%d", vector((int)PAGES + 1));
	CHECK(agent_peek(&u, dst + (PAGES - 1) * PAGE) == 'u');
	(void)report_obs("many", "%d", vector((int)PAGES));
	right = agent_count(&u, dst, PAGES * PAGE, 'm');
	(void)report_obs("many-right", "%d", right / (int)PAGE);
	expect_shared("many", shared_of(&u) - before, (int)PAGES);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-vector");
	src = agent_map(&g, PAGES);
	dst = agent_map(&u, PAGES);
	rd = agent_grant(&g, u.ep, src, PAGES * PAGE, CPF_READ);
	wr = agent_grant(&g, u.ep, src, PAGES * PAGE, CPF_WRITE);
	two();
	odd_sizes();
	mixed();
	bad_element();
	many();
	return agents_close();
}
