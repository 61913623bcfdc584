/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B8. Whatever becomes of a start, and of a service, everything comes
 * back: rows of RS, processes, privileges, frames. More services fail, crash
 * and go than there is room for in any table. When a table is full the next
 * service is refused, and that is all.
 */
#include <stdio.h>
#include <string.h>
#include <sys/lacuna.h>

#include <lacuna/msgcall.h>
#include <proto/pm_info.h>
#include <proto/vm.h>

#include "test/program/program.h"
#include "test/rs/client.h"

PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)
PROTO_STUB(VM_INFO, vm_info)

#define ROUNDS (NR_SYS_PROCS + 4) /* of each way to end */

/* What is in use. */
struct usage {
	int rows, processes, frames;
};

static void
look(struct usage *u)
{
	static struct rs_info table[NR_SYS_PROCS];
	struct rs_getsysinfo_req all = { (vir_bytes)table, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rows = { 0 };
	struct vm_info_req vm = { .ep = SELF };
	struct vm_info_rep memory = { 0 };
	struct pm_procinfo info;
	int slot = 0;

	pause_ms(500); /* VFS and PM forget the dead in their own time */
	CHECK(call_rs_getsysinfo(RS_PROC_NR, &all, &rows) == OK);
	CHECK(call_vm_info(VM_PROC_NR, &vm, &memory) == OK);
	*u = (struct usage){ .rows = (int)rows.rows,
		.frames = (int)(memory.frames_total - memory.frames_free) };
	while ((slot = getprocinfo(slot, &info)) >= 0)
		u->processes++;
}

/* One round of a kind. */
static void
up_bad(void)
{
	CHECK(agent_up("t.leak", "fail", 0, 0) == -EIO);
}

static void
up_crash(void)
{
	CHECK(agent_up("t.leak", "crash", 0, 0) == -EINTR);
}

/* Its process is there when its arguments turn out to be too many. */
static void
up_refused(void)
{
	CHECK(agent_up("t.leak", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", 0,
		  0) == -E2BIG);
}

static void
up_end(void)
{
	CHECK(agent_up("t.leak", "quit", RSS_ONCE | RSS_WAIT_END, 0) == 7);
}

static void
up_down(void)
{
	CHECK(agent_up("t.leak", "ok", 0, 0) == OK);
	CHECK(label_request(RS_DOWN, "t.leak") == OK);
}

static void
refresh(void)
{
	CHECK(label_request(RS_REFRESH, "t.stay") == OK);
}

static const struct {
	const char *name;
	void (*once)(void);
} kinds[] = {
	{ "fails", up_bad },
	{ "crashes", up_crash },
	{ "is refused", up_refused },
	{ "ends", up_end },
	{ "goes down", up_down },
	{ "is refreshed", refresh },
};

static void
try_kind(size_t k)
{
	struct usage before, after;
	int i;

	kinds[k].once(); /* what is made once, and stays */
	look(&before);
	for (i = 0; i < ROUNDS; i++)
		kinds[k].once();
	look(&after);
	if (CHECK(after.rows == before.rows) &&
	    CHECK(after.processes == before.processes) &&
	    CHECK(after.frames <= before.frames))
		return;
	(void)report_note("%s: rows %d %d, processes %d %d, frames %d %d",
	    kinds[k].name, before.rows, after.rows, before.processes,
	    after.processes, before.frames, after.frames);
}

static const char *
numbered(int n)
{
	static char label[16];

	snprintf(label, sizeof label, "t.%d", n);
	return label;
}

/* As many services as there can be, and one more. */
static void
try_full(void)
{
	struct usage before, after;
	int n = 0, r, i;

	look(&before);
	while (
	    (r = agent_up(numbered(n), "ok", 0, 0)) == OK && n < NR_SYS_PROCS)
		n++;
	(void)report_note("%d services, then %d", n, r);
	CHECK(n > 0 && (r == -ENOSPC || r == -ENOMEM));
	CHECK(label_request(RS_REFRESH, numbered(0)) == OK);
	for (i = 0; i < n; i++)
		CHECK(label_request(RS_DOWN, numbered(i)) == OK);
	look(&after);
	CHECK(after.rows == before.rows);
	CHECK(after.processes == before.processes);
	CHECK(agent_up(numbered(n), "ok", 0, 0) == OK);
	CHECK(label_request(RS_DOWN, numbered(n)) == OK);
}

int
main(int argc, char **argv)
{
	size_t k;

	(void)report_begin("rs-leak", argc > 1 ? argv[1] : NULL);
	CHECK(agent_up("t.stay", "ok", 0, 0) == OK);
	for (k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		try_kind(k);
	try_full();
	CHECK(label_request(RS_DOWN, "t.stay") == OK);
	return report_end();
}
