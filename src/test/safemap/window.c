/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. What a window cannot be: misaligned, empty, in a hole, in code,
 * across two regions, above the user's part, a window already, memory that
 * others have mapped. Nor can what is granted lie anywhere. Each of these is an
 * error for the caller and nothing for anybody else: no record, no page and no
 * byte is different, and VM serves the next request.
 *
 * No window is ended here.
 */
#include <string.h>

#include "test/safemap/client.h"

#define TEXT 0x00400000u /* where programs begin */
#define FAR  0xa0000000u /* where they have nothing */
#define RW   (VM_PROT_READ | VM_PROT_WRITE)

static int gid; /* g's memory for u */

/* Try what must fail: nothing is left. */
static void
refused(const char *name, int grant, vir_bytes addr, vir_bytes len, int error)
{
	struct traces was = traces();

	(void)see(name, map_part(&u, grant, 0, addr, len, 1), error, __FILE__,
	    __LINE__);
	untraced(&was);
}

static void
misaligned(void)
{
	struct traces was = traces();
	unsigned int bit;
	vir_bytes by;

	for (bit = 0; bit < 12; bit++) {
		by = 1u << bit;
		CHECK_STATUS(map_part(&u, gid, 0, u.mem + by, PAGE, 1),
		    -EINVAL);
		CHECK_STATUS(map_part(&u, gid, by, u.mem, PAGE, 1), -EINVAL);
		CHECK_STATUS(map_part(&u, gid, 0, u.mem, by, 1), -EINVAL);
		CHECK_STATUS(map_part(&u, gid, 0, u.mem, PAGE + by, 1),
		    -EINVAL);
	}
	by = pick("odd", 0, PAGE - 1) + 1;
	(void)SEE("odd-address", map_part(&u, gid, 0, u.mem + by, PAGE, 1),
	    -EINVAL);
	(void)SEE("odd-offset", map_part(&u, gid, by, u.mem, PAGE, 1), -EINVAL);
	(void)SEE("odd-length", map_part(&u, gid, 0, u.mem, PAGE + by, 1),
	    -EINVAL);
	(void)SEE("empty", map_part(&u, gid, 0, u.mem, 0, 1), -EINVAL);
	untraced(&was);
	(void)SEE_WORD("untouched", load(&u, u.mem, PAGES), word_of(0));
}

static void
places(void)
{
	refused("null", gid, 0, PAGE, -EINVAL);
	refused("hole", gid, FAR, PAGE, -EINVAL);
	refused("kernel", gid, 0xc0100000u, PAGE, -EFAULT);
	refused("kernel-first", gid, 0xc0000000u, PAGE, -EFAULT);
	refused("into-kernel", gid, 0xbffff000u, 2 * PAGE, -EFAULT);
	refused("top", gid, 0xfffff000u, PAGE, -EFAULT);
	refused("around", gid, 0xfffff000u, 2 * PAGE, -EFAULT);
	refused("code", gid, TEXT, PAGE, -EINVAL);
	refused("stack", gid, 0xbffff000u, PAGE, -EINVAL);
}

/* A page to read, three to write, which are a region, and a hole; elsewhere
 * the other way round. */
static void
regions(void)
{
	vir_bytes other = FAR + 16 * PAGE;

	CHECK_ADDR(room_at(&u, FAR, 1, VM_PROT_READ), FAR);
	CHECK_ADDR(room_at(&u, FAR + PAGE, 3, RW), FAR + PAGE);
	CHECK_ADDR(room_at(&u, other, 2, RW), other);
	CHECK_ADDR(room_at(&u, other + 2 * PAGE, 1, VM_PROT_READ),
	    other + 2 * PAGE);
	refused("constant", gid, FAR, PAGE, -EINVAL);
	refused("into-hole", gid, FAR + 3 * PAGE, 2 * PAGE, -EINVAL);
	refused("across", gid, FAR, 2 * PAGE, -EINVAL);
	refused("across-end", gid, other + PAGE, 2 * PAGE, -EINVAL);
	refused("out-of-hole", gid, other - PAGE, 2 * PAGE, -EINVAL);
	(void)SEE("right", map_part(&u, gid, 0, FAR + PAGE, 3 * PAGE, 1), OK);
}

/* A window of two pages in four, tried from every place around it. */
static void
taken(void)
{
	vir_bytes at = room(&u, 4);

	store(&u, at, 4, 3);
	(void)SEE("window", map_part(&u, gid, 0, at + PAGE, 2 * PAGE, 1), OK);
	refused("same", gid, at + PAGE, 2 * PAGE, -EBUSY);
	refused("head", gid, at, 2 * PAGE, -EBUSY);
	refused("tail", gid, at + 2 * PAGE, 2 * PAGE, -EBUSY);
	refused("around-it", gid, at, 4 * PAGE, -EBUSY);
	refused("within", gid, at + PAGE, PAGE, -EBUSY);
	refused("within-last", gid, at + 2 * PAGE, PAGE, -EBUSY);
	(void)SEE_WORD("rest", load(&u, at + 3 * PAGE, 1),
	    word_of(3) + 3 * PAGE / 4);
	(void)SEE("beside", map_part(&u, gid, 0, at, PAGE, 1), OK);
	(void)SEE("behind", map_part(&u, gid, PAGE, at + 3 * PAGE, PAGE, 1),
	    OK);
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("works", load(&u, at + PAGE, 2), word_of(1));
}

