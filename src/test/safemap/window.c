/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. What a window cannot be: misaligned, empty, in a hole, in code,
 * across two regions, above the user's part, a window already. Nor can what
 * is granted lie anywhere. Each of these is an error for who asks and nothing
 * for anybody else: VM serves the next request.
 */
#include "test/safemap/client.h"

#define TEXT 0x00400000u /* where programs begin */

static int gid; /* g's memory for u */

/* Try to map one page at an address. */
static void
try_at(const char *name, vir_bytes addr, int error)
{
	(void)see(name, map_part(&u, gid, 0, addr, PAGE, 1), error, __FILE__,
	    __LINE__);
}

static void
misaligned(void)
{
	static const vir_bytes by[] = { 1, 2, 4, 8, 100, 2048, 4092, 4095 };
	unsigned int i;

	for (i = 0; i < sizeof by / sizeof by[0]; i++) {
		CHECK(map_part(&u, gid, 0, u.mem + by[i], PAGE, 1) == -EINVAL);
		CHECK(map_part(&u, gid, by[i], u.mem, PAGE, 1) == -EINVAL);
		CHECK(map_part(&u, gid, 0, u.mem, by[i], 1) == -EINVAL);
		CHECK(map_part(&u, gid, 0, u.mem, PAGE + by[i], 1) == -EINVAL);
		CHECK(map_part(&u, gid, by[i], u.mem + by[i], PAGE, 1) ==
		    -EINVAL);
	}
	(void)SEE("odd-address", map_part(&u, gid, 0, u.mem + 8, PAGE, 1),
	    -EINVAL);
	(void)SEE("odd-offset", map_part(&u, gid, 8, u.mem, PAGE, 1), -EINVAL);
	(void)SEE("odd-length", map_part(&u, gid, 0, u.mem, PAGE + 8, 1),
	    -EINVAL);
	(void)SEE("empty", map_part(&u, gid, 0, u.mem, 0, 1), -EINVAL);
	(void)SEE_WORD("untouched", load(&u, u.mem, PAGES), word_of(0));
}

/* New memory of some protection, where there is none. */
static vir_bytes
other_room(vir_bytes addr, vir_bytes len, int prot)
{
	u.op.call = S_ROOM;
	u.op.addr = addr;
	u.op.len = len;
	u.op.access = prot;
	return (vir_bytes)agent_do(&u);
}

static void
places(void)
{
	vir_bytes far = 0xa0000000u, fixed;

	try_at("null", 0, -EINVAL);
	try_at("hole", far, -EINVAL);
	try_at("kernel", 0xc0100000u, -EFAULT);
	try_at("top", 0xfffff000u, -EFAULT);
	try_at("code", TEXT, -EINVAL);
	try_at("stack", 0xbffff000u, -EINVAL);
	fixed = other_room(far, PAGE, VM_PROT_READ);
	CHECK(fixed == far);
	try_at("constant", far, -EINVAL);
	/* Into a hole, out of one; two regions, of which one is right. */
	CHECK(other_room(far + PAGE, PAGE, VM_PROT_READ | VM_PROT_WRITE) ==
	    far + PAGE);
	(void)SEE("into-hole", map_part(&u, gid, 0, far + PAGE, 2 * PAGE, 1),
	    -EINVAL);
	(void)SEE("across", map_part(&u, gid, 0, far, 2 * PAGE, 1), -EINVAL);
	try_at("right", far + PAGE, OK);
	CHECK(unmap(&u, far + PAGE) == OK);
}

static void
taken(void)
{
	(void)SEE("window", map_part(&u, gid, 0, u.mem + PAGE, 2 * PAGE, 1),
	    OK);
	(void)SEE("same", map_part(&u, gid, 0, u.mem + PAGE, 2 * PAGE, 1),
	    -EBUSY);
	(void)SEE("head", map_part(&u, gid, 0, u.mem, 2 * PAGE, 1), -EBUSY);
	(void)SEE("tail", map_part(&u, gid, 0, u.mem + 2 * PAGE, 2 * PAGE, 1),
	    -EBUSY);
	(void)SEE("around", map(&u, g.ep, gid, 1), -EBUSY);
	(void)SEE("within", map_part(&u, gid, 0, u.mem + PAGE, PAGE, 1),
	    -EBUSY);
	(void)SEE("beside", map_part(&u, gid, 0, u.mem, PAGE, 1), OK);
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("works", load(&u, u.mem + PAGE, 2), word_of(1));
	(void)SEE_WORD("rest", load(&u, u.mem + 3 * PAGE, 1),
	    word_of(0) + 3 * PAGE / 4);
	CHECK(unmap(&u, u.mem) == OK && unmap(&u, u.mem + PAGE) == OK);
}

/* What the granter means is not there, or is not its to give so. */
static void
granted(void)
{
	int hole = grant_part(&g, u.ep, 0xa0000000u, PAGE, RWM);
	int half = grant_part(&g, u.ep, g.mem, 64 * PAGE, RWM);
	int code = grant_part(&g, u.ep, TEXT, PAGE, RWM);
	int text = grant_part(&g, u.ep, TEXT, PAGE, RM);
	int kernel = grant_part(&g, u.ep, 0xc0100000u, PAGE, RWM);
	int zero = grant_part(&g, u.ep, 0, PAGE, RWM);
	int r;

	CHECK(map_part(&u, hole, 0, u.mem, PAGE, 1) < 0);
	(void)SEE("granted-hole", map_part(&u, hole, 0, u.mem, PAGE, 1),
	    -EFAULT);
	(void)SEE("granted-null", map_part(&u, zero, 0, u.mem, PAGE, 1),
	    -EFAULT);
	(void)SEE("granted-kernel", map_part(&u, kernel, 0, u.mem, PAGE, 1),
	    -EFAULT);
	(void)SEE("code-to-read", map_part(&u, text, 0, u.mem, PAGE, 0), OK);
	CHECK(unmap(&u, u.mem) == OK);
	(void)SEE("granted-code", map_part(&u, code, 0, u.mem, PAGE, 1),
	    -EPERM);
	r = map_part(&u, half, 60 * PAGE, u.mem, PAGES * PAGE, 1);
	(void)SEE("granted-too-far", r, -EFAULT);
	(void)SEE("right-after", map(&u, g.ep, gid, 1), OK);
	CHECK(unmap(&u, u.mem) == OK);
}

/* One's own memory, with oneself. */
static void
own(void)
{
	int self = grant(&u, u.ep, RWM);

	store(&u, u.mem, PAGES, 2);
	CHECK(map(&u, u.ep, self, 1) < 0); /* onto itself */
	(void)SEE_WORD("onto-itself", load(&u, u.mem, PAGES), word_of(2));
	CHECK(map(&u, g.ep, gid, 1) == OK);
	(void)SEE_WORD("then-mapped", load(&u, u.mem, PAGES), word_of(1));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-window");
	gid = grant(&g, u.ep, RWM);
	store(&u, u.mem, PAGES, 0);
	store(&g, g.mem, PAGES, 1);
	u.op.from = g.ep;
	misaligned();
	places();
	store(&u, u.mem, PAGES, 0);
	taken();
	granted();
	own();
	return agents_close();
}
