/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A8. Grants that are passed on can be mapped, and each who has passed
 * them on can end what is mapped below: with every link alive, with one dead,
 * with its record gone. Five links work, a sixth and a circle are ELOOP; a
 * chain that ends in reading maps to be read.
 */
#include "test/safemap/client.h"

#define LINKS 3

static struct agent link[LINKS]; /* between g and u */
static int gid[LINKS + 1];       /* of g, and of each link */

/* Who made gid[i]. */
static struct agent *
maker(int i)
{
	return i == 0 ? &g : &link[i - 1];
}

/* From g over all links to u. */
static void
build(int access)
{
	int i;

	gid[0] = grant(&g, link[0].ep, access);
	for (i = 0; i < LINKS; i++)
		gid[i + 1] =
		    pass(&link[i], i == LINKS - 1 ? u.ep : link[i + 1].ep,
			maker(i)->ep, gid[i]);
}

static int
map_chain(int writable)
{
	return map(&u, link[LINKS - 1].ep, gid[LINKS], writable);
}

/* Is what u sees what g has? Store something new at g to know. */
static bool
together(unsigned int i)
{
	store(&g, g.mem, PAGES, i);
	return load(&u, u.mem, PAGES) == word_of(i);
}

/* Every hop cuts, by its own grant, which nobody else has. */
static void
every_hop(void)
{
	static const char *const name[] = { "by-owner", "by-first", "by-second",
		"by-last" };
	int i, k;

	build(RWM);
	(void)SEE("map", map_chain(1), OK);
	store(&u, u.mem, PAGES, 1);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)report_checkpoint("through");
	(void)SEE_WORD("through", load(&g, g.mem, PAGES), word_of(1));
	for (i = 0; i <= LINKS; i++) {
		for (k = 0; k <= LINKS; k++)
			if (k != i)
				CHECK(on_grant(maker(i), S_REV_GID,
					  gid[k] ^ 0x40) == OK);
		CHECK(together(2));
		(void)see(name[i], on_grant(maker(i), S_REV_GID, gid[i]), OK,
		    __FILE__, __LINE__);
		CHECK(!together(3));
		(void)SEE_WORD(name[i], load(&u, u.mem, PAGES), word_of(2));
		(void)SEE("map-again", map_chain(1), OK);
	}
	(void)SEE("by-address", revoke_addr(&g, g.mem), OK);
	CHECK(!together(4));
}

/* A record that is gone cuts no mapping that exists, and makes no new one. */
static void
record_gone(void)
{
	CHECK(map_chain(1) == OK);
	CHECK(on_grant(&link[1], S_DISABLE, gid[2]) == OK);
	CHECK(together(5));
	(void)report_checkpoint("no-record");
	(void)SEE("record-gone", on_grant(&link[0], S_REV_GID, gid[1]), OK);
	CHECK(!together(6));
	(void)SEE_WORD("kept", load(&u, u.mem, PAGES), word_of(5));
	(void)SEE("no-record", map_chain(1), -EPERM);
}

/* One in the middle dies: those above and beside it can still end it. */
static void
middle_dies(void)
{
	build(RWM);
	CHECK(map_chain(1) == OK);
	CHECK(agent_end(&link[1]) == OK);
	CHECK(together(7));
	store(&u, u.mem, PAGES, 8);
	(void)SEE_WORD("survives", load(&g, g.mem, PAGES), word_of(8));
	(void)SEE("middle-dead", map_chain(1), -EINVAL);
	CHECK(agent_start(&link[1], '2') == OK);
	(void)SEE("successor", on_grant(&link[1], S_REV_GID, gid[2]), OK);
	CHECK(together(9));
	(void)SEE("above", on_grant(&link[0], S_REV_GID, gid[1]), OK);
	CHECK(!together(10));
	(void)report_checkpoint("cut");
	(void)SEE_WORD("above-kept", load(&u, u.mem, PAGES), word_of(9));
	(void)SEE("chain-cut", map_chain(1), -EINVAL);
}

