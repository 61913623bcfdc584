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
	CHECK(map_part(&w, part, RANGE + PAGE, w.mem, 2 * PAGE, 1) == OK);
	(void)SEE("cascade", revoke_addr(&g, g.mem), OK);
	store(&g, g.mem, PAGES, 14);
	(void)SEE_WORD("piece-too", load(&w, w.mem, 2), word_of(10) + PAGE / 4);
	(void)SEE_WORD("window-cut", load(&u, window + RANGE, PAGES),
	    word_of(10));
}

/* Part of a window is fine, more than one is not. u's memory is of three times
 * as many pages as g's, which is in the middle of it. */
static void
ranges(void)
{
	vir_bytes at = room(&u, 3 * PAGES);
	int part = grant_part(&u, w.ep, at, 3 * RANGE, RWM);
	unsigned int over = pick("over", 0, 2) + 1;
	struct traces was;

	first = grant(&g, u.ep, RWM);
	store(&g, g.mem, PAGES, 9);
	CHECK(map_part(&u, first, 0, at + RANGE, RANGE, 1) == OK);
	w.op.from = u.ep;
	was = traces();
	(void)SEE("partly",
	    map_part(&w, part, RANGE - over * PAGE, w.mem, 3 * PAGE, 1),
	    -EINVAL);
	(void)SEE("partly-behind",
	    map_part(&w, part, 2 * RANGE - over * PAGE, w.mem, 3 * PAGE, 1),
	    -EINVAL);
	(void)SEE("around", map_part(&w, part, RANGE - PAGE, w.mem, RANGE, 1),
	    -EINVAL);
	untraced(&was);
	(void)SEE("in-front",
	    map_part(&w, part, RANGE - 2 * PAGE, w.mem + 2 * PAGE, 2 * PAGE, 1),
	    OK);
	(void)SEE("inside",
	    map_part(&w, part, RANGE + PAGE, w.mem, 2 * PAGE, 1), OK);
	(void)SEE_WORD("piece", load(&w, w.mem, 2), word_of(9) + PAGE / 4);
	CHECK(unmap(&w, w.mem + 2 * PAGE) == OK);
	CHECK(map_part(&u, first, 0, at, RANGE, 1) == OK);
	(void)SEE("two-windows",
	    map_part(&w, part, RANGE - PAGE, w.mem + 2 * PAGE, 2 * PAGE, 1),
	    -EINVAL);
	pieces(at, part);
	CHECK(on_grant(&u, S_REVOKE, part) == OK);
	CHECK(on_grant(&g, S_REVOKE, first) == OK);
}

static struct agent x; /* the last of three windows on windows */
static int third;

/* g's memory in u's window, that in w's, and that in x's. */
static void
three_map(int access, int writable)
{
	both_map(access, writable);
	CHECK_STATUS(map(&w, u.ep, second, writable), OK);
	third = grant(&w, x.ep, RWM);
}

static void
three_drop(void)
{
	CHECK_STATUS(on_grant(&w, S_REVOKE, third), OK);
	both_drop();
}

/* What is seen of words that g has stored: bits of u, w and x. */
static int
seeing(unsigned int i)
{
	return (load(&u, u.mem, PAGES) == word_of(i) ? 1 : 0) |
	    (load(&w, w.mem, PAGES) == word_of(i) ? 2 : 0) |
	    (load(&x, x.mem, PAGES) == word_of(i) ? 4 : 0);
}

/* Each of the three granters ends all that is behind it, and nothing before:
 * by the grant, and by the memory. */
