/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. Who unmaps a window keeps what was in it as memory of its own,
 * which can be mapped over again, granted and given back. Unmapping where
 * there is no window changes nothing, and is no error.
 */
#include "test/safemap/client.h"

static void
private_copy(int gid)
{
	store(&g, g.mem, PAGES, 0);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	store(&u, u.mem, PAGES, 1);
	(void)SEE("unmap", unmap(&u, u.mem), OK);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)report_checkpoint("unmapped");
	(void)SEE_WORD("left", load(&g, g.mem, PAGES), word_of(1));
	store(&g, g.mem, PAGES, 2);
	(void)SEE_WORD("kept", load(&u, u.mem, PAGES), word_of(1));
	store(&u, u.mem, PAGES, 3);
	(void)SEE_WORD("unmoved", load(&g, g.mem, PAGES), word_of(2));
	(void)SEE("unmap-again", unmap(&u, u.mem), OK);
	(void)SEE_WORD("own", load(&u, u.mem, PAGES), word_of(3));
	(void)SEE("remap", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("remapped", load(&u, u.mem, PAGES), word_of(2));
}

/* It is mapped. Now those unmap who should not, or where there is nothing. */
static void
nothing_there(void)
{
	(void)SEE("by-owner", unmap(&g, g.mem), OK);
	(void)SEE("by-third", unmap(&w, u.mem), OK);
	(void)SEE("inside", unmap(&u, u.mem + PAGE), OK);
	(void)SEE("odd", unmap(&u, u.mem + 1), OK);
	(void)SEE("nowhere", unmap(&u, 0xfffff000), OK);
	store(&g, g.mem, PAGES, 4);
	(void)report_checkpoint("still-mapped");
	(void)SEE_WORD("still", load(&u, u.mem, PAGES), word_of(4));
}

/* Windows side by side end one by one. */
static void
neighbours(int gid)
{
	vir_bytes at = room(&u, 3 * PAGES);

	CHECK(map_part(&u, gid, 0, at, RANGE, 1) == OK);
	CHECK(map_part(&u, gid, 0, at + RANGE, RANGE, 1) == OK);
	CHECK(map_part(&u, gid, 0, at + 2 * RANGE, RANGE, 1) == OK);
	store(&g, g.mem, PAGES, 5);
	CHECK(unmap(&u, at + RANGE) == OK);
	store(&g, g.mem, PAGES, 6);
	(void)SEE_WORD("first", load(&u, at, PAGES), word_of(6));
	(void)SEE_WORD("middle", load(&u, at + RANGE, PAGES), word_of(5));
	(void)SEE_WORD("last", load(&u, at + 2 * RANGE, PAGES), word_of(6));
	CHECK(unmap(&u, at) == OK && unmap(&u, at + 2 * RANGE) == OK);
}

/* What was a window is memory like any other. */
static void
given_back(int gid)
{
	CHECK(unmap(&u, u.mem) == OK);
	u.op.call = S_GIVE;
	u.op.addr = u.mem;
	u.op.len = RANGE;
	(void)SEE("give-back", agent_do(&u), OK);
	u.mem = room(&u, PAGES);
	(void)SEE_WORD("new", load(&u, u.mem, PAGES), 0);
	(void)SEE("map-new", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-new", load(&u, u.mem, PAGES), word_of(6));
}

/* A window that is given back while it is one ends. */
static void
given_mapped(int gid)
{
	u.op.call = S_GIVE;
	u.op.addr = u.mem;
	u.op.len = RANGE;
	(void)SEE("give-mapped", agent_do(&u), OK);
	u.op.call = S_ROOM;
	u.op.access = VM_PROT_READ | VM_PROT_WRITE;
	CHECK(agent_do(&u) == (int)u.mem);
	store(&u, u.mem, PAGES, 7);
	(void)SEE_WORD("owner-has", load(&g, g.mem, PAGES), word_of(6));
	(void)SEE("unmap-given", unmap(&u, u.mem), OK);
	(void)SEE("revoke-given", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE_WORD("user-has", load(&u, u.mem, PAGES), word_of(7));
	(void)SEE("map-there", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped-there", load(&u, u.mem, PAGES), word_of(6));
}

int
main(int argc, char **argv)
{
	int gid;

	agents_open(argc, argv, "safemap-unmap");
	CHECK(agent_start(&w, 'w') == OK);
	gid = grant(&g, u.ep, RWM);
	private_copy(gid);
	nothing_there();
	neighbours(gid);
	given_back(gid);
	given_mapped(gid);
	return agents_close();
}
