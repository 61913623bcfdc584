/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A6, A10. Who may copy what: each row of the error matrix for grants,
 * and that what is refused moves no byte.
 */
#include <lacuna/ipc.h>

#include "test/grants/client.h"

#include "test/report/report.h"

#define RW (CPF_READ | CPF_WRITE)

static void
identity(void)
{
	int gid = direct(&g, u.ep, g.arena, 100, RW);
	int any = direct(&g, ANY, g.arena, 100, CPF_READ);
	int reserved;

	CHECK(gid >= 0 && any >= 0 && gid != any);
	CHECK(copy(&u, G_FROM, g.ep, -1, 0, 10) == -EINVAL);
	CHECK(copy(&u, G_FROM, g.ep, 0x7ffff, 0, 10) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid + 7, 0, 10) == -EPERM);
	CHECK(copy(&w, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == OK);
	CHECK(copy(&w, G_FROM, g.ep, any, 0, 10) == OK);
	CHECK(on_grant(&g, G_DISABLE, gid) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	CHECK(on_grant(&g, G_REVOKE, gid) == -EINVAL);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
	reserved = on_grant(&g, G_RESERVE, 0);
	CHECK(reserved >= 0);
	CHECK(copy(&u, G_FROM, g.ep, reserved, 0, 10) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, reserved) == OK);
	CHECK(on_grant(&g, G_REVOKE, any) == OK);
}

static void
access_bits(void)
{
	int rd = direct(&g, u.ep, g.arena, 100, CPF_READ);
	int wr = direct(&g, u.ep, g.arena, 100, CPF_WRITE);

	CHECK(copy(&u, G_TO, g.ep, rd, 0, 10) == -EPERM);
	CHECK(peek(&g, g.arena) == 'g');
	CHECK(copy(&u, G_FROM, g.ep, wr, 0, 10) == -EPERM);
	CHECK(peek(&u, u.arena) != 'x');
	CHECK(copy(&u, G_TO, g.ep, wr, 0, 10) == OK);
	CHECK(copy(&u, G_FILL, g.ep, rd, 0, 10) == -EPERM);
	u.op.access = 'z';
	CHECK(copy(&u, G_FILL, g.ep, wr, 20, 10) == OK);
	CHECK(peek(&g, g.arena + 19) == 'g' && peek(&g, g.arena + 20) == 'z');
	CHECK(peek(&g, g.arena + 29) == 'z' && peek(&g, g.arena + 30) == 'g');
	CHECK(direct(&g, u.ep, g.arena, 100, 0x8000) == -EINVAL);
	CHECK(
	    direct(&g, u.ep, g.arena + 1, 4096, CPF_READ | CPF_MAP) == -EINVAL);
	CHECK(on_grant(&g, G_REVOKE, rd) == OK);
	CHECK(on_grant(&g, G_REVOKE, wr) == OK);
}

static void
ranges(void)
{
	int gid = direct(&g, u.ep, g.arena + 100, 100, RW);
	int none = direct(&g, u.ep, g.arena + 100, 0, RW);
	int zero = direct(&g, u.ep, 0, 100, CPF_READ);
	int wraps = direct(&g, u.ep, 0xfffffff0, 0x20, CPF_READ);
	int top = direct(&g, u.ep, 0xfffffff0, 0x10, CPF_READ);

	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 100) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 101) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 100, 1) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 100, 0) == OK);
	CHECK(copy(&u, G_FROM, g.ep, gid, 101, 0) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0xffffffff, 2) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 1, 0xffffffff) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, none, 0, 0) == OK);
	CHECK(copy(&u, G_FROM, g.ep, none, 0, 1) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, zero, 0, 0) == OK);
	CHECK(copy(&u, G_FROM, g.ep, zero, 0, 10) == -EFAULT);
	CHECK(copy(&u, G_FROM, g.ep, wraps, 0, 0x20) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, top, 0, 0x10) == -EFAULT);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	CHECK(on_grant(&g, G_REVOKE, none) == OK);
	CHECK(on_grant(&g, G_REVOKE, zero) == OK);
	CHECK(on_grant(&g, G_REVOKE, wraps) == OK);
	CHECK(on_grant(&g, G_REVOKE, top) == OK);
}

/* Granters that are not, or have nothing. */
static void
granters(void)
{
	int gid = direct(&g, u.ep, g.arena, 100, RW);
	endpoint_t old = g.ep;

	CHECK(copy(&u, G_FROM, w.ep, gid, 0, 10) == -EPERM); /* no table */
	CHECK(copy(&u, G_FROM, NONE, gid, 0, 10) == -EINVAL);
	CHECK(copy(&u, G_FROM, ANY, gid, 0, 10) == -EINVAL);
	CHECK(copy(&u, G_FROM, endpoint_make(5, 60), gid, 0, 10) == -EINVAL);
	CHECK(copy(&u, G_FROM, INIT_PROC_NR, gid, 0, 10) == -EPERM);
	CHECK(service_again("grants.g", &g.ep) == OK && g.ep != old);
	CHECK(copy(&u, G_FROM, old, gid, 0, 10) == -EINVAL);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM);
}

/* Only VFS grants what is not its own. */
static void
magic(void)
{
	int gid;

	w.op.call = G_MAGIC;
	w.op.who = u.ep;
	w.op.from = VFS_PROC_NR;
	w.op.addr = 0x400000;
	w.op.len = 100;
	w.op.access = CPF_READ;
	gid = agent_do(&w);
	CHECK(gid >= 0);
	CHECK(copy(&u, G_FROM, w.ep, gid, 0, 10) == -EPERM);
	CHECK(on_grant(&w, G_REVOKE, gid) == OK);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-matrix");
	identity();
	access_bits();
	ranges();
	magic();
	granters();
	return agents_close();
}
