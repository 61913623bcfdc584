/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. No frame is left in the machine, or too few. What cannot be mapped
 * is not mapped, not in part either: no record, no page and no byte is
 * different. What cannot be unmapped or revoked goes on as a mapping of which
 * everything works, and ends when there is memory again.
 */
#include "test/safemap/client.h"

#define FAR 0x90000000u /* where nobody has a page table */
#define RW  (VM_PROT_READ | VM_PROT_WRITE)

#define ENOUGH 300 /* frames, for all but what is to fail */

static struct agent v; /* a second user */
static int gid;        /* g's, for everybody */
static int most;       /* chunks of memory that w keeps all the time */

/* Only so many frames are left. */
static int
hog(unsigned int left)
{
	w.op.call = S_HOG;
	w.op.len = left;
	return agent_do(&w);
}

static void
unhog(void)
{
	w.op.call = S_UNHOG;
	w.op.len = (unsigned int)most;
	CHECK_STATUS(agent_do(&w), OK);
}

/* Map without memory, in vain; then with it. */
static void
try_map(const char *name, int grant, vir_bytes window, unsigned int left)
{
	struct traces was = traces();
	int r;

	(void)hog(left);
	r = map_part(&u, grant, 0, window, RANGE, 1);
	unhog();
	(void)see(name, r, -ENOMEM, __FILE__, __LINE__);
	untraced(&was);
}

/* The owner has never touched what it grants. */
static void
untouched(void)
{
	vir_bytes theirs = room(&g, PAGES), mine = room(&u, PAGES);
	int grant = grant_part(&g, u.ep, theirs, RANGE, RWM);

	store(&u, mine, PAGES, 0);
	CHECK_STATUS(map(&u, g.ep, gid, 1), OK); /* this works */
	try_map("none", grant, mine, 0);
	try_map("one", grant, mine, 1);
	try_map("too-few", grant, mine, PAGES - 1);
	(void)SEE_WORD("kept", load(&u, mine, PAGES), word_of(0));
	CHECK_STATUS(map_part(&u, grant, 0, mine, RANGE, 1), OK);
	(void)SEE_WORD("zeros", load(&u, mine, PAGES), 0);
	CHECK_STATUS(unmap(&u, mine), OK);
	CHECK_STATUS(unmap(&u, u.mem), OK);
}

/* The owner shares it copy-on-write. It is memory that was never mapped. */
static void
partners(void)
{
	vir_bytes theirs = room(&g, PAGES), mine = room(&u, PAGES);
	int grant = grant_part(&g, u.ep, theirs, RANGE, RWM), child;

	store(&u, mine, PAGES, 1);
	store(&g, theirs, PAGES, 2);
	child = split(&g, S_LOAD, theirs, 0);
	try_map("partners", grant, mine, PAGES - 1);
	(void)SEE_WORD("partners-kept", load(&u, mine, PAGES), word_of(1));
	store(&g, theirs, PAGES, 3);
	CHECK_EQ(let_go(&g, child), (int)(word_of(2) % CHILD_WORD));
	(void)SEE_WORD("owner-kept", load(&g, theirs, PAGES), word_of(3));
	store(&g, g.mem, PAGES, 3);
}

/* There is no page table where the window is to be. */
static void
tables(void)
{
	const vir_bytes window = FAR - 2 * PAGE;

	CHECK_ADDR(room_at(&u, window, PAGES, RW), window);
	try_map("no-table", gid, window, 0);
	CHECK_STATUS(map_part(&u, gid, 0, window, RANGE, 1), OK);
	(void)SEE_WORD("table", load(&u, window, PAGES), word_of(3));
	CHECK_STATUS(unmap(&u, window), OK);
}

/* What u has mapped is shared on all of its pages. */
static void
together(const char *name, unsigned int i)
{
	store(&g, g.mem, PAGES, i);
	(void)see_word(name, load(&u, u.mem, PAGES), word_of(i), __FILE__,
	    __LINE__);
	store(&u, u.mem, PAGES, i + 1);
	CHECK_ADDR(load(&g, g.mem, PAGES), word_of(i + 1));
}

/* The window cannot get frames of its own. */
static void
unmapping(void)
{
	unsigned int left = pick("left", 0, PAGES);
	int r;

	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)hog(left);
	r = unmap(&u, u.mem);
	unhog();
	(void)SEE("unmap", r, -ENOMEM);
	(void)report_checkpoint("not-unmapped");
	CHECK_EQ(record_of(&g, u.ep, u.mem)->grantee, u.ep);
	together("still", 4);
	CHECK_STATUS(unmap(&u, u.mem), OK);
	(void)report_checkpoint("unmapped");
	store(&g, g.mem, PAGES, 6);
	(void)SEE_WORD("own", load(&u, u.mem, PAGES), word_of(5));
}

/* Two have mapped the grant, and there are frames for one. */
static void
revoking(const char *name, bool by_gid, unsigned int i)
{
	int before = records(&g), r;

	store(&g, g.mem, PAGES, i);
	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	CHECK_STATUS(map(&v, g.ep, gid, 1), OK);
	(void)hog(PAGES + pick("left", i, PAGES));
	r = by_gid ? on_grant(&g, S_REV_GID, gid) : revoke_addr(&g, g.mem);
	unhog();
	(void)see(name, r, -ENOMEM, __FILE__, __LINE__);
	CHECK_EQ(records(&g), before + 1);
	store(&g, g.mem, PAGES, i + 1);
	CHECK((load(&u, u.mem, PAGES) == word_of(i)) !=
	    (load(&v, v.mem, PAGES) == word_of(i)));
	CHECK((load(&u, u.mem, PAGES) == word_of(i + 1)) !=
	    (load(&v, v.mem, PAGES) == word_of(i + 1)));
	r = by_gid ? on_grant(&g, S_REV_GID, gid) : revoke_addr(&g, g.mem);
	CHECK_STATUS(r, OK);
	CHECK_EQ(records(&g), before);
}

/* None can be ended; all go on. */
static void
revoking_none(void)
{
	int before = records(&g), r;

	CHECK_STATUS(map(&u, g.ep, gid, 1), OK);
	CHECK_STATUS(map(&v, g.ep, gid, 1), OK);
	(void)hog(pick("left", 9, PAGES));
	r = on_grant(&g, S_REV_GID, gid);
	unhog();
	(void)SEE("revoke-none", r, -ENOMEM);
	CHECK_EQ(records(&g), before + 2);
	together("none-ended", 20);
	(void)SEE_WORD("nor-other", load(&v, v.mem, PAGES), word_of(21));
	(void)SEE("revoke-all", on_grant(&g, S_REV_GID, gid), OK);
	CHECK_EQ(records(&g), before);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-memory");
	CHECK_STATUS(agent_start(&w, 'w'), OK);
	CHECK_STATUS(agent_start(&v, 'v'), OK);
	gid = grant(&g, ANY, RWM);
	u.op.from = g.ep;
	store(&g, g.mem, PAGES, 0);
	store(&u, u.mem, PAGES, 0);
	store(&v, v.mem, PAGES, 0);
	CHECK_GE(records(&g), 0);
	most = hog(ENOUGH);
	CHECK_GT(most, 0);
	CHECK_GT(hog(0), most); /* the tables for that much stay */
	unhog();
	untouched();
	partners();
	tables();
	unmapping();
	revoking("revoke-one", true, 10);
	revoking("revoke-one-address", false, 14);
	revoking_none();
	(void)report_checkpoint("end");
	return agents_close();
}
