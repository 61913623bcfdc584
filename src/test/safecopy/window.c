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

/* Map what a grant of g's is of, for stores or for looking. */
static int
agent_window(struct agent *who, int grant, vir_bytes addr, vir_bytes len,
    bool writable)
{
	who->op.who = g.ep;
	who->op.gid = grant;
	who->op.offset = 0;
	who->op.addr = addr;
	who->op.len = len;
	who->op.access = writable;
	return agent_do(who, A_WINDOW);
}

/* w maps g's pages. */
static int
window_open(int access)
{
	gid = agent_grant(&g, w.ep, owned, SIZE, access | CPF_MAP);
	return agent_window(&w, gid, window, SIZE, (access & CPF_WRITE) != 0);
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

/* The window's process has died: the marks that are left mean nothing, in a
 * source and in a destination. */
static void
after_death(void)
{
	report_rule("died");
	agent_fill(&g, owned, SIZE, "died");
	CHECK_STATUS(window_open(RW), OK);
	agent_place(&g, "owned", owned, SIZE);
	CHECK(report_checkpoint("alive") == 0);
	CHECK_STATUS(service_stop("scopy.w"), OK);
	CHECK_STATUS(agent_start(&w, 'w'), OK);
	agent_set(&u, other, SIZE, 'u');
	CHECK_STATUS(agent_move(A_FROM, &g, owned, &u, other, SIZE), OK);
	agent_place(&u, "other", other, SIZE);
	CHECK(report_checkpoint("died") == 0);
	agent_set(&g, owned, SIZE, 'g');
	agent_report(&u, "died", other, SIZE);
	CHECK_STATUS(agent_revoke(&g, gid), OK);
	window = agent_map(&w, PAGES);
	agent_set(&w, window, SIZE, 0);

	report_rule("into-died");
	CHECK_STATUS(window_open(RW), OK);
	CHECK_STATUS(service_stop("scopy.w"), OK);
	CHECK_STATUS(agent_start(&w, 'w'), OK);
	CHECK_STATUS(agent_move(A_TO, &u, other, &g, owned, SIZE), OK);
	CHECK(report_checkpoint("into-died") == 0);
	agent_set(&u, other, SIZE, 'u');
	agent_report(&g, "into-died", owned, SIZE);
	CHECK_STATUS(agent_revoke(&g, gid), OK);
	window = agent_map(&w, PAGES);
	agent_set(&w, window, SIZE, 0);
}

/* A window on one page of those that are copied, and a second one on that:
 * the page is copied, its neighbours are shared. */
static void
one_of_several(void)
{
	const vir_bytes size = 5 * PAGE;
	vir_bytes src = agent_map(&g, 5), dst = agent_map(&u, 5);
	vir_bytes second = agent_map(&u, 1);
	vir_bytes page = 1 + nonce_u32(report_nonce(), "page", 0) % 3;

	report_rule("one");
	owned = src + page * PAGE;
	agent_fill(&g, src, size, "one");
	agent_set(&u, dst, size, 'u');
	gid = agent_grant(&g, w.ep, owned, PAGE, RW | CPF_MAP);
	CHECK_STATUS(agent_window(&w, gid, window, PAGE, true), OK);
	gid = agent_grant(&g, u.ep, owned, PAGE, RW | CPF_MAP);
	CHECK_STATUS(agent_window(&u, gid, second, PAGE, true), OK);
	CHECK_STATUS(agent_move(A_FROM, &g, src, &u, dst, size), OK);
	agent_place(&g, "five-src", src, size);
	agent_place(&u, "five-dst", dst, size);
	agent_place(&g, "one", owned, PAGE);
	CHECK(report_checkpoint("one-of-five") == 0);
	agent_report(&u, "one-data", dst, size);
	agent_set(&w, window, PAGE, 'w');
	agent_report(&u, "one-kept", dst, size);
	agent_set(&u, dst, size, 'v');
	CHECK_STATUS(agent_move(A_TO, &u, dst, &g, src, size), OK);
	CHECK(report_checkpoint("into-one-of-five") == 0);
	CHECK_EQ(agent_count(&w, window, PAGE, 'v'), PAGE);
	CHECK_EQ(agent_count(&u, second, PAGE, 'v'), PAGE);
	CHECK_EQ(agent_count(&g, src, size, 'v'), size);
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
	after_death();
	one_of_several();
	return agents_close();
}
