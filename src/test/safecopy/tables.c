/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies across the borders of page tables: the source's, the
 * destination's, both, at one page or at several; copies longer than a table;
 * and sources without one. Where the borders are crossed, which pages were
 * touched before and how many there are depends on the run.
 */
#include <proto/vm.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define TABLE (1024 * PAGE) /* what one page table maps */
#define FIRST 0x50000000u   /* nothing else is here, nor above */

/** A copy of n pages, so many of them before the next border. */
struct across {
	const char *name;
	uint32_t n, src_before, dst_before;
	bool untouched; /**< the whole source */
};

static uint32_t used; /* borders of either side */

static uint32_t
pick(const char *label, uint32_t i, uint32_t from, uint32_t n)
{
	return from + nonce_u32(report_nonce(), label, i) % n;
}

/* New memory that begins so many pages before a border nobody has used. */
static vir_bytes
map_before(struct agent *who, uint32_t before, uint32_t pages)
{
	vir_bytes border = FIRST + used * TABLE + 2 * TABLE;

	who->op.addr = border - before * PAGE;
	who->op.len = pages * PAGE;
	who->op.access = VM_PROT_READ | VM_PROT_WRITE;
	return (vir_bytes)agent_do(who, A_MAP_AT);
}

/* Stamp all pages but some. */
static int
stamp(struct agent *who, int call, vir_bytes addr, uint32_t pages,
    const char *label, int step)
{
	agent_label(who, label);
	who->op.addr = addr;
	who->op.len = pages * PAGE;
	who->op.access = step;
	return agent_do(who, call);
}

static void
across(const struct across *c, int call, uint32_t i)
{
	int step = (int)pick("step", i, 2, 5), old = (int)pick("old", i, 2, 3);
	vir_bytes src = map_before(&g, c->src_before, c->n);
	vir_bytes dst = map_before(&u, c->dst_before, c->n);

	used += c->n / 1024 + 3;
	if (!c->untouched)
		CHECK_GT(stamp(&g, A_STAMP, src, c->n, c->name, step), 0);
	CHECK_GT(stamp(&u, A_STAMP, dst, c->n, "old", old), 0);
	CHECK_STATUS(agent_move(call, &g, src, &u, dst, c->n * PAGE), OK);
	agent_place(&g, "src", src, c->n * PAGE);
	agent_place(&u, "dst", dst, c->n * PAGE);
	CHECK(report_checkpoint(c->name) == 0);
	if (c->untouched)
		EXPECT_NUMBER(c->name,
		    agent_count(&u, dst, c->n * PAGE, 0) / (int)PAGE, c->n);
	else
		EXPECT_NUMBER(c->name,
		    stamp(&u, A_STAMPED, dst, c->n, c->name, step), c->n);
	CHECK_STATUS(agent_unmap(&g, src, c->n * PAGE), OK);
	CHECK_STATUS(agent_unmap(&u, dst, c->n * PAGE), OK);
}

static void
all(void)
{
	const uint32_t a = pick("a", 0, 1, 6), b = pick("b", 0, 7, 6);
	const uint32_t n = pick("n", 0, 13, 6);
	const uint32_t far = pick("far", 0, 500, 200);
	const uint32_t many = pick("many", 0, 1030, 40);
	const struct across copies[] = {
		{ "source-crosses", n, a, far, false },
		{ "dest-crosses", n, far, a, false },
		{ "dest-first", n, b, a, false },
		{ "source-first", n, a, b, false },
		{ "both-at-once", n, a, a, false },
		{ "border-begins", n, 0, n, false },
		{ "border-ends", n, n, 0, false },
		{ "longer", many, b, far, false },
		{ "no-table", n, a, b, true },
	};
	uint32_t i;

	for (i = 0; i < sizeof copies / sizeof copies[0]; i++)
		across(&copies[i], i % 2 == 0 ? A_FROM : A_TO, i);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-tables");
	all();
	return agents_close();
}
