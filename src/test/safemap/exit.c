/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. A process that ends, or becomes another by exec, has no windows
 * any more, and the granter need not know; if the granter ends, the window
 * stays, with its contents, and can be unmapped. Who takes the place of either
 * has nothing to do with it. In the end every frame is free again.
 */
#include "test/safemap/client.h"

#define ROUNDS 16

static int gid; /* g's, for everybody */

/* The kernel has no record of windows of a process. */
static void
nothing_of(const char *name, endpoint_t ep)
{
	(void)see(name, records_of(&w, ep), 0, __FILE__, __LINE__);
}

static void
user_exits(void)
{
	endpoint_t gone = u.ep;

	store(&g, g.mem, PAGES, 0);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	CHECK(map(&w, g.ep, gid, 1) == OK);
	store(&u, u.mem, PAGES, 1);
	show("owner", g.ep, g.mem);
	show("other", w.ep, w.mem);
	(void)report_checkpoint("two-users");
	CHECK(agent_stop(&u) == OK);
	(void)frames_free(); /* which waits until it has gone */
	(void)report_checkpoint("user-gone");
	nothing_of("user-record", gone);
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(1));
	store(&g, g.mem, PAGES, 2);
	(void)SEE_WORD("other-user", load(&w, w.mem, PAGES), word_of(2));
	(void)SEE("revoke", on_grant(&g, S_REV_GID, gid), OK);
	CHECK(agent_start(&u, 'u') == OK);
	store(&u, u.mem, PAGES, 3);
	(void)SEE("revoke-again", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE_WORD("successor", load(&u, u.mem, PAGES), word_of(3));
	(void)SEE("unmap-nothing", unmap(&u, u.mem), OK);
}

static void
owner_exits(void)
{
	store(&g, g.mem, PAGES, 4);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	CHECK(map(&w, g.ep, gid, 0) == OK);
	CHECK(agent_stop(&g) == OK);
	(void)frames_free();
	(void)SEE("owner-record", record_of(&w, u.ep, u.mem)->owner == NONE, 1);
	show("user", u.ep, u.mem);
	(void)report_checkpoint("owner-gone");
	(void)SEE_WORD("kept", load(&u, u.mem, PAGES), word_of(4));
	store(&u, u.mem, PAGES, 5);
	(void)SEE_WORD("still-shared", load(&w, w.mem, PAGES), word_of(5));
	CHECK(agent_start(&g, 'g') == OK);
	gid = grant(&g, ANY, RWM);
	store(&g, g.mem, PAGES, 6);
	(void)SEE("foreign-revoke", on_grant(&g, S_REV_GID, gid), OK);
	store(&u, u.mem, PAGES, 7);
	(void)SEE_WORD("not-revoked", load(&w, w.mem, PAGES), word_of(7));
	(void)SEE("unmap", unmap(&u, u.mem), OK);
	store(&u, u.mem, PAGES, 8);
	(void)SEE_WORD("private", load(&w, w.mem, PAGES), word_of(7));
	(void)SEE_WORD("own", load(&u, u.mem, PAGES), word_of(8));
	(void)SEE("unmap-last", unmap(&w, w.mem), OK);
	store(&w, w.mem, PAGES, 9);
	(void)SEE_WORD("own-last", load(&w, w.mem, PAGES), word_of(9));
}

