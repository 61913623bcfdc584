/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A8, A10. Grants that are passed on: five hops work, the sixth and a
 * circle give ELOOP, rights do not grow on the way, each link must be for who
 * uses it, and who takes one back or dies cuts the chain.
 */
#include "test/grants/client.h"

#include "test/report/report.h"

/* A chain of `hops` that ends at g's grant; the last is for u. */
static int
chain(int hops, int access)
{
	struct agent *who = &g, *next;
	int gid = direct(&g, w.ep, g.arena, 100, access), i;

	for (i = 0; i < hops; i++) {
		next = who == &w ? &g : &w;
		gid = indirect(next, i == hops - 1 ? u.ep : who->ep, who->ep,
		    gid);
		who = next;
	}
	return gid;
}

/* Use a chain of so many hops. */
static int
use(int hops, int call, int access)
{
	int gid = chain(hops, access);

	CHECK(gid >= 0);
	return copy(&u, call, hops % 2 ? w.ep : g.ep, gid, 0, 10);
}

static void
circle(void)
{
	int gid = indirect(&w, u.ep, w.ep, 0), other;

	/* A record that names itself, for everybody. */
	CHECK(on_grant(&w, G_REVOKE, gid) == OK);
	other = indirect(&w, ANY, w.ep, 0);
	CHECK(GRANT_IDX(other) == GRANT_IDX(gid));
	CHECK(on_grant(&w, G_REVOKE, other) == OK);
	other = indirect(&w, ANY, w.ep,
	    GRANT_ID(GRANT_IDX(other), (GRANT_SEQ(other) + 1) % GRANT_MAX_SEQ));
	CHECK(copy(&u, G_FROM, w.ep, other, 0, 10) == -ELOOP);
	CHECK(on_grant(&w, G_REVOKE, other) == OK);
}

static void
links(void)
{
	int gid = direct(&g, w.ep, g.arena, 100, CPF_READ);
	int on = indirect(&w, u.ep, g.ep, gid);
	int wrong = direct(&g, u.ep, g.arena, 100, CPF_READ), over;

	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == OK);
	CHECK(copy(&u, G_FROM, w.ep, on, 0, 101) == -EPERM);
	CHECK(copy(&u, G_FROM, g.ep, gid, 0, 10) == -EPERM); /* it is w's */
	over = indirect(&w, u.ep, g.ep, wrong);
	CHECK(copy(&u, G_FROM, w.ep, over, 0, 10) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == -EPERM);
	CHECK(on_grant(&w, G_REVOKE, on) == OK);
	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == -EPERM);
}

static void
death(void)
{
	int gid = direct(&g, w.ep, g.arena, 100, CPF_READ);
	int on = indirect(&w, u.ep, g.ep, gid);

	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == OK);
	CHECK(service_stop("grants.g") == OK);
	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == -EINVAL);
	CHECK(agent_start(&g, 'g') == OK);
	CHECK(copy(&u, G_FROM, w.ep, on, 0, 10) == -EINVAL);
}

int
main(int argc, char **argv)
{
	int hops;

	agents_open(argc, argv, "grants-chain");
	for (hops = 1; hops <= MAX_INDIRECT_DEPTH; hops++)
		CHECK(use(hops, G_FROM, CPF_READ) == OK);
	CHECK(use(MAX_INDIRECT_DEPTH + 1, G_FROM, CPF_READ) == -ELOOP);
	CHECK(use(1, G_TO, CPF_READ) == -EPERM);
	CHECK(use(3, G_TO, CPF_READ) == -EPERM);
	CHECK(use(3, G_TO, CPF_WRITE) == OK);
	circle();
	links();
	death();
	return agents_close();
}
