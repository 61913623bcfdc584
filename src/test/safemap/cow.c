/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2, A4. Memory that is shared copy-on-write is mapped, and memory
 * that is mapped is copied: a partner of a copy-on-write page does not become
 * one of the window, a copy of a window is a copy, and a copy into a window,
 * or into what others have mapped, is seen by them. With or without
 * copy-on-write nobody can tell the difference.
 */
#include "test/safemap/client.h"

/* A page that the owner's child has, too. */
static void
shared_with_child(int gid)
{
	int child;

	store(&g, g.mem, PAGES, 0);
	child = split(&g, S_STORE, g.mem, 1);
	store(&u, u.mem, PAGES, 2);
	(void)SEE("map", map(&u, g.ep, gid, 1), OK);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	show("partner", g.op.who, g.mem);
	(void)report_checkpoint("mapped");
	(void)SEE("child", let_go(&g, child), 0);
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(0));
	(void)SEE_WORD("user", load(&u, u.mem, PAGES), word_of(0));
	store(&u, u.mem, PAGES, 3);
	(void)SEE_WORD("together", load(&g, g.mem, PAGES), word_of(3));
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
}

/* Pages that were copied from who maps them then. */
static void
copied_before(int gid)
{
	store(&u, u.mem, PAGES, 4);
	(void)SEE("copy-to", copy(&u, S_TO, gid, u.mem, RANGE), OK);
	(void)SEE("map-copied", map(&u, g.ep, gid, 1), OK);
	(void)report_checkpoint("copied");
	(void)SEE_WORD("copied-owner", load(&g, g.mem, PAGES), word_of(4));
	(void)SEE_WORD("copied-user", load(&u, u.mem, PAGES), word_of(4));
	store(&g, g.mem, PAGES, 5);
	(void)SEE_WORD("copied-shared", load(&u, u.mem, PAGES), word_of(5));
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
}

/* A third has a copy from before: it does not take part. */
static void
partner(int gid)
{
	store(&g, g.mem, PAGES, 6);
	CHECK(copy(&w, S_FROM, gid, w.mem, RANGE) == OK);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	store(&u, u.mem, PAGES, 7);
	(void)SEE_WORD("partner", load(&w, w.mem, PAGES), word_of(6));
	store(&w, w.mem, PAGES, 8);
	(void)SEE_WORD("partner-stores", load(&g, g.mem, PAGES), word_of(7));
	(void)SEE_WORD("partner-own", load(&w, w.mem, PAGES), word_of(8));
}

/* As partner() leaves it. Copies out of what is shared: of either side. */
static void
copy_out(int gid)
{
	int window = grant_part(&u, w.ep, u.mem, RANGE, CPF_READ | CPF_WRITE);

	store(&g, g.mem, PAGES, 9);
	CHECK(copy(&w, S_FROM, gid, w.mem, RANGE) == OK);
	store(&u, u.mem, PAGES, 10);
	(void)SEE_WORD("of-owner", load(&w, w.mem, PAGES), word_of(9));
	w.op.from = u.ep;
	(void)SEE("copy-window", copy(&w, S_FROM, window, w.mem, RANGE), OK);
	store(&g, g.mem, PAGES, 11);
	show("copy", w.ep, w.mem);
	(void)report_checkpoint("copied-out");
	(void)SEE_WORD("of-window", load(&w, w.mem, PAGES), word_of(10));
	(void)SEE_WORD("still-shared", load(&u, u.mem, PAGES), word_of(11));
	store(&w, w.mem, PAGES, 12);
	(void)SEE_WORD("owner-same", load(&g, g.mem, PAGES), word_of(11));

	(void)SEE("into-window", copy(&w, S_TO, window, w.mem, RANGE), OK);
	(void)SEE_WORD("owner-sees", load(&g, g.mem, PAGES), word_of(12));
	(void)SEE_WORD("user-sees", load(&u, u.mem, PAGES), word_of(12));
	store(&w, w.mem, PAGES, 13);
	(void)SEE_WORD("copy-done", load(&g, g.mem, PAGES), word_of(12));
	w.op.from = g.ep;
}

/* As partner() leaves it. The user has a child, which has a copy; copies into
 * the window and out of it do not care, nor does the child. */
