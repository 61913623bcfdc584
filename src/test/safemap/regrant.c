/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2, A8. A window can be granted and mapped like other memory, but
 * rights do not grow on the way: who may only read gives nobody more. What
 * hangs on a window hangs on all that the window hangs on: its granter, and
 * theirs, can each end it, and they end all that is behind. A range that is
 * partly a window is no range to map.
 */
#include "test/safemap/client.h"

static int first, second; /* g to u; u to w */

/* g's memory mapped by u, and by w through u's window. */
static void
both_map(int access, int writable)
{
	first = grant(&g, u.ep, access);
	CHECK(map(&u, g.ep, first, writable) == OK);
	second = grant(&u, w.ep, RWM);
}

static void
both_drop(void)
{
	CHECK(on_grant(&u, S_REVOKE, second) == OK);
	CHECK(on_grant(&g, S_REVOKE, first) == OK);
}

static void
shared(void)
{
	both_map(RWM, 1);
	store(&g, g.mem, PAGES, 0);
	(void)SEE("map-window", map(&w, u.ep, second, 1), OK);
	(void)SEE_WORD("seen", load(&w, w.mem, PAGES), word_of(0));
	store(&w, w.mem, PAGES, 1);
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(1));
	(void)SEE_WORD("between", load(&u, u.mem, PAGES), word_of(1));
	show("owner", g.ep, g.mem);
	show("near", u.ep, u.mem);
	show("far", w.ep, w.mem);
	(void)report_checkpoint("three");
}

/* As shared() leaves it: the one in the middle ends what it has given. */
static void
middle_revokes(void)
{
	(void)SEE("middle", on_grant(&u, S_REV_GID, second), OK);
	store(&g, g.mem, PAGES, 2);
	(void)report_checkpoint("middle-cut");
	(void)SEE_WORD("cut", load(&w, w.mem, PAGES), word_of(1));
	(void)SEE_WORD("uncut", load(&u, u.mem, PAGES), word_of(2));
	CHECK(map(&w, u.ep, second, 1) == OK);
	(void)SEE("middle-address", revoke_addr(&u, u.mem), OK);
	store(&g, g.mem, PAGES, 3);
	(void)SEE_WORD("cut-address", load(&w, w.mem, PAGES), word_of(2));
	(void)SEE_WORD("uncut-address", load(&u, u.mem, PAGES), word_of(3));
}

/* The owner ends all. */
static void
owner_revokes(void)
{
	CHECK(map(&w, u.ep, second, 1) == OK);
	(void)SEE("owner-revokes", on_grant(&g, S_REV_GID, first), OK);
	store(&g, g.mem, PAGES, 4);
	(void)report_checkpoint("all-cut");
	(void)SEE_WORD("cascade-near", load(&u, u.mem, PAGES), word_of(3));
	(void)SEE_WORD("cascade-far", load(&w, w.mem, PAGES), word_of(3));
	store(&u, u.mem, PAGES, 5);
	(void)SEE_WORD("apart", load(&w, w.mem, PAGES), word_of(3));

	CHECK(map(&u, g.ep, first, 1) == OK);
	CHECK(map(&w, u.ep, second, 1) == OK);
	(void)SEE("owner-address", revoke_addr(&g, g.mem), OK);
	store(&g, g.mem, PAGES, 6);
	(void)SEE_WORD("address-near", load(&u, u.mem, PAGES), word_of(4));
	(void)SEE_WORD("address-far", load(&w, w.mem, PAGES), word_of(4));
	both_drop();
}

static void
rights(void)
{
	int back, flat;

	both_map(RM, 0);
	store(&g, g.mem, PAGES, 7);
	store(&w, w.mem, PAGES, 8);
	(void)SEE("grow", map(&w, u.ep, second, 1), -EPERM);
	(void)SEE_WORD("not-mapped", load(&w, w.mem, PAGES), word_of(8));
	(void)SEE("read", map(&w, u.ep, second, 0), OK);
	(void)report_checkpoint("readers");
	(void)SEE_WORD("readable", load(&w, w.mem, PAGES), word_of(7));
	flat = grant(&u, g.ep, CPF_READ | CPF_WRITE);
	g.op.from = u.ep;
	back = (int)room(&g, PAGES);
	(void)SEE("copy-in", copy(&g, S_TO, flat, (vir_bytes)back, RANGE),
	    -EFAULT);
	(void)SEE_WORD("kept", load(&g, g.mem, PAGES), word_of(7));
	CHECK(on_grant(&u, S_REVOKE, flat) == OK);
	both_drop();
}

