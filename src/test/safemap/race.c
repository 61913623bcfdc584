/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. Everybody at once: processes end while they map, owners end while
 * they are mapped, and grants are revoked while they are used, at moments that
 * differ from round to round. When it is over, what was revoked is not shared,
 * and the system and its memory are as before.
 */
#include <time.h>

#include "test/safemap/client.h"

#define ROUNDS  16
#define WINDOWS 16

static vir_bytes windows; /* of u, a page each */

static void
pause_us(long us)
{
	const struct timespec t = { 0, us * 1000 };

	(void)nanosleep(&t, NULL); /* a signal only shortens it */
}

/* Let u map many windows, and do not wait for it. */
static void
start_mapping(int gid)
{
	u.op.call = S_MANY;
	u.op.from = g.ep;
	u.op.gid = gid;
	u.op.offset = 0;
	u.op.addr = windows;
	u.op.len = WINDOWS;
	u.op.access = 1;
	u.op.box.asked++;
}

static void
wait_for(const struct agent *a)
{
	while (a->op.box.done != a->op.box.asked)
		pause_us(10000);
}

/* How many of the windows show what the owner has stored last? */
static int
showing(uint32_t word)
{
	int i, n = 0;

	for (i = 0; i < WINDOWS; i++)
		n += load(&u, windows + (vir_bytes)i * PAGE, 1) == word;
	return n;
}

static void
revoked_while_mapping(void)
{
	int i, k, gid, bad = 0;

	for (i = 0; i < ROUNDS / 4; i++) {
		gid = grant(&g, u.ep, RWM);
		start_mapping(gid);
		pause_us(10000 + i * 1000L);
		for (k = 0; k < 2; k++)
			bad += on_grant(&g, S_REV_GID, gid) != OK;
		wait_for(&u);
		bad += on_grant(&g, S_REVOKE, gid) != OK;
		store(&g, g.mem, 1, 100 + (unsigned int)i);
		bad += showing(word_of(100 + (unsigned int)i)) != 0;
	}
	(void)SEE("revoked", bad, 0);
}

/* For a while w keeps VM from working. Meanwhile an agent asks for something,
 * which is left in its op, and others do more. */
static void
ask_in_pause(struct agent *a)
{
	w.op.call = S_PAUSE;
	w.op.len = 20;
	w.op.box.asked++;
	pause_us(50000);
	a->op.box.asked++;
	pause_us(50000);
	CHECK(a->op.box.done != a->op.box.asked);
}

static void
ask_map(int gid)
{
	u.op.call = S_MAP;
	u.op.from = g.ep;
	u.op.gid = gid;
	u.op.offset = 0;
	u.op.addr = u.mem;
	u.op.len = RANGE;
	u.op.access = 1;
	ask_in_pause(&u);
}

/* The grant is revoked when the user has asked, and VM has not answered. */
static void
revoked_before_mapped(void)
{
	int gid = grant(&g, u.ep, RWM), by_gid;

	for (by_gid = 0; by_gid < 2; by_gid++) {
		store(&g, g.mem, PAGES, 5);
		ask_map(gid);
		(void)SEE("revoke",
		    by_gid != 0 ? on_grant(&g, S_REV_GID, gid)
				: revoke_addr(&g, g.mem),
		    OK);
		wait_for(&u);
		wait_for(&w);
		/* Who hears of it first, user or granter, is open. */
		(void)SEE("cut-short",
		    u.op.result == OK || u.op.result == -EPERM, 1);
		CHECK_EQ(records_of(&w, u.ep), 0);
		store(&g, g.mem, PAGES, 6);
		(void)SEE_WORD("unshared", load(&u, u.mem, PAGES), word_of(5));
	}
	(void)SEE("map-anew", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-anew", load(&u, u.mem, PAGES), word_of(6));
	CHECK_STATUS(on_grant(&g, S_REVOKE, gid), OK);
}

/* It is unmapped and revoked at once. */
static void
ended_twice(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 8);
	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	u.op.call = S_UNMAP;
	u.op.addr = u.mem;
	ask_in_pause(&u);
	(void)SEE("both", on_grant(&g, S_REV_GID, gid), OK);
	wait_for(&u);
	wait_for(&w);
	(void)SEE("both-user", u.op.result, OK);
	CHECK_EQ(records_of(&w, u.ep), 0);
	store(&g, g.mem, PAGES, 9);
	(void)SEE_WORD("both-kept", load(&u, u.mem, PAGES), word_of(8));
	CHECK_STATUS(on_grant(&g, S_REVOKE, gid), OK);
}

