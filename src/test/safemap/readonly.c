/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. A window that is mapped to be read: it shows what the owner
 * stores, and what stores to it dies, alone; the kernel does not store there
 * either, on nobody's behalf. Others have mapped the same pages writable. When
 * the mapping has ended, or nobody else is left, it is memory like any other.
 */
#include "test/safemap/client.h"

/* One page's store; does it kill? */
static bool
store_dies(struct agent *a, vir_bytes addr)
{
	a->op.call = S_STORE;
	a->op.addr = addr;
	a->op.len = PAGE;
	a->op.word = word_of(99);
	return agent_dies(a);
}

static void
reader_dies(void)
{
	struct agent r;
	int gid = grant(&g, ANY, RWM);

	CHECK(agent_start_once(&r, 'r') == OK);
	store(&g, g.mem, PAGES, 0);
	CHECK(map(&u, g.ep, gid, 1) == OK);
	(void)SEE("map", map(&r, g.ep, gid, 0), OK);
	show("owner", g.ep, g.mem);
	show("user", u.ep, u.mem);
	show("reader", r.ep, r.mem);
	(void)report_checkpoint("three");
	(void)SEE_WORD("seen", load(&r, r.mem, PAGES), word_of(0));
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("again", load(&r, r.mem, PAGES), word_of(1));
	store(&u, u.mem, PAGES, 2);
	(void)SEE_WORD("by-user", load(&r, r.mem, PAGES), word_of(2));
	(void)SEE("store-kills", store_dies(&r, r.mem), 1);
	(void)SEE_WORD("owner", load(&g, g.mem, PAGES), word_of(2));
	(void)SEE_WORD("user", load(&u, u.mem, PAGES), word_of(2));
	store(&g, g.mem, PAGES, 3);
	(void)SEE_WORD("others-go-on", load(&u, u.mem, PAGES), word_of(3));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

/* Copies into the window: its own, another's, of whole pages and of few
 * bytes. */
static void
kernel_stores(void)
{
	int gid = grant(&g, ANY, RWM), back;
	int from = grant(&w, ANY, CPF_READ), size;

	store(&g, g.mem, PAGES, 4);
	store(&w, w.mem, PAGES, 5);
	CHECK(map(&u, g.ep, gid, 0) == OK);
	u.op.from = w.ep;
	(void)SEE("copy", copy(&u, S_FROM, from, u.mem, RANGE), -EFAULT);
	for (size = 1; size <= 4096; size *= 8)
		CHECK(copy(&u, S_FROM, from, u.mem + 8, (vir_bytes)size) ==
		    -EFAULT);
	back = grant_part(&u, w.ep, u.mem, RANGE, CPF_READ | CPF_WRITE);
	w.op.from = u.ep;
	(void)SEE("copy-by-other", copy(&w, S_TO, back, w.mem, RANGE), -EFAULT);
	(void)SEE("read-by-other", copy(&w, S_FROM, back, w.mem, RANGE), OK);
	(void)SEE_WORD("owner-untouched", load(&g, g.mem, PAGES), word_of(4));
	(void)SEE_WORD("window-untouched", load(&u, u.mem, PAGES), word_of(4));
	(void)SEE_WORD("read", load(&w, w.mem, PAGES), word_of(4));
	CHECK(on_grant(&u, S_REVOKE, back) == OK);
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

/* The memory of the owner stays writable, even right after it was shared in
 * another way. */
static void
owner_writes(void)
{
	int gid = grant(&g, ANY, RWM), child;

	store(&g, g.mem, PAGES, 6);
	child = split(&g, 0, 0, 0);
	CHECK(child > 0 && let_go(&g, child) == 0);
	CHECK(map(&u, g.ep, gid, 0) == OK);
	(void)report_checkpoint("owner-may");
	store(&g, g.mem, PAGES, 7);
	(void)SEE_WORD("owner-writes", load(&u, u.mem, PAGES), word_of(7));
	CHECK(on_grant(&g, S_REVOKE, gid) == OK);
}

/* Afterwards it can be written. */
static void
ends(void)
{
	int gid = grant(&g, ANY, RM);

	store(&g, g.mem, PAGES, 8);
	CHECK(map(&u, g.ep, gid, 0) == OK);
	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
	store(&u, u.mem, PAGES, 9);
	(void)SEE_WORD("after-revoke", load(&u, u.mem, PAGES), word_of(9));
	CHECK(map(&u, g.ep, gid, 0) == OK);
	CHECK(unmap(&u, u.mem) == OK);
	store(&u, u.mem, PAGES, 10);
	(void)SEE_WORD("after-unmap", load(&u, u.mem, PAGES), word_of(10));
	CHECK(map(&u, g.ep, gid, 0) == OK);
	CHECK(agent_end(&g) == OK);
	(void)SEE_WORD("owner-gone", load(&u, u.mem, PAGES), word_of(8));
	store(&u, u.mem, PAGES, 11);
	(void)SEE_WORD("alone", load(&u, u.mem, PAGES), word_of(11));
	(void)SEE("unmap-alone", unmap(&u, u.mem), OK);
	(void)SEE_WORD("alone-still", load(&u, u.mem, PAGES), word_of(11));
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safemap-readonly");
	CHECK(agent_start(&w, 'w') == OK);
	reader_dies();
	kernel_stores();
	owner_writes();
	ends();
	return agents_close();
}
