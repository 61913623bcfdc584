/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies that meet pages which are not there yet, or not at all:
 * the first are fetched, on either side; the second give EFAULT, also in the
 * middle of a copy; and a grant with CPF_TRY fetches nothing, and says so
 * when it is revoked.
 */
#include <lacuna/safecopies.h>

#include "test/grants/client.h"

#include "test/report/report.h"

static vir_bytes
fresh(struct agent *who)
{
	who->op.call = G_FRESH;
	return (vir_bytes)agent_do(who);
}

/* Copy between a grant's offset 0 and an address of u. */
static int
copy_at(int call, cp_grant_id_t gid, vir_bytes addr, vir_bytes len)
{
	u.op.call = call;
	u.op.from = g.ep;
	u.op.gid = gid;
	u.op.offset = 0;
	u.op.addr = addr;
	u.op.len = len;
	return agent_do(&u);
}

static void
untouched(void)
{
	vir_bytes theirs = fresh(&g), mine = fresh(&u);
	int gid = direct(&g, u.ep, theirs, 4096, CPF_READ | CPF_WRITE);
	int arena = direct(&g, u.ep, g.arena, 4096, CPF_READ);

	CHECK(theirs > 0x1000 && mine > 0x1000);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 4096) == OK);
	CHECK(peek(&u, u.arena + 4095) == 0);
	CHECK(copy_at(G_FROM, arena, mine, 4096) == OK);
	CHECK(peek(&u, mine) == 'g' && peek(&u, mine + 4095) == 'g');
	CHECK(copy_at(G_TO, gid, mine, 4096) == OK);
	CHECK(peek(&g, theirs + 4095) == 'g');
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	CHECK(on_grant(&g, G_REVOKE, arena) == OK);
}

/* The second page is not there: in the grant, or in the user. */
static void
middle(void)
{
	vir_bytes theirs = fresh(&g), mine = fresh(&u);
	int gid = direct(&g, u.ep, theirs, 8192, CPF_READ | CPF_WRITE);
	int arena = direct(&g, u.ep, g.arena, 8192, CPF_READ | CPF_WRITE);

	CHECK(copy(&u, G_FROM, g.ep, gid, 4000, 96) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 4000, 97) == -EFAULT);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 8192) == -EFAULT);
	CHECK(copy(&u, G_TO, g.ep, gid, 0, 8192) == -EFAULT);
	CHECK(copy(&u, G_FROM, g.ep, gid, 4096, 1) == -EFAULT);
	CHECK(copy_at(G_FROM, arena, mine, 8192) == -EFAULT);
	CHECK(copy_at(G_TO, arena, mine, 8192) == -EFAULT);
	CHECK(copy_at(G_FROM, arena, 0x10, 8) == -EFAULT);
	CHECK(copy_at(G_FROM, arena, 0xc0100000, 8) == -EFAULT);
	CHECK(copy_at(G_FROM, arena, 0xfffffffc, 8) == -EFAULT);
	CHECK(copy_at(G_TO, arena, 0xbffffffc, 8) == -EFAULT);
	CHECK(copy(&u, G_FROM, g.ep, arena, 0, 8192) == OK); /* all is well */
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	CHECK(on_grant(&g, G_REVOKE, arena) == OK);
}

static void
try_only(void)
{
	vir_bytes theirs = fresh(&g);
	int gid = direct(&g, u.ep, theirs, 4096, CPF_READ | CPF_TRY);
	int fine = direct(&g, u.ep, g.arena, 4096, CPF_READ | CPF_TRY);

	u.op.call = G_ARENA; /* all of it is there, and u's alone */
	u.op.access = 'u';
	CHECK(agent_do(&u) == (int)u.arena);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 16) == -EFAULT);
	CHECK(copy(&u, G_FROM, g.ep, fine, 0, 16) == OK);
	CHECK(on_grant(&g, G_REVOKE, gid) == GRANT_FAULTED);
	CHECK(on_grant(&g, G_REVOKE, fine) == OK);
	CHECK(peek(&g, theirs) == 0); /* now it is there */
	gid = direct(&g, u.ep, theirs, 4096, CPF_READ | CPF_TRY);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 16) == OK);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-fault");
	untouched();
	middle();
	try_only();
	return agents_close();
}
