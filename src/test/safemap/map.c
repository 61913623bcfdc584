/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. A grant that is mapped is memory in common: what either side
 * stores the other sees at once, and a third process that maps it, too; so is
 * what the kernel copies there. A part of the grant is mapped where it was
 * asked for, and only there. Memory that nobody has touched can be mapped.
 */
#include "test/safemap/client.h"

static void
both_ways(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 0);
	store(&u, u.mem, PAGES, 13); /* which nobody will miss */
	(void)report_checkpoint("before");
	(void)SEE("map", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("seen", load(&u, u.mem, PAGES), word_of(0));
	store(&u, u.mem, PAGES, 1);
	(void)SEE_WORD("back", load(&g, g.mem, PAGES), word_of(1));
	store(&g, g.mem, PAGES, 2);
	(void)SEE_WORD("again", load(&u, u.mem, PAGES), word_of(2));
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)report_checkpoint("mapped");
	store(&u, u.mem + 2 * PAGE, 1, 3);
	(void)SEE_WORD("page", load(&g, g.mem + 2 * PAGE, 1), word_of(3));
	CHECK(unmap(&u, u.mem) == OK);
}

/* Two pages in the middle of the grant, in the middle of other memory. */
static void
part(void)
{
	int gid = grant(&g, u.ep, RWM);
	vir_bytes at = room(&u, 6);

	store(&u, at, 6, 4);
	store(&g, g.mem, PAGES, 5);
	(void)SEE("map-part",
	    map_part(&u, gid, PAGE, at + 3 * PAGE, 2 * PAGE, 1), OK);
	(void)SEE_WORD("part", load(&u, at + 3 * PAGE, 2),
	    word_of(5) + PAGE / 4);
	(void)SEE_WORD("before", load(&u, at, 3), word_of(4));
	(void)SEE_WORD("behind", load(&u, at + 5 * PAGE, 1),
	    word_of(4) + 5 * PAGE / 4);
	store(&u, at, 6, 6);
	(void)SEE_WORD("granted-before", load(&g, g.mem, 1), word_of(5));
	(void)SEE_WORD("granted", load(&g, g.mem + PAGE, 2),
	    word_of(6) + 3 * PAGE / 4);
	(void)SEE_WORD("granted-behind", load(&g, g.mem + 3 * PAGE, 1),
	    word_of(5) + 3 * PAGE / 4);
	CHECK(unmap(&u, at + 3 * PAGE) == OK);
}

static void
untouched(void)
{
	vir_bytes theirs = room(&g, PAGES), mine = room(&u, PAGES);
	int gid = grant_part(&g, u.ep, theirs, RANGE, RWM);

	(void)SEE("map-untouched", map_part(&u, gid, 0, mine, RANGE, 1), OK);
	(void)SEE_WORD("zeros", load(&u, mine, PAGES), 0);
	store(&u, mine, PAGES, 7);
	(void)SEE_WORD("no-zeros", load(&g, theirs, PAGES), word_of(7));
	CHECK(unmap(&u, mine) == OK);
}

/* Memory of the program's image, which is not VM's in another way. */
static void
image(void)
{
	vir_bytes theirs, mine;
	int gid;

	g.op.call = u.op.call = S_ARENA;
	theirs = (vir_bytes)agent_do(&g);
	mine = (vir_bytes)agent_do(&u);
	gid = grant_part(&g, u.ep, theirs, ARENA_PAGES * PAGE, RWM);
	store(&g, theirs, ARENA_PAGES, 8);
	(void)SEE("map-image",
	    map_part(&u, gid, 0, mine, ARENA_PAGES * PAGE, 1), OK);
	(void)SEE_WORD("image", load(&u, mine, ARENA_PAGES), word_of(8));
	store(&u, mine, ARENA_PAGES, 9);
	(void)SEE_WORD("image-back", load(&g, theirs, ARENA_PAGES), word_of(9));
	CHECK(unmap(&u, mine) == OK);
}

/* Three who share, and the kernel's copies. */
static void
three(void)
{
	int gid = grant(&g, ANY, RWM);
	vir_bytes buf = room(&w, PAGES);

	CHECK(map(&u, g.ep, gid, 1) == OK);
	CHECK(map(&w, g.ep, gid, 1) == OK);
	store(&w, w.mem, PAGES, 10);
	(void)SEE_WORD("third", load(&u, u.mem, PAGES), word_of(10));
	store(&w, buf, PAGES, 11);
	(void)SEE("copy", copy(&w, S_TO, gid, buf, RANGE), OK);
	(void)SEE_WORD("copied", load(&u, u.mem, PAGES), word_of(11));
	(void)SEE_WORD("copied-owner", load(&g, g.mem, PAGES), word_of(11));
	show("third", w.ep, w.mem);
	(void)report_checkpoint("three");
	store(&u, u.mem, PAGES, 12);
	CHECK(copy(&w, S_FROM, gid, buf, RANGE) == OK);
	(void)SEE_WORD("copied-back", load(&w, buf, PAGES), word_of(12));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-map");
	CHECK(agent_start(&w, 'w') == OK);
	both_ways();
	part();
	untouched();
	image();
	three();
	return agents_close();
}
