/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A10. The table: it grows while grants are in use, which stay valid
 * and different; and one that is announced wrongly, or holds records nobody
 * would make, gives its users errors and nothing else.
 */
#include "test/grants/client.h"

#include "test/report/report.h"

#define MANY 300 /* more than twice NR_STATIC_GRANTS doubled */

static void
growth(void)
{
	static int gid[MANY];
	int i, k, same = 0;

	for (i = 0; i < MANY; i++)
		gid[i] = direct(&g, u.ep, g.arena + (vir_bytes)i, 1, CPF_READ);
	for (i = 0; i < MANY; i++)
		for (k = 0; k < i; k++)
			same += gid[i] == gid[k];
	CHECK(same == 0 && gid[MANY - 1] >= 0);
	for (i = 0; i < MANY; i += 37)
		CHECK(copy(&u, G_FROM, g.ep, gid[i], 0, 1) == OK);
	for (i = 0; i < MANY; i++)
		CHECK(on_grant(&g, G_REVOKE, gid[i]) == OK);
	for (i = 0; i < MANY; i += 37)
		CHECK(copy(&u, G_FROM, g.ep, gid[i], 0, 1) == -EPERM);
}

static int
announce(vir_bytes addr, vir_bytes entries)
{
	g.op.call = G_ANNOUNCE;
	g.op.addr = addr;
	g.op.len = entries;
	return agent_do(&g);
}

static void
announced(void)
{
	int gid = direct(&g, u.ep, g.arena, 100, CPF_READ);

	CHECK(announce(0, (vir_bytes)-1) == -EINVAL);
	CHECK(announce(0, GRANT_MAX_IDX + 1) == -EINVAL);
	CHECK(announce(0x10, 100) == OK); /* looked at when it is used */
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	CHECK(announce(0xfffffff0, 100) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	CHECK(announce(0, 0) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	CHECK(on_grant(&g, G_RESTORE, 0) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == OK);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
}

/* A record made by hand. */
static int
forged(uint32_t flags)
{
	g.op.call = G_FORGE;
	g.op.record = (struct cp_grant){ .cp_flags = flags };
	g.op.record.cp_u.cp_direct.cp_who_to = u.ep;
	g.op.record.cp_u.cp_direct.cp_start = g.arena;
	g.op.record.cp_u.cp_direct.cp_len = 100;
	CHECK(agent_do(&g) == OK);
	return copy(&u, G_FROM, g.ep, 0, 0, 10);
}

static void
records(void)
{
	const uint32_t set = CPF_USED | CPF_VALID;

	CHECK(forged(set | CPF_DIRECT | CPF_READ) == OK);
	CHECK(forged(CPF_USED | CPF_DIRECT | CPF_READ) == -EPERM);
	CHECK(forged(CPF_VALID | CPF_DIRECT | CPF_READ) == -EPERM);
	CHECK(forged(set | CPF_READ) == -EPERM);
	CHECK(forged(set | CPF_MAGIC | CPF_READ) == -EPERM);
	CHECK(forged(set | CPF_DIRECT | CPF_WRITE) == -EPERM);
	CHECK(forged(0) == -EPERM && forged(0xffffffff) < 0);
	CHECK(on_grant(&g, G_RESTORE, 0) == OK);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-table");
	growth();
	announced();
	records();
	return agents_close();
}
