/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2, A5. The granter ends mappings, by the grant or by the address of
 * its memory: those that it means, all of them, and whatever has become of
 * the grant since. The others keep the last contents as their own. Revoking
 * twice, or what does not exist, is no error; a stranger's words count nothing.
 */
#include <string.h>

#include "test/safemap/client.h"

static void
by_grant(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 0);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)report_checkpoint("before");
	(void)SEE("revoke", on_grant(&g, S_REV_GID, gid), OK);
	(void)report_checkpoint("revoked");
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("kept", load(&u, u.mem, PAGES), word_of(0));
	store(&u, u.mem, PAGES, 2);
	(void)SEE_WORD("unmoved", load(&g, g.mem, PAGES), word_of(1));
	(void)SEE("twice", on_grant(&g, S_REV_GID, gid), OK);
	(void)SEE("unmap", unmap(&u, u.mem), OK);
	(void)SEE_WORD("own", load(&u, u.mem, PAGES), word_of(2));
	(void)SEE("map-again", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("mapped", load(&u, u.mem, PAGES), word_of(1));
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
}

/* Two have mapped the grant, one of them another one as well. */
static void
two(void)
{
	int gid = grant(&g, ANY, RWM), other = grant(&g, w.ep, RWM);
	vir_bytes at = room(&w, PAGES);

	store(&g, g.mem, PAGES, 3);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	CHECK(map(&w, g.ep, gid, 1) == OK);
	CHECK(map_part(&w, other, 0, at, RANGE, 1) == OK);
	(void)SEE("revoke-two", on_grant(&g, S_REV_GID, gid), OK);
	show("second", w.ep, w.mem);
	show("other", w.ep, at);
	(void)report_checkpoint("revoked-two");
	store(&g, g.mem, PAGES, 4);
	(void)SEE_WORD("kept-one", load(&u, u.mem, PAGES), word_of(3));
	(void)SEE_WORD("kept-two", load(&w, w.mem, PAGES), word_of(3));
	(void)SEE_WORD("other", load(&w, at, PAGES), word_of(4));
	store(&w, w.mem, PAGES, 5);
	(void)SEE_WORD("apart", load(&u, u.mem, PAGES), word_of(3));
	CHECK(on_grant(&g, S_REV_GID, other) == OK);
}

/* By address: where a mapping begins, not where a grant does. */
static void
by_address(void)
{
	int gid = grant(&g, ANY, RWM);

	store(&g, g.mem, PAGES, 6);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	w.op.from = g.ep;
	CHECK(map_part(&w, gid, PAGE, w.mem, 2 * PAGE, 1) == OK);
	(void)SEE("no-such", revoke_addr(&g, g.mem + 2 * PAGE), OK);
	(void)SEE("elsewhere", revoke_addr(&g, 0xfffff001), OK);
	(void)SEE("revoke-address", revoke_addr(&g, g.mem), OK);
	store(&g, g.mem, PAGES, 7);
	(void)SEE_WORD("first", load(&u, u.mem, PAGES), word_of(6));
	(void)SEE_WORD("second", load(&w, w.mem, 2), word_of(7) + PAGE / 4);
	(void)SEE("revoke-part", revoke_addr(&g, g.mem + PAGE), OK);
	store(&g, g.mem, PAGES, 8);
	(void)SEE_WORD("second-kept", load(&w, w.mem, 2),
	    word_of(7) + PAGE / 4);
}

/* Not their grant, not their memory. */
static void
strangers(void)
{
	int gid = grant(&g, u.ep, RWM);

	CHECK(map(&u, g.ep, gid, 1) == OK);
	(void)SEE("by-user", on_grant(&u, S_REV_GID, gid), OK);
	(void)SEE("by-user-address", revoke_addr(&u, u.mem), OK);
	(void)SEE("by-third", on_grant(&w, S_REV_GID, gid), OK);
	(void)SEE("by-third-address", revoke_addr(&w, g.mem), OK);
	(void)SEE("never-made", on_grant(&g, S_REV_GID, gid + 17), OK);
	(void)SEE("negative", on_grant(&g, S_REV_GID, -1), OK);
	store(&g, g.mem, PAGES, 9);
	(void)SEE_WORD("still", load(&u, u.mem, PAGES), word_of(9));
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
}

/* The entry says something else by now, or nothing at all. */
static void
later(void)
{
	int gid = grant(&g, u.ep, RWM);

	CHECK(map(&u, g.ep, gid, 1) == OK);
	store(&g, g.mem, PAGES, 10);
	g.op.call = S_SET;
	g.op.gid = gid;
	g.op.who = w.ep;
	g.op.addr = g.mem;
	g.op.len = PAGE;
	g.op.access = CPF_READ;
	CHECK(agent_do(&g) == OK);
	(void)SEE("after-refill", on_grant(&g, S_REV_GID, gid), OK);
	store(&g, g.mem, PAGES, 11);
	(void)SEE_WORD("refilled", load(&u, u.mem, PAGES), word_of(10));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);

	gid = grant(&g, u.ep, RWM);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	memset(&g.op.record, 0, sizeof g.op.record);
	g.op.call = S_FORGE;
	CHECK(agent_do(&g) == OK); /* no table worth the name */
	(void)SEE("without-table", on_grant(&g, S_REV_GID, gid), OK);
	store(&g, g.mem, PAGES, 12);
	(void)SEE_WORD("tableless", load(&u, u.mem, PAGES), word_of(11));
	g.op.call = S_RESTORE;
	CHECK(agent_do(&g) == OK);
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

/* The library's own revocation ends the mapping, too. */
static void
library(void)
{
	int gid = grant(&g, u.ep, RWM), next;

	CHECK(map(&u, g.ep, gid, 1) == OK);
	store(&g, g.mem, PAGES, 13);
	(void)SEE("cpf-revoke", on_grant(&g, S_REVOKE, gid), OK);
	store(&g, g.mem, PAGES, 14);
	(void)SEE_WORD("cpf-kept", load(&u, u.mem, PAGES), word_of(13));
	(void)SEE("cpf-dead", map(&u, g.ep, gid, 1), -EPERM);
	next = grant(&g, u.ep, RWM);
	CHECK(GRANT_IDX(next) == GRANT_IDX(gid) && next != gid);
	CHECK(map(&u, g.ep, next, 1) == OK);
	(void)SEE("old-number", on_grant(&g, S_REV_GID, gid), OK);
	store(&g, g.mem, PAGES, 15);
	(void)SEE_WORD("next", load(&u, u.mem, PAGES), word_of(15));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-revoke");
	CHECK(agent_start(&w, 'w') == OK);
	by_grant();
	two();
	by_address();
	strangers();
	later();
	library();
	return agents_close();
}
