/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1, A4. Copies from and to memory that is really shared: a window of w
 * on pages of g. What is copied into it all sharers see, what is copied out
 * of it is nobody's but the receiver's; when the mapping has ended, and the
 * page is private again, it can be shared copy-on-write as any other.
 */
#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 2u
#define SIZE  (PAGES * PAGE)

static vir_bytes owned, window, other;
static int gid;

/* w maps g's pages. */
static int
window_open(int access)
{
	gid = agent_grant(&g, w.ep, owned, SIZE, access | CPF_MAP);
	w.op.who = g.ep;
	w.op.gid = gid;
	w.op.offset = 0;
	w.op.addr = window;
	w.op.len = SIZE;
	w.op.access = (access & CPF_WRITE) != 0;
	return agent_do(&w, A_WINDOW);
}

static void
window_close(void)
{
	w.op.addr = window;
	CHECK(agent_do(&w, A_UNWINDOW) == OK);
	CHECK(agent_revoke(&g, gid) == OK);
}

/* Into the owner's pages, and into the window: both see it. */
static void
into(void)
{
	CHECK(window_open(RW) == OK);
	agent_fill(&u, other, SIZE, "into");
	CHECK(agent_move(A_TO, &u, other, &g, owned, SIZE) == OK);
	agent_report(&g, "owner-sees", owned, SIZE);
	agent_report(&w, "window-sees", window, SIZE);
	agent_set(&w, window, PAGE, 'w');
	CHECK(agent_count(&g, owned, PAGE, 'w') == (int)PAGE);
	agent_report(&u, "sender-keeps", other, SIZE);
	agent_place(&g, "owned", owned, SIZE);
	agent_place(&w, "window", window, SIZE);
	CHECK(report_checkpoint("into") == 0);

	CHECK(agent_move(A_FROM, &u, other, &w, window, SIZE) == OK);
	agent_report(&g, "owner-sees-too", owned, SIZE);
	agent_set(&g, owned, SIZE, 'g');
	CHECK(agent_count(&w, window, SIZE, 'g') == (int)SIZE);
	agent_report(&u, "sender-still", other, SIZE);
	window_close();
}

/* Out of them: the receiver's copy does not follow. */
static void
out_of(void)
{
	agent_fill(&g, owned, SIZE, "out");
	CHECK(window_open(RW) == OK);
	CHECK(agent_move(A_FROM, &g, owned, &u, other, SIZE) == OK);
	agent_set(&w, window, SIZE, 'w');
	agent_report(&u, "from-owner", other, SIZE);
	agent_fill(&w, window, SIZE, "out-again");
	CHECK(agent_move(A_TO, &w, window, &u, other, SIZE) == OK);
	agent_set(&g, owned, SIZE, 'g');
	agent_report(&u, "from-window", other, SIZE);
	agent_set(&u, other, SIZE, 'u');
	CHECK(agent_count(&w, window, SIZE, 'g') == (int)SIZE);
	window_close();
}

/* The window may only be read: nobody copies into it. */
static void
read_only(void)
{
	agent_fill(&g, owned, SIZE, "read-only");
	CHECK(window_open(CPF_READ) == OK);
	(void)report_obs("into-read-only", "%d",
	    agent_move(A_TO, &u, other, &w, window, SIZE));
	agent_report(&g, "not-written", owned, SIZE);
	CHECK(agent_move(A_FROM, &w, window, &u, other, SIZE) == OK);
	agent_report(&u, "read", other, SIZE);
	window_close();
}

/* Pages that are shared copy-on-write are mapped. */
static void
shared_before(void)
{
	agent_fill(&g, owned, SIZE, "before");
	CHECK(agent_move(A_FROM, &g, owned, &u, other, SIZE) == OK);
	CHECK(window_open(RW) == OK);
	agent_set(&w, window, PAGE, 'w');
	agent_set(&g, owned + PAGE, PAGE, 'g');
	agent_report(&u, "copy-kept", other, SIZE);
	CHECK(agent_count(&g, owned, PAGE, 'w') == (int)PAGE);
	CHECK(agent_count(&w, window + PAGE, PAGE, 'g') == (int)PAGE);
	window_close();
}

/* All is over: each has its own, and sharing begins anew. */
static void
afterwards(void)
{
	int before;

	agent_set(&w, window, SIZE, 'w');
	agent_fill(&g, owned, SIZE, "after");
	before = shared_of(&u);
	CHECK(agent_move(A_FROM, &g, owned, &u, other, SIZE) == OK);
	expect_shared("after", shared_of(&u) - before, (int)PAGES);
	CHECK(agent_move(A_FROM, &u, other, &w, window, SIZE) == OK);
	agent_set(&g, owned, SIZE, 'g');
	agent_report(&w, "after", window, SIZE);
	agent_set(&w, window, SIZE, 'w');
	agent_report(&u, "after", other, SIZE);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-window");
	owned = agent_map(&g, PAGES);
	window = agent_map(&w, PAGES);
	other = agent_map(&u, PAGES);
	agent_set(&w, window, SIZE, 0);
	agent_set(&u, other, SIZE, 0);
	into();
	out_of();
	read_only();
	shared_before();
	afterwards();
	return agents_close();
}
