/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. A grant that is mapped is memory in common: what either side
 * stores the other sees at once, and a third process that maps it, too; so is
 * what the kernel copies there. A part of the grant is mapped where it was
 * asked for, and only there, whatever its size and wherever tables of pages
 * begin. Memory that nobody has touched can be mapped. The kernel has a record
 * of each mapping.
 *
 * No window is ended here, so each has memory of its own.
 */
#include "test/safemap/client.h"

static void
both_ways(void)
{
	int gid = grant(&g, u.ep, RWM);

	store(&g, g.mem, PAGES, 0);
	store(&u, u.mem, PAGES, 13); /* which nobody will miss */
	show("owner", g.ep, g.mem);
	show("window", u.ep, u.mem);
	(void)report_checkpoint("before");
	(void)SEE("map", map(&u, g.ep, gid, 1), OK);
	(void)SEE_WORD("seen", load(&u, u.mem, PAGES), word_of(0));
	store(&u, u.mem, PAGES, 1);
	(void)SEE_WORD("back", load(&g, g.mem, PAGES), word_of(1));
	store(&g, g.mem, PAGES, 2);
	(void)SEE_WORD("again", load(&u, u.mem, PAGES), word_of(2));
	(void)report_checkpoint("mapped");
	store(&u, u.mem + 2 * PAGE, 1, 3);
	(void)SEE_WORD("page", load(&g, g.mem + 2 * PAGE, 1), word_of(3));
}

/* The kernel's record says what has been asked for. */
static void
recorded(void)
{
	vir_bytes theirs = room(&g, PAGES), mine = room(&u, PAGES);
	int gid = grant_part(&g, u.ep, theirs, RANGE, RWM);
	int before = records(&g), its_own = records_of(&g, u.ep);
	struct map_info m;

	CHECK_STATUS(map_part(&u, gid, PAGE, mine + PAGE, 2 * PAGE, 1), OK);
	(void)SEE("records", records(&g) - before, 1);
	(void)SEE("own-records", records_of(&g, u.ep) - its_own, 1);
	m = *record_of(&g, u.ep, mine + PAGE);
	(void)SEE("record", m.grantee == u.ep, 1);
	CHECK_ADDR(m.length, 2 * PAGE);
	CHECK_NE(m.writable, 0);
	CHECK_EQ(m.owner, g.ep);
	CHECK_ADDR(m.owner_addr, theirs + PAGE);
	CHECK_EQ(record_of(&g, u.ep, mine)->grantee, NONE);
}

/* Two pages in the middle of the grant, in the middle of other memory. */
static void
part(void)
{
	vir_bytes theirs = room(&g, PAGES), at = room(&u, 6);
	int gid = grant_part(&g, u.ep, theirs, RANGE, RWM);

	store(&u, at, 6, 4);
	store(&g, theirs, PAGES, 5);
	(void)SEE("map-part",
	    map_part(&u, gid, PAGE, at + 3 * PAGE, 2 * PAGE, 1), OK);
	(void)SEE_WORD("part", load(&u, at + 3 * PAGE, 2),
	    word_of(5) + PAGE / 4);
	(void)SEE_WORD("before", load(&u, at, 3), word_of(4));
	(void)SEE_WORD("behind", load(&u, at + 5 * PAGE, 1),
	    word_of(4) + 5 * PAGE / 4);
	store(&u, at, 6, 6);
	(void)SEE_WORD("granted-before", load(&g, theirs, 1), word_of(5));
	(void)SEE_WORD("granted", load(&g, theirs + PAGE, 2),
	    word_of(6) + 3 * PAGE / 4);
	(void)SEE_WORD("granted-behind", load(&g, theirs + 3 * PAGE, 1),
	    word_of(5) + 3 * PAGE / 4);
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
}

/* Three who share, and the kernel's copies. */
static void
three(void)
{
	vir_bytes theirs = room(&g, PAGES), mine = room(&u, PAGES);
	vir_bytes buf = room(&w, PAGES);
	int gid = grant_part(&g, ANY, theirs, RANGE, RWM);

	CHECK_STATUS(map_part(&u, gid, 0, mine, RANGE, 1), OK);
	CHECK_STATUS(map(&w, g.ep, gid, 1), OK);
	store(&w, w.mem, PAGES, 10);
	(void)SEE_WORD("third", load(&u, mine, PAGES), word_of(10));
	store(&w, buf, PAGES, 11);
	(void)SEE("copy", copy(&w, S_TO, gid, buf, RANGE), OK);
	(void)SEE_WORD("copied", load(&u, mine, PAGES), word_of(11));
	(void)SEE_WORD("copied-owner", load(&g, theirs, PAGES), word_of(11));
	show("shared", g.ep, theirs);
	show("third", w.ep, w.mem);
	(void)report_checkpoint("three");
	store(&u, mine, PAGES, 12);
	CHECK_STATUS(copy(&w, S_FROM, gid, buf, RANGE), OK);
	(void)SEE_WORD("copied-back", load(&w, buf, PAGES), word_of(12));
}

#define SHAPES 3 /* sizes and places, drawn */
#define FAR    0x90000000u

/* Drawn pages, of which the first some are in front of the end of a table, on
 * either side. Some of them the owner shares with a child, which is held; some
 * it has stored to since, and some it has never touched. */
static void
shape(unsigned int i)
{
	static const char *const name[SHAPES] = { "shape0", "shape1",
		"shape2" };
	unsigned int n = pick("shape", i, 30) + 3;
	unsigned int old = pick("shape-old", i, n - 2) + 2;
	vir_bytes border = FAR + 2 * i * TABLE;
	vir_bytes theirs = border - pick("shape-owner", i, n + 1) * PAGE;
	vir_bytes mine = border + TABLE - pick("shape-window", i, n + 1) * PAGE;
	int gid, child;

	CHECK_ADDR(room_at(&g, theirs, n, VM_PROT_READ | VM_PROT_WRITE),
	    theirs);
	CHECK_ADDR(room_at(&u, mine, n, VM_PROT_READ | VM_PROT_WRITE), mine);
	gid = grant_part(&g, u.ep, theirs, n * PAGE, RWM);
	store(&g, theirs, old, 20 + i);
	store(&u, mine + PAGE, n - 2, 30 + i);
	child = split(&g, 0, 0, 0);
	store(&g, theirs, 1, 20 + i);
	CHECK_STATUS(map_part(&u, gid, 0, mine, n * PAGE, 1), OK);
	show_part("shape-owner", g.ep, theirs, n);
	show_part("shape-window", u.ep, mine, n);
	show_part("shape-partner", g.op.who, theirs, n);
	(void)report_checkpoint(name[i]);
	(void)see_word(name[i], load(&u, mine, old), word_of(20 + i), __FILE__,
	    __LINE__);
	if (old < n)
		CHECK_ADDR(load(&u, mine + old * PAGE, n - old), 0);
	store(&u, mine, n, 40 + i);
	CHECK_ADDR(load(&g, theirs, n), word_of(40 + i));
	CHECK_EQ(let_go(&g, child), 0);
}

int
main(int argc, char **argv)
{
	unsigned int i;

	agents_open(argc, argv, "safemap-map");
	CHECK_STATUS(agent_start(&w, 'w'), OK);
	both_ways();
	recorded();
	part();
	untouched();
	image();
	three();
	for (i = 0; i < SHAPES; i++)
		shape(i);
	return agents_close();
}
