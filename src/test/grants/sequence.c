/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A10. The number of a revoked grant stays dead although its entry is
 * used again for the same grantee: after one revocation, and after 2046 of
 * them; with the 2048th it comes round again. Reserved numbers stay
 * the same when what they mean changes.
 */
#include "test/grants/client.h"

#include "test/report/report.h"

#define SEQUENCES GRANT_MAX_SEQ

static int
churn(vir_bytes times)
{
	g.op.call = G_CHURN;
	g.op.who = u.ep;
	g.op.addr = g.arena;
	g.op.len = times;
	return agent_do(&g);
}

static void
reuse(void)
{
	int first = direct(&g, u.ep, g.arena, 100, CPF_READ), again;

	CHECK(first >= 0 && on_grant(&g, G_REVOKE, first) == OK);
	again = direct(&g, u.ep, g.arena + 4096, 100, CPF_READ);
	CHECK(again != first && GRANT_IDX(again) == GRANT_IDX(first));
	CHECK(copy(&u, G_FROM, g.ep, first, 0, 10) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, again, 0, 10) == OK);
	CHECK(on_grant(&g, G_REVOKE, first) == -EINVAL);
	CHECK(copy(&u, G_FROM, g.ep, again, 0, 10) == OK);
	CHECK(on_grant(&g, G_REVOKE, again) == OK);
}

static void
all_numbers(void)
{
	int first = direct(&g, u.ep, g.arena, 100, CPF_READ), last;

	CHECK(first >= 0 && on_grant(&g, G_REVOKE, first) == OK);
	last = churn(SEQUENCES - 2);
	CHECK(last >= 0 && GRANT_IDX(last) == GRANT_IDX(first));
	last = direct(&g, u.ep, g.arena, 100, CPF_READ);
	CHECK(last != first && GRANT_IDX(last) == GRANT_IDX(first));
	CHECK(copy(&u, G_FROM, g.ep, first, 0, 10) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, last, 0, 10) == OK);
	CHECK(on_grant(&g, G_REVOKE, last) == OK);
	last = direct(&g, u.ep, g.arena, 100, CPF_READ);
	CHECK(last == first);
	CHECK(on_grant(&g, G_REVOKE, last) == OK);
}

static void
reserved(void)
{
	int gid = on_grant(&g, G_RESERVE, 0), i;

	CHECK(gid >= 0);
	for (i = 0; i < 3; i++) {
		g.op.call = G_SET;
		g.op.gid = gid;
		g.op.who = u.ep;
		g.op.addr = g.arena;
		g.op.len = 100;
		g.op.access = CPF_READ;
		CHECK(agent_do(&g) == OK);
		CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == OK);
		CHECK(on_grant(&g, G_DISABLE, gid) == OK);
		CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	}
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	g.op.call = G_SET;
	CHECK(agent_do(&g) == -EINVAL);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-sequence");
	reuse();
	all_numbers();
	reserved();
	return agents_close();
}