static void
with_child(int gid)
{
	int window = grant_part(&u, w.ep, u.mem, RANGE, CPF_READ | CPF_WRITE);
	int child;

	store(&u, u.mem, PAGES, 21);
	child = split(&u, S_LOAD, u.mem, 0);
	store(&w, w.mem, PAGES, 22);
	w.op.from = u.ep;
	(void)SEE("beside-child", copy(&w, S_TO, window, w.mem, RANGE), OK);
	(void)SEE_WORD("beside-child-owner", load(&g, g.mem, PAGES),
	    word_of(22));
	w.op.from = g.ep;
	store(&w, w.mem, PAGES, 23);
	CHECK_STATUS(copy(&w, S_TO, gid, w.mem, RANGE), OK);
	(void)SEE_WORD("beside-child-user", load(&u, u.mem, PAGES),
	    word_of(23));
	(void)SEE("beside", let_go(&u, child), (int)(word_of(21) % CHILD_WORD));
}

/* A few bytes, from the middle of a page to the middle of another. */
static void
bytes(int gid)
{
	unsigned int at = 4 * (pick("at", 0, 500) + 1);
	unsigned int len = PAGE + 4 * pick("len", 0, 500);

	store(&g, g.mem, PAGES, 24);
	store(&w, w.mem, PAGES, 25);
	w.op.call = S_TO;
	w.op.gid = gid;
	w.op.offset = at;
	w.op.addr = w.mem + at;
	w.op.len = len;
	(void)SEE("bytes", agent_do(&w), OK);
	u.op.call = S_LOAD;
	u.op.addr = u.mem + at;
	u.op.len = len;
	CHECK_STATUS(agent_do(&u), OK);
	(void)SEE_WORD("bytes-seen", u.op.word, word_of(25) + at / 4);
	u.op.addr = u.mem;
	u.op.len = at;
	CHECK_STATUS(agent_do(&u), OK);
	(void)SEE_WORD("bytes-before", u.op.word, word_of(24));
	u.op.addr = u.mem + at + len;
	u.op.len = RANGE - at - len;
	CHECK_STATUS(agent_do(&u), OK);
	(void)SEE_WORD("bytes-behind", u.op.word, word_of(24) + (at + len) / 4);
}

/* Copies into what a third has mapped. */
static void
copy_in(int gid)
{
	vir_bytes none;

	store(&w, w.mem, PAGES, 14);
	(void)SEE("into-owner", copy(&w, S_TO, gid, w.mem, RANGE), OK);
	(void)report_checkpoint("copied-in");
	(void)SEE_WORD("window-sees", load(&u, u.mem, PAGES), word_of(14));
	store(&w, w.mem, PAGES, 15);
	(void)SEE_WORD("window-keeps", load(&u, u.mem, PAGES), word_of(14));
	store(&g, g.mem, PAGES, 16);
	(void)SEE_WORD("not-remapped", load(&u, u.mem, PAGES), word_of(16));
	(void)SEE_WORD("source-keeps", load(&w, w.mem, PAGES), word_of(15));
	none = room(&w, PAGES);
	CHECK(copy(&w, S_TO, gid, none, RANGE) == OK);
	(void)SEE_WORD("zeros", load(&u, u.mem, PAGES), 0);
	store(&u, u.mem, PAGES, 17);
	(void)SEE_WORD("zeros-shared", load(&g, g.mem, PAGES), word_of(17));
}

/* From memory in common to memory in common: two windows of the same. */
static void
both(int gid)
{
	vir_bytes other = room(&g, PAGES), at = room(&w, PAGES);
	int second = grant_part(&g, ANY, other, RANGE, RWM);

	store(&g, other, PAGES, 18);
	w.op.from = g.ep;
	CHECK(map_part(&w, second, 0, at, RANGE, 1) == OK);
	(void)SEE("window-to-window", copy(&w, S_TO, gid, at, RANGE), OK);
	(void)SEE_WORD("first", load(&u, u.mem, PAGES), word_of(18));
	store(&u, u.mem, PAGES, 19);
	(void)SEE_WORD("second", load(&w, at, PAGES), word_of(18));
	(void)SEE("onto-itself", copy(&w, S_TO, second, at, RANGE), OK);
	(void)SEE_WORD("same", load(&g, other, PAGES), word_of(18));
	store(&w, at, PAGES, 20);
	(void)SEE_WORD("end", load(&g, other, PAGES), word_of(20));
}

int
main(int argc, char **argv)
{
	int gid;

	agents_open(argc, argv, "safemap-cow");
	CHECK(agent_start(&w, 'w') == OK);
	gid = grant(&g, ANY, RWM);
	u.op.from = w.op.from = g.ep;
	shared_with_child(gid);
	copied_before(gid);
	partner(gid);
	copy_out(gid);
	with_child(gid);
	bytes(gid);
	copy_in(gid);
	both(gid);
	return agents_close();
}
