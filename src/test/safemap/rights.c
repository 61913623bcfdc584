/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2, A6. Who may map what: each row of the error matrix for grants,
 * for mapping; and what is refused leaves the window as it was.
 */
#include <string.h>

#include <abi/endpoint.h>

#include "test/safemap/client.h"

/* Map, see the result, see that the window is untouched. */
static void
refused(const char *name, struct agent *a, endpoint_t from, int gid,
    int writable, int error)
{
	store(a, a->mem, PAGES, 1);
	(void)see(name, map(a, from, gid, writable), error, __FILE__, __LINE__);
	CHECK(load(a, a->mem, PAGES) == word_of(1));
	CHECK(load(&g, g.mem, PAGES) == word_of(0));
}

static void
identity(void)
{
	int gid = grant(&g, u.ep, RWM), reserved;

	refused("no-grant", &u, g.ep, -1, 1, -EINVAL);
	refused("beyond-table", &u, g.ep, 0x7ffff, 1, -EPERM);
	refused("never-made", &u, g.ep, gid + 7, 1, -EPERM);
	refused("not-grantee", &w, g.ep, gid, 1, -EPERM);
	refused("no-granter", &u, endpoint_make(5, 60), gid, 1, -EINVAL);
	refused("no-table", &u, w.ep, gid, 1, -EPERM);
	reserved = grant(&g, u.ep, RWM);
	CHECK(on_grant(&g, S_DISABLE, reserved) == OK);
	refused("disabled", &u, g.ep, reserved, 1, -EPERM);
	CHECK(on_grant(&g, S_REVOKE, reserved) == OK);
	refused("revoked", &u, g.ep, reserved, 1, -EPERM);
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

static void
access_bits(void)
{
	int rw = grant(&g, u.ep, CPF_READ | CPF_WRITE);
	int rm = grant(&g, u.ep, RM), wm = grant(&g, u.ep, CPF_WRITE | CPF_MAP);

	refused("without-map", &u, g.ep, rw, 0, -EPERM);
	refused("without-map-writable", &u, g.ep, rw, 1, -EPERM);
	refused("without-write", &u, g.ep, rm, 1, -EPERM);
	refused("without-read", &u, g.ep, wm, 1, -EPERM);
	(void)SEE("read-only", map(&u, g.ep, rm, 0), OK);
	CHECK(on_grant(&g, S_REVOKE, rm) == OK);
	CHECK(on_grant(&g, S_REVOKE, wm) == OK);
	CHECK(on_grant(&g, S_REVOKE, rw) == OK);
}

static void
ranges(void)
{
	int gid = grant(&g, u.ep, RWM);

	u.op.from = g.ep;
	(void)SEE("too-long", map_part(&u, gid, 0, u.mem, RANGE + PAGE, 1),
	    -EPERM);
	(void)SEE("too-far", map_part(&u, gid, PAGE, u.mem, RANGE, 1), -EPERM);
	(void)SEE("behind", map_part(&u, gid, RANGE, u.mem, PAGE, 1), -EPERM);
	(void)SEE("overflow", map_part(&u, gid, PAGE, u.mem, 0u - PAGE, 1),
	    -EFAULT);
	(void)SEE("wraps", map_part(&u, gid, 0u - PAGE, u.mem, 2 * PAGE, 1),
	    -EPERM);
	(void)SEE("last", map_part(&u, gid, 3 * PAGE, u.mem, PAGE, 1), OK);
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

/* Misaligned grants: refused when they are made, and when they are forged. */
static void
alignment(void)
{
	(void)SEE("odd-start", grant_part(&g, u.ep, g.mem + 1, PAGE, RWM),
	    -EINVAL);
	(void)SEE("odd-length", grant_part(&g, u.ep, g.mem, PAGE + 4, RWM),
	    -EINVAL);
	memset(&g.op.record, 0, sizeof g.op.record);
	g.op.call = S_FORGE;
	g.op.record.cp_flags = CPF_USED | CPF_VALID | CPF_DIRECT | RWM;
	g.op.record.cp_u.cp_direct.cp_who_to = u.ep;
	g.op.record.cp_u.cp_direct.cp_start = g.mem + 4;
	g.op.record.cp_u.cp_direct.cp_len = RANGE;
	CHECK(agent_do(&g) == OK);
	(void)SEE("forged", map_part(&u, 0, 0, u.mem, PAGE, 1), -EINVAL);
	g.op.call = S_RESTORE;
	CHECK(agent_do(&g) == OK);
}

/* VFS's way: not for mapping, and not for others at all. */
static void
magic(void)
{
	int gid;

	w.op.call = S_MAGIC;
	w.op.who = u.ep;
	w.op.from = g.ep;
	w.op.addr = g.mem;
	w.op.len = RANGE;
	w.op.access = RWM;
	gid = agent_do(&w);
	CHECK(gid >= 0);
	refused("magic", &u, w.ep, gid, 1, -EPERM);
	CHECK(on_grant(&w, S_REVOKE, gid) == OK);
}

static void
former(void)
{
	int gid = grant(&g, u.ep, RWM);
	endpoint_t old = g.ep;

	CHECK(service_again(g.label, &g.ep) == OK && g.ep != old);
	(void)SEE("dead-granter", map(&u, old, gid, 1), -EINVAL);
	(void)SEE("its-successor", map(&u, g.ep, gid, 1), -EPERM);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-rights");
	CHECK(agent_start(&w, 'w') == OK);
	store(&g, g.mem, PAGES, 0);
	identity();
	access_bits();
	ranges();
	alignment();
	magic();
	former();
	return agents_close();
}
