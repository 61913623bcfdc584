/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. There are only so many mappings, of one process and in all: one
 * more is -EBUSY, and nothing else. What is unmapped, revoked, or goes with
 * its process makes room again. No process can take everything.
 */
#include "test/safemap/client.h"

#define EACH  128 /* windows of one process */
#define ALL   512 /* and of all together */
#define USERS (ALL / EACH)
#define SPARE 4

static struct agent user[USERS + 1];
static vir_bytes windows[USERS + 1]; /* EACH + SPARE pages of user i */
static int gid;

/* Map n pages of user i, the first of them at a page of its windows. */
static int
many(int i, unsigned int at, unsigned int n)
{
	struct agent *a = &user[i];

	a->op.call = S_MANY;
	a->op.from = g.ep;
	a->op.gid = gid;
	a->op.offset = 0;
	a->op.addr = windows[i] + at * PAGE;
	a->op.len = n;
	a->op.access = 1;
	return agent_do(a);
}

static int
start(int i)
{
	int r = agent_start(&user[i], (char)('0' + i));

	windows[i] = r == OK ? room(&user[i], EACH + SPARE) : 0;
	return r;
}

/* One process takes what it can get. */
static void
one(void)
{
	(void)SEE("windows", many(0, 0, EACH + SPARE), EACH);
	(void)SEE("too-many", (int)user[0].op.word, -EBUSY);
	store(&g, g.mem, PAGES, 0);
	(void)SEE_WORD("first", load(&user[0], windows[0], 1), word_of(0));
	(void)SEE_WORD("last",
	    load(&user[0], windows[0] + (EACH - 1) * PAGE, 1), word_of(0));
	user[0].op.call = S_NONE;
	user[0].op.addr = windows[0] + PAGE;
	user[0].op.len = SPARE;
	(void)SEE("unmap", agent_do(&user[0]), OK);
	(void)SEE("room", many(0, EACH, SPARE), SPARE);
	(void)SEE("full-again", many(0, 1, 1), 0);
	(void)SEE("others", many(1, 0, SPARE), SPARE);
}

/* All of them, until there is no room for anybody. */
static void
all(void)
{
	int i, n = 0;

	CHECK(on_grant(&g, S_REV_GID, gid) == OK);
	for (i = 0; i < USERS; i++)
		n += many(i, 0, EACH);
	(void)SEE("all", n, ALL);
	(void)SEE("none-left", many(USERS, 0, 1), 0);
	(void)SEE("busy", (int)user[USERS].op.word, -EBUSY);
	show("owner", g.ep, g.mem);
	(void)report_checkpoint("full");
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("well", load(&user[2], windows[2] + 77 * PAGE, 1),
	    word_of(1));
	CHECK(agent_end(&user[2]) == OK);
	(void)SEE("after-exit", many(USERS, 0, EACH), EACH);
	(void)SEE("revoke-all", on_grant(&g, S_REV_GID, gid), OK);
	(void)report_checkpoint("revoked");
	store(&g, g.mem, PAGES, 2);
	(void)SEE_WORD("kept", load(&user[3], windows[3] + 5 * PAGE, 1),
	    word_of(1));
	(void)SEE("after-revoke", many(0, 0, EACH), EACH);
}

int
main(int argc, char **argv)
{
	int i, bad = 0;

	agents_open(argc, argv, "safemap-full");
	gid = grant(&g, ANY, RWM);
	for (i = 0; i <= USERS; i++)
		bad += start(i) != OK;
	(void)SEE("users", bad, 0);
	one();
	all();
	return agents_close();
}
