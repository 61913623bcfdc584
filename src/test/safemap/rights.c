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
	struct traces was;

	store(a, a->mem, PAGES, 1);
	was = traces();
	(void)see(name, map(a, from, gid, writable), error, __FILE__, __LINE__);
	untraced(&was);
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

/* Every right, and both requests: what is read must be granted for reading,
 * what is written for writing, too, and all for mapping. */
static void
access_bits(void)
{
	int access, writable, gid, r;
	bool may;

	for (access = 1; access <= RWM; access++) {
		gid = grant(&g, u.ep, access);
		CHECK_GE(gid, 0);
		for (writable = 0; writable < 2; writable++) {
			may = (access & RM) == RM &&
			    (writable == 0 || (access & CPF_WRITE) != 0);
			r = map(&u, g.ep, gid, writable);
			CHECK_OR_SAY(CHECK_STATUS(r, may ? OK : -EPERM),
			    "rights %x, writable %d", access, writable);
			CHECK_STATUS(unmap(&u, u.mem), OK);
		}
		CHECK_STATUS(on_grant(&g, S_REVOKE, gid), OK);
	}
}

static void
some_rights(void)
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

#define FAR 0xa0000000u /* where agents have nothing */

/* Four pages of g, some of which g may only read: those of which bit i is 0 in
 * kinds. Whatever part of them is mapped, to write to or to look at. */
static void
mixed(unsigned int kinds)
{
	vir_bytes at = FAR + kinds * 8 * PAGE;
	unsigned int i, n, part;
	int gid, all;

	for (i = 0; i < 4; i++)
		CHECK_ADDR(room_at(&g, at + i * PAGE, 1,
			       (kinds >> i & 1) != 0
				   ? VM_PROT_READ | VM_PROT_WRITE
				   : VM_PROT_READ),
		    at + i * PAGE);
	gid = grant_part(&g, u.ep, at, 4 * PAGE, RWM);
	for (i = 0; i < 4; i++)
		for (n = 1; n <= 4 - i; n++) {
			part = ((1u << n) - 1) << i;
			all = (kinds & part) == part;
			CHECK_OR_SAY(CHECK_STATUS(map_part(&u, gid, i * PAGE,
						      u.mem, n * PAGE, 1),
					 all ? OK : -EPERM),
			    "pages %u to %u of kinds %x", i, i + n - 1, kinds);
			CHECK_STATUS(unmap(&u, u.mem), OK);
		}
	CHECK_STATUS(map_part(&u, gid, 0, u.mem, 4 * PAGE, 0), OK);
	CHECK_STATUS(unmap(&u, u.mem), OK);
}

/* Memory that the owner may only read in part: in the middle, at either end. */
static void
owners_rights(void)
{
	static const unsigned int kinds[] = { 0x0, 0x7, 0xe, 0xb };
	struct traces was;
	unsigned int i;
	int code;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		mixed(kinds[i]);
	code = grant_part(&g, u.ep, 0x00400000u, PAGE, RWM);
	was = traces();
	(void)SEE("granted-code", map_part(&u, code, 0, u.mem, PAGE, 1),
	    -EPERM);
	untraced(&was);
	(void)SEE("code-to-read", map_part(&u, code, 0, u.mem, PAGE, 0), OK);
	CHECK_STATUS(unmap(&u, u.mem), OK);
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
	(void)SEE("last", map_part(&u, gid, RANGE - PAGE, u.mem, PAGE, 1), OK);
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
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
	u.op.from = g.ep;
	access_bits();
	some_rights();
	owners_rights();
	ranges();
	magic();
	former();
	return agents_close();
}
