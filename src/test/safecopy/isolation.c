/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1, A4. After a copy each side stores what it likes, and the other
 * does not see it: the source first or the destination first, in a chain of
 * three, through the program itself or the kernel on its behalf.
 */
#include <stdio.h>
#include <string.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 4u
#define SIZE  (PAGES * PAGE)

static vir_bytes src, dst, third;

/* Let the host look, in one of the cases on either side. */
static void
look(const char *name, const char *when)
{
	char checkpoint[32];

	if (strcmp(name, "from-source") != 0 && strcmp(name, "to-dest") != 0)
		return;
	agent_place(&g, "src", src, SIZE);
	agent_place(&u, "dst", dst, SIZE);
	snprintf(checkpoint, sizeof checkpoint, "%s-%s", name, when);
	CHECK(report_checkpoint(checkpoint) == 0);
}

/* Copy, then `first` stores, then `second`. Both must see their own. */
static void
both_store(const char *name, int call, bool source_first)
{
	struct agent *first = source_first ? &g : &u;
	struct agent *second = source_first ? &u : &g;
	vir_bytes a = source_first ? src : dst, b = source_first ? dst : src;
	int before = shared_of(&u), copies, all;

	agent_fill(&g, src, SIZE, "contents");
	agent_set(&u, dst, SIZE, 0);
	CHECK(agent_move(call, &g, src, &u, dst, SIZE) == OK);
	expect_shared(name, shared_of(&u) - before, (int)PAGES);
	look(name, "shared");
	copies = copies_of(first);
	all = copies + copies_of(second);
	agent_set(first, a, SIZE, 'f');
	look(name, "stored");
	expect_shared("copies", copies_of(first) - copies, (int)PAGES);
	agent_report(second, name, b, SIZE);
	agent_set(second, b + PAGE, SIZE - PAGE, 's');
	expect_shared("copies-of-both",
	    copies_of(first) + copies_of(second) - all, (int)PAGES);
	CHECK(agent_count(first, a, SIZE, 'f') == (int)SIZE);
	CHECK(agent_count(second, b + PAGE, SIZE - PAGE, 's') ==
	    (int)(SIZE - PAGE));
	CHECK(shared_of(&u) == before);
}

/* Who stores in the chain g, u, w; the others keep what was copied. */
static void
chain(struct agent *who, vir_bytes at, const char *name)
{
	char obs[16] = "x-of-";
	int i;
	struct agent *all[] = { &g, &u, &w };
	const vir_bytes addr[] = { src, dst, third };
	int copies;

	agent_fill(&g, src, SIZE, "chain");
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	CHECK(agent_move(A_TO, &u, dst, &w, third, SIZE) == OK);
	agent_set(who, at, SIZE, 'x');
	for (i = 0; i < 3; i++) {
		if (all[i] == who)
			continue;
		obs[0] = "guw"[i];
		obs[5] = *name;
		agent_report(all[i], obs, addr[i], SIZE);
	}
	CHECK_EQ(agent_count(who, at, SIZE, 'x'), SIZE);
	/* All store: of three sharers two copy. */
	copies = copies_of(&g) + copies_of(&u) + copies_of(&w);
	for (i = 0; i < 3; i++)
		agent_set(all[i], addr[i], SIZE, 'a' + i);
	for (i = 0; i < 3; i++)
		CHECK_EQ(agent_count(all[i], addr[i], SIZE, 'a' + i), SIZE);
	expect_shared("copies-of-rest",
	    copies_of(&g) + copies_of(&u) + copies_of(&w) - copies, (int)PAGES);
}

/* The kernel stores for somebody: a byte copy, and a fill. */
static void
kernel_stores(void)
{
	int gid;

	agent_fill(&g, src, SIZE, "kernel");
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	w.op.who = g.ep;
	w.op.addr = src + 5;
	w.op.len = PAGE;
	w.op.access = 'k';
	CHECK(agent_do(&w, A_POKE) == OK);
	agent_report(&u, "poked-source", dst, SIZE);
	CHECK(agent_count(&g, src + 5, PAGE, 'k') == (int)PAGE);

	agent_fill(&g, src, SIZE, "kernel");
	CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
	agent_set(&w, third, SIZE, 'w');
	gid = agent_grant(&u, w.ep, dst, SIZE, CPF_WRITE);
	CHECK(agent_copy(&w, A_TO, u.ep, gid, third + 1, PAGE + 100) == OK);
	agent_report(&g, "copied-into", src, SIZE);
	CHECK(agent_count(&u, dst, PAGE + 100, 'w') == (int)PAGE + 100);
	CHECK(agent_same(&g, src + 2 * PAGE, &u, dst + 2 * PAGE, 2 * PAGE));
	CHECK(agent_revoke(&u, gid) == OK);
}

/* The same pages, back and forth, a store in between each time. */
static void
back_and_forth(void)
{
	int i, right = 0;

	for (i = 0; i < 20; i++) {
		agent_set(&g, src + PAGE, 1, i);
		CHECK(agent_move(A_FROM, &g, src, &u, dst, SIZE) == OK);
		agent_set(&u, dst + 2 * PAGE, 1, i + 100);
		CHECK(agent_move(A_TO, &u, dst, &g, src, SIZE) == OK);
		right += agent_peek(&g, src + PAGE) == i &&
		    agent_peek(&g, src + 2 * PAGE) == i + 100;
	}
	(void)report_obs("round-trips", "%d", right);
	CHECK(agent_same(&g, src, &u, dst, SIZE));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-isolation");
	src = agent_map(&g, PAGES);
	dst = agent_map(&u, PAGES);
	third = agent_map(&w, PAGES);
	both_store("from-source", A_FROM, true);
	both_store("from-dest", A_FROM, false);
	both_store("to-source", A_TO, true);
	both_store("to-dest", A_TO, false);
	chain(&g, src, "g");
	chain(&u, dst, "u");
	chain(&w, third, "w");
	kernel_stores();
	back_and_forth();
	return agents_close();
}