/* The window of a process that has become another program. */
static void
user_execs(void)
{
	vir_bytes old = u.mem;

	store(&g, g.mem, PAGES, 10);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	u.op.call = S_AGAIN;
	(void)SEE("exec", agent_do(&u), OK);
	nothing_of("exec-record", u.ep);
	u.mem = room(&u, PAGES);
	(void)SEE("same-place", u.mem == old, 1);
	store(&u, u.mem, PAGES, 11);
	(void)SEE_WORD("owner-after", load(&g, g.mem, PAGES), word_of(10));
	(void)SEE("revoke-after", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE_WORD("user-after", load(&u, u.mem, PAGES), word_of(11));
	(void)SEE("map-after", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-after", load(&u, u.mem, PAGES), word_of(10));
	/* Once more: the place can be a window at once. */
	u.op.call = S_AGAIN;
	CHECK_STATUS(agent_do(&u), OK);
	u.mem = room(&u, PAGES);
	CHECK_ADDR(u.mem, old);
	(void)SEE("map-at-once", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-at-once", load(&u, u.mem, PAGES), word_of(10));
	(void)SEE("unmap-end", unmap(&u, u.mem), OK);
}

/* g maps memory of w's where others have mapped its own before. */
static int
own_window(void)
{
	vir_bytes other = room(&w, PAGES);
	int back = grant_part(&w, g.ep, other, RANGE, RWM);

	return map(&g, w.ep, back, 1);
}

/* The owner becomes another program: the users keep its pages, it cannot end
 * that any more, and its new memory at that place is nobody else's. */
static void
owner_execs(void)
{
	vir_bytes old = g.mem;

	store(&g, g.mem, PAGES, 13);
	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	CHECK_STATUS(map(&w, g.ep, gid, 1), OK);
	g.op.call = S_AGAIN;
	(void)SEE("owner-exec", agent_do(&g), OK);
	(void)SEE("exec-owner", record_of(&w, u.ep, u.mem)->owner == NONE, 1);
	g.mem = room(&g, PAGES);
	CHECK_ADDR(g.mem, old);
	store(&g, g.mem, PAGES, 14);
	(void)SEE("exec-revoke", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE("exec-revoke-address", revoke_addr(&g, g.mem), OK);
	store(&u, u.mem, PAGES, 15);
	(void)SEE_WORD("exec-shared", load(&w, w.mem, PAGES), word_of(15));
	(void)SEE_WORD("exec-owner-has", load(&g, g.mem, PAGES), word_of(14));
	/* And it can be a window itself. */
	(void)SEE("exec-window", own_window(), OK);
	(void)SEE("exec-unmap", unmap(&u, u.mem), OK);
	CHECK_STATUS(unmap(&w, w.mem), OK);
	CHECK_STATUS(unmap(&g, g.mem), OK);
	(void)SEE_WORD("exec-kept", load(&u, u.mem, PAGES), word_of(15));
	gid = grant(&g, ANY, RWM);
}

/* A user that is ended by a signal, as by exit(): it has no windows then. */
static void
user_killed(void)
{
	struct agent x;
	endpoint_t gone;

	CHECK_STATUS(agent_start_once(&x, 'x'), OK);
	gone = x.ep;
	CHECK_STATUS(map(&x, g.ep, gid, 1), OK);
	x.op.call = S_STORE;
	x.op.addr = 0; /* which is nobody's memory */
	x.op.len = PAGE;
	(void)SEE("killed", agent_dies(&x), 1);
	(void)frames_free();
	nothing_of("killed-record", gone);
	store(&g, g.mem, PAGES, 16);
	(void)SEE("killed-revoke", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE_WORD("killed-owner", load(&g, g.mem, PAGES), word_of(16));
}

/* Users come and go with their windows; the granter revokes now and then. */
static void
rounds(void)
{
	uint32_t before, after;
	int i, bad = 0, known;

	CHECK(agent_stop(&u) == OK);
	before = frames_free();
	known = records(&w);
	for (i = 0; i < ROUNDS; i++) {
		bad += agent_start(&u, 'u') != OK;
		bad += map(&u, g.ep, gid, i % 2) != OK;
		bad += map_part(&u, gid, 0, room(&u, PAGES), RANGE, 1) != OK;
		if (i % 8 == 0)
			bad += on_grant(&g, S_REV_GID, gid) != OK;
		bad += agent_stop(&u) != OK;
	}
	after = frames_free();
	(void)SEE("rounds-records", records(&w) - known, 0);
	show("owner", g.ep, g.mem);
	(void)report_checkpoint("end");
	(void)report_note("frames free: %u, later %u", before, after);
	(void)SEE("rounds", bad, 0);
	CHECK(after + PAGES >= before);
	store(&g, g.mem, PAGES, 12);
	(void)SEE_WORD("owner-well", load(&g, g.mem, PAGES), word_of(12));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-exit");
	CHECK(agent_start(&w, 'w') == OK);
	gid = grant(&g, ANY, RWM);
	user_exits();
	owner_exits();
	user_execs();
	owner_execs();
	user_killed();
	rounds();
	return agents_close();
}
