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

#define ROUNDS  24
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

/* The grant is revoked when the user has asked, and VM has not answered: for
 * a while w keeps VM from it. */
static void
revoked_before_mapped(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 5);
	w.op.call = S_PAUSE;
	w.op.len = 20;
	w.op.box.asked++;
	pause_us(50000);
	u.op.call = S_MAP;
	u.op.from = g.ep;
	u.op.gid = gid;
	u.op.offset = 0;
	u.op.addr = u.mem;
	u.op.len = RANGE;
	u.op.access = 1;
	u.op.box.asked++;
	pause_us(50000);
	CHECK(u.op.box.done != u.op.box.asked);
	(void)SEE("revoke", on_grant(&g, S_REV_GID, gid), OK);
	wait_for(&u);
	wait_for(&w);
	/* Who hears of it first, user or granter, is nobody's business. */
	(void)SEE("cut-short", u.op.result == OK || u.op.result == -EPERM, 1);
	store(&g, g.mem, PAGES, 6);
	(void)SEE_WORD("unshared", load(&u, u.mem, PAGES), word_of(5));
	(void)SEE("map-anew", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-anew", load(&u, u.mem, PAGES), word_of(6));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

static void
user_dies(void)
{
	int i, gid = grant(&g, ANY, RWM), bad = 0;

	for (i = 0; i < ROUNDS; i++) {
		start_mapping(gid);
		pause_us(8000 + i * 400L);
		bad += agent_stop(&u) != OK;
		bad += agent_start(&u, 'u') != OK;
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
		store(&u, windows, WINDOWS, 2);
	}
	(void)SEE("owners", bad, 0);
	(void)SEE_WORD("user", load(&u, windows, WINDOWS), word_of(2));
}

/* The kernel asks VM about a process that VM does not know any more. */
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
	(void)SEE("stop", agent_stop(&u), OK);
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

	agents_open(argc, argv, "safemap-race");
	windows = room(&u, WINDOWS);
	store(&u, windows, WINDOWS, 3);
	store(&g, g.mem, PAGES, 4);
	CHECK(agent_start(&w, 'w') == OK);
	before = frames_free();
	revoked_before_mapped();
	revoked_while_mapping();
	user_dies();
	owner_dies();
	forgotten();
	after = frames_free();
	(void)report_checkpoint("end");
	(void)report_note("frames free: %u, later %u", before, after);
	CHECK(after + 2 * PAGES + WINDOWS >= before);
	return agents_close();
}
