/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Vectors of copies: both directions in one, an element that
 * fails stops it and leaves those before it done, exactly one side is SELF,
 * and the number of elements is limited.
 */
#include "test/grants/client.h"

#include "test/report/report.h"

static int rd, wr;

static void
element(int i, bool from_self, cp_grant_id_t gid, vir_bytes addr)
{
	struct vscp_vec *v = &u.op.vec[i];

	v->v_from = from_self ? SELF : g.ep;
	v->v_to = from_self ? g.ep : SELF;
	v->v_gid = gid;
	v->v_offset = 0;
	v->v_addr = addr;
	v->v_bytes = 16;
}

static int
vector(int n)
{
	u.op.call = G_VECTOR;
	u.op.addr = 0;
	u.op.access = n;
	return agent_do(&u);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-vector");
	rd = direct(&g, u.ep, g.arena, 100, CPF_READ);
	wr = direct(&g, u.ep, g.arena + 4096, 100, CPF_WRITE);
	element(0, false, rd, u.arena + 4096);
	element(1, true, wr, u.arena);
	CHECK(vector(2) == OK);
	CHECK(peek(&u, u.arena + 4096) == 'g' && peek(&u, u.arena) == 'u');
	CHECK(peek(&g, g.arena + 4096) == 'u');
	CHECK(peek(&g, g.arena + 4096 + 16) == 'g');

	element(0, false, rd, u.arena + 8192);
	element(1, true, rd, u.arena); /* not for writing */
	element(2, false, rd, u.arena + 12288);
	CHECK(vector(3) == -EPERM);
	CHECK(peek(&u, u.arena + 8192) == 'g');
	CHECK(peek(&u, u.arena + 12288) == 'u');

	u.op.vec[1].v_to = SELF;
	CHECK(vector(3) == -EINVAL);
	u.op.vec[1].v_from = u.op.vec[1].v_to = g.ep;
	CHECK(vector(3) == -EINVAL);
	CHECK(vector(0) == -EINVAL && vector(-1) == -EINVAL);
	CHECK(vector(SCPVEC_NR + 1) == -EINVAL);
	element(0, false, rd, 0x10);
	CHECK(vector(1) == -EFAULT);
	u.op.call = G_VECTOR;
	u.op.addr = 0x10; /* the vector itself */
	u.op.access = 1;
	CHECK(agent_do(&u) == -EFAULT);
	return agents_close();
}
