/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. Children of those who share memory: a child has what was there
 * when it was made, as its own, whatever either side has stored since, and its
 * stores are nobody else's business. Its parent goes on sharing. The owner of
 * memory that was shared copy-on-write with a child, and is not any more,
 * stores to it as ever.
 */
#include "test/safemap/client.h"

#define SEEN(i) ((int)(word_of(i) % CHILD_WORD)) /* as let_go() says it */

/* The user's child, held until the owner has stored. */
static void
user_forks(int gid)
{
	int child;

	CHECK(map(&u, g.ep, gid, 1) == OK);
	store(&u, u.mem, PAGES, 0);
	child = split(&u, S_LOAD, u.mem, 0);
	CHECK(child > 0);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	show("child", u.op.who, u.mem);
	(void)report_checkpoint("forked");
	store(&g, g.mem, PAGES, 1);
	(void)SEE("child", let_go(&u, child), SEEN(0));
	(void)SEE_WORD("user", load(&u, u.mem, PAGES), word_of(1));
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(1));
	child = split(&u, S_STORE, u.mem, 2);
	(void)SEE("child-stores", let_go(&u, child), 0);
	(void)SEE_WORD("user-keeps", load(&u, u.mem, PAGES), word_of(1));
	(void)SEE_WORD("owner-keeps", load(&g, g.mem, PAGES), word_of(1));
	store(&u, u.mem, PAGES, 3);
	(void)SEE_WORD("shared-on", load(&g, g.mem, PAGES), word_of(3));
}

static void
owner_forks(void)
{
	int child = split(&g, S_LOAD, g.mem, 0);

	show("owner-child", g.op.who, g.mem);
	(void)report_checkpoint("owner-forked");
	store(&u, u.mem, PAGES, 4);
	(void)SEE("owner-child", let_go(&g, child), SEEN(3));
	(void)SEE_WORD("owner-shares", load(&g, g.mem, PAGES), word_of(4));
	child = split(&g, S_STORE, g.mem, 5);
	store(&g, g.mem, PAGES, 6);
	(void)SEE_WORD("owner-stores", load(&u, u.mem, PAGES), word_of(6));
	(void)SEE("owner-child-stores", let_go(&g, child), 0);
	(void)SEE_WORD("owner-unhurt", load(&g, g.mem, PAGES), word_of(6));
	(void)SEE_WORD("user-unhurt", load(&u, u.mem, PAGES), word_of(6));
}

/* Children that were there before, during and after. */
static void
outlived(int gid)
{
	int during = split(&u, S_LOAD, u.mem, 0), after;

	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
	store(&g, g.mem, PAGES, 7);
	after = split(&u, S_LOAD, u.mem, 0);
	show("late-child", u.op.who, u.mem);
	show("late-user", u.ep, u.mem);
	(void)report_checkpoint("made-late");
	store(&u, u.mem, PAGES, 8);
	(void)SEE("made-during", let_go(&u, during), SEEN(6));
	(void)SEE("made-after", let_go(&u, after), SEEN(6));
	(void)SEE_WORD("apart", load(&g, g.mem, PAGES), word_of(7));
	(void)SEE_WORD("apart-user", load(&u, u.mem, PAGES), word_of(8));
}

/* Nobody else shares any more, only the mark is left: such a page is like any
 * other, of the owner and of the user. */
static void
marks_left(int gid)
{
	int child;

	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	CHECK_STATUS(unmap(&u, u.mem), OK);
	store(&g, g.mem, PAGES, 14);
	child = split(&g, S_LOAD, g.mem, 0);
	show("marked", g.ep, g.mem);
	show("marked-child", g.op.who, g.mem);
	(void)report_checkpoint("marks");
	store(&g, g.mem, PAGES, 15);
	(void)SEE("marked-child", let_go(&g, child), SEEN(14));
	(void)SEE_WORD("marked", load(&g, g.mem, PAGES), word_of(15));
	store(&g, g.mem, PAGES, 7);
}

/* A child of who may only read has memory like any other. */
static void
reader_forks(int gid)
{
	int child;

	CHECK(map(&u, g.ep, gid, 0) == OK);
	child = split(&u, S_STORE, u.mem, 9);
	(void)SEE("reader-child", let_go(&u, child), 0);
	(void)SEE_WORD("reader", load(&u, u.mem, PAGES), word_of(7));
	(void)SEE_WORD("read-owner", load(&g, g.mem, PAGES), word_of(7));
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
}

/* Copy-on-write has left the owner's pages write-protected. */
static void
owner_alone(int gid)
{
	int child = split(&g, 0, 0, 0), writable;

	for (writable = 0; writable < 2; writable++) {
		CHECK(let_go(&g, child) == 0);
		CHECK(map(&u, g.ep, gid, writable) == OK);
		store(&g, g.mem, PAGES, 10);
		(void)SEE_WORD(writable ? "owner-alone" : "owner-read-alone",
		    load(&u, u.mem, PAGES), word_of(10));
		CHECK(on_grant(&g, S_REV_GID, gid) == OK);
		store(&g, g.mem, PAGES, 11);
		child = split(&g, 0, 0, 0);
	}
	(void)SEE("last-child", let_go(&g, child), 0);
}

/* The user's own memory, shared with its child, becomes a window: the child
 * keeps what was there. */
static void
window_of_parent(int gid)
{
	int child;

	store(&u, u.mem, PAGES, 12);
	child = split(&u, S_LOAD, u.mem, 0);
	show("child", u.op.who, u.mem);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	(void)report_checkpoint("mapped-after");
	store(&u, u.mem, PAGES, 13);
	(void)SEE("before-map", let_go(&u, child), SEEN(12));
	(void)SEE_WORD("mapped-after", load(&g, g.mem, PAGES), word_of(13));
}

int
main(int argc, char **argv)
{
	int gid;

	agents_open(argc, argv, "safemap-fork");
	gid = grant(&g, u.ep, RWM);
	user_forks(gid);
	owner_forks();
	outlived(gid);
	marks_left(gid);
	reader_forks(gid);
	owner_alone(gid);
	window_of_parent(gid);
	return agents_close();
}