/* The user is gone before VM has mapped for it, or unmapped. */
static void
user_gone(void)
{
	int gid = grant(&g, ANY, RWM), k;
	endpoint_t gone;

	for (k = 0; k < 2; k++) {
		store(&g, g.mem, PAGES, 10);
		if (k == 0) {
			ask_map(gid);
		} else {
			CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
			g.op.call = S_REV_GID;
			g.op.gid = gid;
			ask_in_pause(&g);
		}
		gone = u.ep;
		CHECK_STATUS(agent_stop(&u), OK);
		wait_for(&w);
		if (k != 0)
			wait_for(&g);
		(void)SEE("gone", k == 0 ? OK : g.op.result, OK);
		CHECK_STATUS(agent_start(&u, 'u'), OK);
		CHECK_EQ(records_of(&w, gone) + records_of(&w, u.ep), 0);
		store(&u, u.mem, PAGES, 11);
		(void)SEE_WORD("gone-owner", load(&g, g.mem, PAGES),
		    word_of(10));
		(void)SEE("gone-next", map(&u, g.ep, gid, 1), OK);
		(void)SEE_WORD("gone-mapped", load(&u, u.mem, PAGES),
		    word_of(10));
		CHECK_STATUS(on_grant(&g, S_REV_GID, gid), OK);
	}
}

/* The owner is gone before VM has mapped its memory: it has, or it has not. */
static void
owner_gone(void)
{
	int gid = grant(&g, ANY, RWM);

	store(&u, u.mem, PAGES, 12);
	store(&g, g.mem, PAGES, 13);
	ask_map(gid);
	CHECK_STATUS(agent_stop(&g), OK);
	wait_for(&u);
	wait_for(&w);
	(void)SEE("orphan", u.op.result == OK || u.op.result < 0, 1);
	CHECK_EQ(records_of(&w, u.ep), u.op.result == OK ? 1 : 0);
	(void)SEE("orphan-has",
	    load(&u, u.mem, PAGES) == word_of(u.op.result == OK ? 13 : 12), 1);
	CHECK_STATUS(agent_start(&g, 'g'), OK);
	(void)SEE("orphan-unmap", unmap(&u, u.mem), OK);
	CHECK_EQ(records_of(&w, u.ep), 0);
	gid = grant(&g, ANY, RWM);
	store(&g, g.mem, PAGES, 14);
	(void)SEE("orphan-map", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("orphan-mapped", load(&u, u.mem, PAGES), word_of(14));
	CHECK_STATUS(on_grant(&g, S_REVOKE, gid), OK);
}

static void
user_dies(void)
{
	int i, gid = grant(&g, ANY, RWM), bad = 0;
	endpoint_t gone;

	for (i = 0; i < ROUNDS; i++) {
		start_mapping(gid);
		pause_us(8000 + i * 400L);
		gone = u.ep;
		bad += agent_stop(&u) != OK;
		bad += agent_start(&u, 'u') != OK;
		bad += records_of(&w, gone) != 0;
		windows = room(&u, WINDOWS);
	}
	(void)SEE("users", bad, 0);
	store(&g, g.mem, PAGES, 0);
	(void)SEE("map", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped", load(&u, u.mem, PAGES), word_of(0));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

static void
owner_dies(void)
{
	int i, gid, bad = 0;

	for (i = 0; i < ROUNDS / 2; i++) {
		gid = grant(&g, u.ep, RWM);
		store(&g, g.mem, PAGES, 1);
		start_mapping(gid);
		pause_us(8000 + i * 800L);
		bad += agent_stop(&g) != OK;
		wait_for(&u);
		bad += agent_start(&g, 'g') != OK;
		u.op.call = S_NONE;
		u.op.addr = windows;
		u.op.len = WINDOWS;
		bad += agent_do(&u) != OK;
		bad += records_of(&w, u.ep) != 0;
		store(&u, windows, WINDOWS, 2);
	}
	(void)SEE("owners", bad, 0);
	(void)SEE_WORD("user", load(&u, windows, WINDOWS), word_of(2));
}

/* Stop an agent which dies by itself: RS may be about to start it again. */
static int
stop_dying(struct agent *a)
{
	int r = agent_stop(a), tries;

	for (tries = 0; r == -EBUSY && tries < 100; tries++) {
		pause_us(10000);
		r = agent_stop(a);
	}
	return r;
}

/* The kernel asks VM about a process that VM does not know any more. It falls
 * as soon as it runs. */
static void
forgotten(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 7);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	w.op.call = S_FORGET;
	w.op.who = u.ep;
	(void)SEE("forget", agent_do(&w), OK);
	(void)SEE("revoke-forgotten", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(7));
	(void)SEE("stop", stop_dying(&u), OK);
	(void)SEE("start", agent_start(&u, 'u'), OK);
	gid = grant(&g, u.ep, RWM);
	(void)SEE("map-successor", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("successor", load(&u, u.mem, PAGES), word_of(7));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

int
main(int argc, char **argv)
{
	uint32_t before, after;
	int known;

	agents_open(argc, argv, "safemap-race");
	store(&g, g.mem, PAGES, 4);
	CHECK(agent_start(&w, 'w') == OK);
	known = records(&w);
	before = frames_free();
	revoked_before_mapped();
	ended_twice();
	user_gone();
	owner_gone();
	windows = room(&u, WINDOWS);
	store(&u, windows, WINDOWS, 3);
	revoked_while_mapping();
	user_dies();
	owner_dies();
	forgotten();
	after = frames_free();
	(void)SEE("records", records(&w) - known, 0);
	(void)report_checkpoint("end");
	(void)report_note("frames free: %u, later %u", before, after);
	CHECK(after + 2 * PAGES + WINDOWS >= before);
	return agents_close();
}