static void
three_levels(void)
{
	static const char *const name[] = { "level0", "level1", "level2" };
	struct agent *const granter[] = { &g, &u, &w };
	int *const gid[] = { &first, &second, &third };
	int level, by_gid, r;

	for (level = 0; level < 3; level++)
		for (by_gid = 0; by_gid < 2; by_gid++) {
			three_map(RWM, 1);
			CHECK_STATUS(map(&x, w.ep, third, 1), OK);
			store(&x, x.mem, PAGES, 20);
			CHECK_ADDR(load(&g, g.mem, PAGES), word_of(20));
			CHECK_EQ(record_of(&g, x.ep, x.mem)->owner, g.ep);
			r = by_gid != 0
			    ? on_grant(granter[level], S_REV_GID, *gid[level])
			    : revoke_addr(granter[level], granter[level]->mem);
			CHECK_STATUS(r, OK);
			store(&g, g.mem, PAGES, 21);
			(void)see(name[level], seeing(21), (1 << level) - 1,
			    __FILE__, __LINE__);
			CHECK_EQ(seeing(20), 7 & ~((1 << level) - 1));
			three_drop();
		}
}

/* Who may only look gives nobody more, however far away. */
static void
three_rights(void)
{
	three_map(RM, 0);
	(void)SEE("grow-far", map(&x, w.ep, third, 1), -EPERM);
	(void)SEE("read-far", map(&x, w.ep, third, 0), OK);
	store(&g, g.mem, PAGES, 22);
	(void)SEE("seen-far", seeing(22), 7);
	show("farthest", x.ep, x.mem);
	(void)report_checkpoint("readers-far");
	CHECK_STATUS(on_grant(&g, S_REV_GID, first), OK);
	CHECK_STATUS(unmap(&x, x.mem), OK);
	/* The one in the middle looks, though it might do more. */
	both_map(RWM, 1);
	CHECK_STATUS(map(&w, u.ep, second, 0), OK);
	third = grant(&w, x.ep, RWM);
	(void)SEE("grow-middle", map(&x, w.ep, third, 1), -EPERM);
	three_drop();
}

/* A window that its user has unmapped, or that has no owner any more. */
static void
without_middle(void)
{
	three_map(RWM, 1);
	CHECK_STATUS(map(&x, w.ep, third, 1), OK);
	CHECK_STATUS(unmap(&w, w.mem), OK);
	store(&g, g.mem, PAGES, 23);
	(void)SEE("unmapped-middle", seeing(23), 1 | 4);
	CHECK_STATUS(on_grant(&u, S_REV_GID, second), OK);
	store(&g, g.mem, PAGES, 24);
	(void)SEE("cut-behind", seeing(24), 1);
	three_drop();
	/* Also when the one in the middle has gone. */
	three_map(RWM, 1);
	CHECK_STATUS(map(&x, w.ep, third, 1), OK);
	CHECK_STATUS(agent_end(&w), OK);
	store(&g, g.mem, PAGES, 25);
	(void)SEE_WORD("no-middle", load(&x, x.mem, PAGES), word_of(25));
	CHECK_STATUS(on_grant(&g, S_REV_GID, first), OK);
	store(&g, g.mem, PAGES, 26);
	(void)SEE_WORD("no-middle-cut", load(&x, x.mem, PAGES), word_of(25));
	CHECK_STATUS(agent_start(&w, 'w'), OK);
	both_drop();
}

/* The owner has gone; u grants what it has kept. */
static void
without_owner(void)
{
	first = grant(&g, u.ep, RWM);
	store(&g, g.mem, PAGES, 27);
	CHECK_STATUS(map(&u, g.ep, first, 1), OK);
	CHECK_STATUS(agent_end(&g), OK);
	second = grant(&u, w.ep, RWM);
	(void)SEE("orphan", map(&w, u.ep, second, 1), OK);
	store(&u, u.mem, PAGES, 28);
	(void)SEE_WORD("orphan-seen", load(&w, w.mem, PAGES), word_of(28));
	(void)SEE("orphan-revoke", on_grant(&u, S_REVOKE, second), OK);
	store(&u, u.mem, PAGES, 29);
	(void)SEE_WORD("orphan-cut", load(&w, w.mem, PAGES), word_of(28));
	CHECK_STATUS(unmap(&u, u.mem), OK);
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
	CHECK_STATUS(agent_start(&x, 'x'), OK);
	three_levels();
	three_rights();
	without_middle();
	without_owner();
	return agents_close();
}