/* Memory of u's that g has mapped cannot be a window of u. */
static void
mapped_by_others(void)
{
	vir_bytes at = room(&u, 4), theirs = room(&g, 4);
	int back = grant_part(&u, g.ep, at, 4 * PAGE, RWM);

	store(&u, at, 4, 4);
	g.op.from = u.ep;
	CHECK_STATUS(map_part(&g, back, PAGE, theirs, 2 * PAGE, 1), OK);
	refused("mapped", gid, at + PAGE, 2 * PAGE, -EBUSY);
	refused("mapped-head", gid, at, 2 * PAGE, -EBUSY);
	refused("mapped-tail", gid, at + 2 * PAGE, 2 * PAGE, -EBUSY);
	(void)SEE_WORD("mapped-shows", load(&g, theirs, 2),
	    word_of(4) + PAGE / 4);
	(void)SEE("mapped-beside", map_part(&u, gid, 0, at, PAGE, 1), OK);
}

/* What the granter means is not there. */
static void
granted(void)
{
	vir_bytes at = room(&g, 1);
	int hole = grant_part(&g, u.ep, FAR, PAGE, RWM);
	int far = grant_part(&g, u.ep, at - PAGE, 64 * PAGE, RWM);
	int kernel = grant_part(&g, u.ep, 0xc0100000u, PAGE, RWM);
	int edge = grant_part(&g, u.ep, 0xbffff000u, 2 * PAGE, RWM);
	int zero = grant_part(&g, u.ep, 0, PAGE, RWM);

	/* A range from memory into a hole, and one out of it. */
	CHECK_ADDR(room_at(&g, FAR - 2 * PAGE, 1, RW), FAR - 2 * PAGE);
	store(&g, FAR - 2 * PAGE, 1, 6);
	refused("granted-hole", hole, u.mem, PAGE, -EFAULT);
	refused("granted-null", zero, u.mem, PAGE, -EFAULT);
	refused("granted-kernel", kernel, u.mem, PAGE, -EFAULT);
	refused("granted-edge", edge, u.mem, 2 * PAGE, -EFAULT);
	refused("granted-into-hole",
	    grant_part(&g, u.ep, FAR - 2 * PAGE, 2 * PAGE, RWM), u.mem,
	    2 * PAGE, -EFAULT);
	refused("granted-out-of-hole",
	    grant_part(&g, u.ep, FAR - 3 * PAGE, 2 * PAGE, RWM), u.mem,
	    2 * PAGE, -EFAULT);
	refused("granted-over-hole", far, u.mem, 4 * PAGE, -EFAULT);
	(void)SEE_WORD("granted-untouched", load(&u, u.mem, PAGES), word_of(0));
}

/* Misaligned grants: refused when they are made, and when they are forged. */
static void
alignment(void)
{
	(void)SEE("odd-start", grant_part(&g, u.ep, g.mem + 1, PAGE, RWM),
	    -EINVAL);
	memset(&g.op.record, 0, sizeof g.op.record);
	g.op.call = S_FORGE;
	g.op.record.cp_flags = CPF_USED | CPF_VALID | CPF_DIRECT | RWM;
	g.op.record.cp_u.cp_direct.cp_who_to = u.ep;
	g.op.record.cp_u.cp_direct.cp_start =
	    g.mem + pick("odd", 1, PAGE - 1) + 1;
	g.op.record.cp_u.cp_direct.cp_len = 2 * PAGE;
	CHECK_STATUS(agent_do(&g), OK);
	(void)SEE("forged", map_part(&u, 0, 0, u.mem, PAGE, 1), -EINVAL);
	g.op.call = S_RESTORE;
	CHECK_STATUS(agent_do(&g), OK);
}

/* One's own memory, with oneself. */
static void
own(void)
{
	vir_bytes at = room(&u, 4);
	int self = grant_part(&u, u.ep, at, 4 * PAGE, RWM);

	store(&u, at, 4, 2);
	u.op.from = u.ep;
	refused("onto-itself", self, at, 2 * PAGE, -EINVAL);
	refused("onto-its-half", self, at + PAGE, 2 * PAGE, -EINVAL);
	(void)SEE_WORD("itself", load(&u, at, 4), word_of(2));
	(void)SEE("beside-itself",
	    map_part(&u, self, 0, at + 2 * PAGE, 2 * PAGE, 1), OK);
	store(&u, at + 2 * PAGE, 2, 5);
	(void)SEE_WORD("echo", load(&u, at, 2), word_of(5));
	u.op.from = g.ep;
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
	regions();
	taken();
	mapped_by_others();
	granted();
	alignment();
	own();
	(void)SEE("right-after", map(&u, g.ep, gid, 1), OK);
	return agents_close();
}