/* The user unmaps what has come over a link that is dead. */
static void
user_unmaps(void)
{
	build(RWM);
	CHECK(map_chain(1) == OK);
	CHECK(agent_end(&link[0]) == OK);
	CHECK(together(11));
	(void)SEE("unmap", unmap(&u, u.mem), OK);
	CHECK(!together(12));
	CHECK(agent_start(&link[0], '1') == OK);
}

static void
rights(void)
{
	build(RM);
	(void)SEE("writable", map_chain(1), -EPERM);
	(void)SEE("readable", map_chain(0), OK);
	CHECK(together(13));
	CHECK(on_grant(&g, S_REVOKE, gid[0]) == OK);
	CHECK(!together(14));
	build(CPF_READ | CPF_WRITE);
	(void)SEE("not-for-maps", map_chain(0), -EPERM);
}

/* A window is granted, and that grant passed on: the owner, the window's user,
 * who grants it, and the one who passes it on can each end it. */
static void
over_window(void)
{
	static const char *const name[] = { "over-owner", "over-user",
		"over-link" };
	struct agent *const who[] = { &g, &link[0], &link[1] };
	int id[3], i;

	for (i = 0; i < 3; i++) {
		id[0] = grant(&g, link[0].ep, RWM);
		CHECK_STATUS(map(&link[0], g.ep, id[0], 1), OK);
		id[1] = grant(&link[0], link[1].ep, RWM);
		id[2] = pass(&link[1], u.ep, link[0].ep, id[1]);
		CHECK_STATUS(map(&u, link[1].ep, id[2], 1), OK);
		CHECK_EQ(record_of(&g, u.ep, u.mem)->owner, g.ep);
		CHECK(together(16));
		CHECK_STATUS(on_grant(who[i], S_REV_GID, id[i]), OK);
		CHECK(!together(17));
		(void)see_word(name[i], load(&u, u.mem, PAGES), word_of(16),
		    __FILE__, __LINE__);
		CHECK_ADDR(load(&link[0], link[0].mem, PAGES),
		    word_of(i == 0 ? 16 : 17));
		CHECK_STATUS(on_grant(&g, S_REVOKE, id[0]), OK);
	}
}

/* As many links as the kernel follows, with two processes; and one more. */
static void
length(void)
{
	struct agent *from = &g, *to;
	int id = grant(&g, link[0].ep, RWM), i;

	for (i = 0; i <= MAX_INDIRECT_DEPTH; i++) {
		to = &link[i % 2];
		id = pass(to, ANY, from->ep, id);
		from = to;
		if (i == MAX_INDIRECT_DEPTH - 1)
			(void)SEE("five", map(&u, from->ep, id, 1), OK);
	}
	CHECK(together(15));
	(void)SEE("unmap-five", unmap(&u, u.mem), OK);
	(void)SEE("six", map(&u, from->ep, id, 1), -ELOOP);
	id = pass(&link[0], ANY, link[1].ep, id);
	(void)SEE("seven", map(&u, link[0].ep, id, 1), -ELOOP);
}

/* A record that names itself, and one that passes on what is not its own. */
static void
crooked(void)
{
	int id = pass(&link[0], ANY, link[0].ep, 0), next, other;

	next = GRANT_ID(GRANT_IDX(id), (GRANT_SEQ(id) + 1) % GRANT_MAX_SEQ);
	CHECK(on_grant(&link[0], S_REVOKE, id) == OK);
	id = pass(&link[0], ANY, link[0].ep, next);
	CHECK(id == next);
	(void)SEE("circle", map(&u, link[0].ep, id, 1), -ELOOP);
	other = grant(&g, link[1].ep, RWM);
	id = pass(&link[0], u.ep, g.ep, other);
	(void)SEE("not-its-own", map(&u, link[0].ep, id, 1), -EPERM);
	id = pass(&link[1], link[2].ep, g.ep, other);
	(void)SEE("not-for-user", map(&u, link[1].ep, id, 1), -EPERM);
}

int
main(int argc, char **argv)
{
	int i;

	agents_open(argc, argv, "safemap-chain");
	for (i = 0; i < LINKS; i++)
		CHECK(agent_start(&link[i], (char)('1' + i)) == OK);
	every_hop();
	record_gone();
	middle_dies();
	user_unmaps();
	rights();
	over_window();
	length();
	crooked();
	return agents_close();
}
