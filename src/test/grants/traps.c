/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A10. What grants have been got wrong elsewhere: a table in a page
 * that was not touched yet, devices that reach through any grant, a server
 * that reads whatever it is told to, two checks that meet, grants that leak.
 * The table of all of them is in test/safecopy/client.h.
 */
#include <time.h>

#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/grants/client.h"

#include "test/report/report.h"

PROTO_STUB(VM_INFO, vm_info)

static vir_bytes
fresh(struct agent *who)
{
	who->op.call = G_FRESH;
	return (vir_bytes)agent_do(who);
}

static uint32_t
frames_of(const struct agent *who)
{
	struct vm_info_req req = { .ep = who->ep };
	struct vm_info_rep rep = { 0 };

	CHECK(call_vm_info(VM_PROC_NR, &req, &rep) == OK);
	return rep.frames;
}

/* The record is fetched, though nobody has touched its page: it is no grant,
 * but now it is there. */
static void
untouched_table(void)
{
	vir_bytes page = fresh(&g);
	uint32_t before = frames_of(&g);

	g.op.call = G_ANNOUNCE;
	g.op.addr = page;
	g.op.len = 10;
	CHECK(agent_do(&g) == OK);
	CHECK(copy(&u, G_FROM, g.ep, 0, 0, 10) == -EPERM);
	CHECK(frames_of(&g) == before + 1);
	CHECK(on_grant(&g, G_RESTORE, 0) == OK);
}

/* What a device may be told through a grant. */
static int
umap(struct agent *who, int gid, vir_bytes offset, vir_bytes len, int access)
{
	who->op.call = G_UMAP;
	who->op.from = g.ep;
	who->op.gid = gid;
	who->op.offset = offset;
	who->op.len = len;
	who->op.access = access;
	return agent_do(who);
}

static void
devices(void)
{
	int rd = direct(&g, u.ep, g.arena, 100, CPF_READ);
	int wr = direct(&g, u.ep, g.arena, 100, CPF_WRITE);

	CHECK(umap(&u, rd, 0, 100, CPF_READ) == OK);
	CHECK(umap(&u, wr, 0, 100, CPF_WRITE) == OK);
	CHECK(umap(&u, rd, 0, 100, CPF_WRITE) == -EPERM);
	CHECK(umap(&u, rd, 0, 100, CPF_READ | CPF_WRITE) == -EPERM);
	CHECK(umap(&u, wr, 0, 100, CPF_READ) == -EPERM);
	CHECK(umap(&u, rd, 0, 100, 0) == -EINVAL);
	CHECK(umap(&u, rd, 1, 100, CPF_READ) == -EPERM);
	CHECK(umap(&w, rd, 0, 100, CPF_READ) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, rd) == OK);
	CHECK(umap(&u, rd, 0, 100, CPF_READ) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, wr) == OK);
}

/* g has granted DS something; w cannot make DS read it. */
static void
deputy(void)
{
	int gid = direct(&g, DS_PROC_NR, g.arena, 100, CPF_READ);

	while (GRANT_IDX(gid) < 3) /* of which w has none */
		gid = direct(&g, DS_PROC_NR, g.arena, 100, CPF_READ);
	w.op.call = G_DEPUTE;
	w.op.gid = gid;
	w.op.len = 79;
	CHECK(agent_do(&w) == -EPERM);
	CHECK(on_grant(&g, G_REVOKE, gid) == OK);
}

/* A copy to where nothing is yet, so that it waits for VM. */
static vir_bytes
begin(struct agent *who, endpoint_t from, int gid)
{
	vir_bytes to = fresh(who);

	who->op.call = G_FROM;
	who->op.from = from;
	who->op.gid = gid;
	who->op.offset = 0;
	who->op.addr = to;
	who->op.len = 4096;
	who->op.box.asked++;
	return to;
}

/* Two whose checks wait at the same time. */
static void
at_once(void)
{
	const struct timespec tick = { 0, 10000000 };
	int one = direct(&g, u.ep, g.arena, 4096, CPF_READ);
	int two = direct(&u, w.ep, u.arena + 4096, 4096, CPF_READ);
	int i, right = 0;
	vir_bytes a, b;

	for (i = 0; i < 20; i++) {
		a = begin(&u, g.ep, one);
		b = begin(&w, u.ep, two);
		while (u.op.box.done != u.op.box.asked ||
		    w.op.box.done != w.op.box.asked)
			(void)nanosleep(&tick, NULL);
		CHECK(u.op.result == OK && w.op.result == OK);
		right += peek(&u, a) == 'g' && peek(&w, b) == 'u';
	}
	CHECK(right == 20);
}

/* The next grant gets the entry it would have got before. */
static int
next_entry(void)
{
	g.op.call = G_CHURN;
	g.op.who = u.ep;
	g.op.addr = g.arena;
	g.op.len = 1;
	return GRANT_IDX(agent_do(&g));
}

static void
leaks(void)
{
	int before = next_entry();

	g.op.call = G_LEAK;
	g.op.len = 100;
	CHECK(agent_do(&g) == -EINVAL);
	CHECK(next_entry() == before);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "grants-traps");
	untouched_table();
	devices();
	deputy();
	at_once();
	leaks();
	return agents_close();
}