/* w has mapped a piece of u's window: by address it ends alone, or with the
 * window that it hangs on. */
static void
pieces(vir_bytes window, int part)
{
	(void)SEE("piece-revoked", revoke_addr(&g, g.mem + PAGE), OK);
	store(&g, g.mem, PAGES, 10);
	(void)SEE_WORD("piece-cut", load(&w, w.mem, 2), word_of(9) + PAGE / 4);
	(void)SEE_WORD("window-uncut", load(&u, window + RANGE, PAGES),
	    word_of(10));
	CHECK(map_part(&w, part, 5 * PAGE, w.mem, 2 * PAGE, 1) == OK);
	(void)SEE("cascade", revoke_addr(&g, g.mem), OK);
	store(&g, g.mem, PAGES, 14);
	(void)SEE_WORD("piece-too", load(&w, w.mem, 2), word_of(10) + PAGE / 4);
	(void)SEE_WORD("window-cut", load(&u, window + RANGE, PAGES),
	    word_of(10));
}

/* Part of a window is fine, more than one is not. */
static void
ranges(void)
{
	vir_bytes at = room(&u, 3 * PAGES);
	int part = grant_part(&u, w.ep, at, 3 * RANGE, RWM);

	first = grant(&g, u.ep, RWM);
	store(&g, g.mem, PAGES, 9);
	CHECK(map_part(&u, first, 0, at + RANGE, RANGE, 1) == OK);
	w.op.from = u.ep;
	(void)SEE("partly", map_part(&w, part, 3 * PAGE, w.mem, 2 * PAGE, 1),
	    -EINVAL);
	(void)SEE("partly-behind",
	    map_part(&w, part, 7 * PAGE, w.mem, 2 * PAGE, 1), -EINVAL);
	(void)SEE("inside", map_part(&w, part, 5 * PAGE, w.mem, 2 * PAGE, 1),
	    OK);
	(void)SEE_WORD("piece", load(&w, w.mem, 2), word_of(9) + PAGE / 4);
	CHECK(map_part(&u, first, 0, at, RANGE, 1) == OK);
	(void)SEE("two-windows",
	    map_part(&w, part, 3 * PAGE, w.mem + 2 * PAGE, 2 * PAGE, 1),
	    -EINVAL);
	pieces(at, part);
	CHECK(on_grant(&u, S_REVOKE, part) == OK);
	CHECK(on_grant(&g, S_REVOKE, first) == OK);
}

/* What somebody has mapped cannot become a window itself. */
static void
upside_down(void)
{
	int other = grant(&w, g.ep, RWM);

	first = grant(&g, u.ep, RWM);
	CHECK(map(&u, g.ep, first, 1) == OK);
	(void)SEE("upside-down", map(&g, w.ep, other, 1), -EBUSY);
	store(&g, g.mem, PAGES, 13);
	(void)SEE_WORD("as-before", load(&u, u.mem, PAGES), word_of(13));
	CHECK(on_grant(&g, S_REV_GID, first) == OK);
	(void)SEE("then", map(&g, w.ep, other, 1), OK);
	CHECK(unmap(&g, g.mem) == OK);
}

/* Back to where it came from: the owner maps its own memory. */
static void
circle(void)
{
	vir_bytes at = room(&g, PAGES);
	int back, r;

	first = grant(&g, u.ep, RWM);
	CHECK(map(&u, g.ep, first, 1) == OK);
	back = grant(&u, g.ep, RWM);
	g.op.from = u.ep;
	r = map_part(&g, back, 0, at, RANGE, 1);
	store(&g, g.mem, PAGES, 11);
	if (r == OK) /* or it is refused: both are sound */
		CHECK(load(&g, at, PAGES) == word_of(11));
	(void)SEE_WORD("circle", load(&u, u.mem, PAGES), word_of(11));
	(void)SEE("circle-cut", on_grant(&g, S_REV_GID, first), OK);
	store(&g, g.mem, PAGES, 12);
	(void)SEE_WORD("circle-kept", load(&u, u.mem, PAGES), word_of(11));
	CHECK(load(&g, g.mem, PAGES) == word_of(12));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-regrant");
	CHECK(agent_start(&w, 'w') == OK);
	shared();
	middle_revokes();
	owner_revokes();
	rights();
	ranges();
	upside_down();
	circle();
	return agents_close();
}
