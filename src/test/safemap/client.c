/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Agents as a test sees them, see test/safemap/client.h. */
#include "test/safemap/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <time.h>

#include <lacuna/msgcall.h>
#include <proto/pm.h>

#define AGENT     "/test/safemap-agent"
#define AGENT_MAX 12

struct agent g, u, w;
unsigned int run_pages;

static struct agent *agents[AGENT_MAX]; /* that run, or did */
static const char *test_name;           /* without "safemap-" */

/* First things first: memory to play with. */
static int
settle(struct agent *a)
{
	int i;

	for (i = 0; i < AGENT_MAX - 1; i++)
		if (agents[i] == NULL || agents[i] == a)
			break;
	agents[i] = a;
	a->mem = room(a, PAGES);
	return a->mem % PAGE == 0 ? OK : (int)a->mem;
}

static void
christen(struct agent *a, char who)
{
	memset(a, 0, sizeof *a);
	snprintf(a->label, sizeof a->label, "%s.%c", test_name, who);
}

int
agent_start(struct agent *a, char who)
{
	int r;

	christen(a, who);
	r = service_start(AGENT, a->label, &a->op.box, &a->ep);
	return r == OK ? settle(a) : r;
}

int
agent_start_once(struct agent *a, char who)
{
	int r;

	christen(a, who);
	r = service_start_once(AGENT, a->label, &a->op.box, &a->ep);
	return r == OK ? settle(a) : r;
}

int
agent_stop(struct agent *a)
{
	return service_stop(a->label);
}

int
agent_do(struct agent *a)
{
	mailbox_ask(&a->op.box);
	return a->op.result;
}

/* Is there such a process? */
static bool
exists(endpoint_t ep)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.ep == ep && info.state != 'Z')
			return true;
	return false;
}

static void
wait_a_tick(void)
{
	const struct timespec tick = { 0, 10000000 };

	(void)nanosleep(&tick, NULL); /* a signal only shortens it */
}

bool
agent_dies(struct agent *a)
{
	a->op.box.asked++;
	while (a->op.box.done != a->op.box.asked) {
		wait_a_tick();
		if (!exists(a->ep))
			return true;
	}
	return false;
}

void
agents_open(int argc, char **argv, const char *test)
{
	int r;

	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
	run_pages = 4 + pick("pages", 0, 4);
	test_name = test + strlen("safemap-");
	r = agent_start(&g, 'g');
	if (r == OK)
		r = agent_start(&u, 'u');
	if (r == OK)
		return;
	(void)SEE("agents", r, OK);
	exit(agents_close());
}

int
agents_close(void)
{
	int i;

	for (i = 0; i < AGENT_MAX; i++)
		if (agents[i] != NULL)
			(void)agent_stop(agents[i]); /* it may have gone */
	return report_end();
}

uint32_t
word_of(unsigned int i)
{
	return nonce_u32(report_nonce(), "word", i);
}

unsigned int
pick(const char *label, unsigned int i, unsigned int n)
{
	return nonce_u32(report_nonce(), label, i) % n;
}

vir_bytes
room_at(struct agent *a, vir_bytes addr, unsigned int pages, int prot)
{
	a->op.call = S_ROOM;
	a->op.addr = addr;
	a->op.len = pages * PAGE;
	a->op.access = prot;
	return (vir_bytes)agent_do(a);
}

vir_bytes
room(struct agent *a, unsigned int pages)
{
	return room_at(a, 0, pages, VM_PROT_READ | VM_PROT_WRITE);
}

void
store(struct agent *a, vir_bytes addr, unsigned int pages, unsigned int i)
{
	a->op.call = S_STORE;
	a->op.addr = addr;
	a->op.len = pages * PAGE;
	a->op.word = word_of(i);
	(void)agent_do(a); /* it does it, or dies */
}

uint32_t
load(struct agent *a, vir_bytes addr, unsigned int pages)
{
	a->op.call = S_LOAD;
	a->op.addr = addr;
	a->op.len = pages * PAGE;
	return agent_do(a) == OK ? a->op.word : BROKEN;
}

int
grant_part(struct agent *a, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access)
{
	a->op.call = S_DIRECT;
	a->op.who = to;
	a->op.addr = addr;
	a->op.len = len;
	a->op.access = access;
	return agent_do(a);
}

int
grant(struct agent *a, endpoint_t to, int access)
{
	return grant_part(a, to, a->mem, RANGE, access);
}

int
pass(struct agent *a, endpoint_t to, endpoint_t from, cp_grant_id_t gid)
{
	a->op.call = S_INDIRECT;
	a->op.who = to;
	a->op.from = from;
	a->op.gid = gid;
	return agent_do(a);
}

int
map_part(struct agent *a, cp_grant_id_t gid, vir_bytes offset, vir_bytes addr,
    vir_bytes len, int writable)
{
	a->op.call = S_MAP;
	a->op.gid = gid;
	a->op.offset = offset;
	a->op.addr = addr;
	a->op.len = len;
	a->op.access = writable;
	return agent_do(a);
}

int
map(struct agent *a, endpoint_t from, cp_grant_id_t gid, int writable)
{
	a->op.from = from;
	return map_part(a, gid, 0, a->mem, RANGE, writable);
}

int
unmap(struct agent *a, vir_bytes addr)
{
	a->op.call = S_UNMAP;
	a->op.addr = addr;
	return agent_do(a);
}

int
on_grant(struct agent *a, int call, cp_grant_id_t gid)
{
	a->op.call = call;
	a->op.gid = gid;
	return agent_do(a);
}

int
revoke_addr(struct agent *a, vir_bytes addr)
{
	a->op.call = S_REV_ADDR;
	a->op.addr = addr;
	return agent_do(a);
}

int
copy(struct agent *a, int call, cp_grant_id_t gid, vir_bytes addr,
    vir_bytes len)
{
	a->op.call = call;
	a->op.gid = gid;
	a->op.offset = 0;
	a->op.addr = addr;
	a->op.len = len;
	return agent_do(a);
}

int
split(struct agent *a, int call, vir_bytes addr, unsigned int i)
{
	a->op.call = S_FORK;
	a->op.child.call = call;
	a->op.child.addr = addr;
	a->op.child.word = word_of(i);
	return agent_do(a);
}

/* Is there such a process? One whose parent knows of its end is there until
 * its memory has been given back. */
static bool
is_there(int pid)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.pid == pid)
			return true;
	return false;
}

int
let_go(struct agent *a, int child)
{
	int r;

	a->op.call = S_LET;
	a->op.who = child;
	r = agent_do(a);
	while (is_there(child))
		wait_a_tick();
	return r;
}

void
show(const char *name, endpoint_t ep, vir_bytes addr)
{
	show_part(name, ep, addr, PAGES);
}

void
show_part(const char *name, endpoint_t ep, vir_bytes addr, unsigned int pages)
{
	/* The host says what is missing. */
	(void)report_place(name, ep, addr, pages * PAGE);
}

int
records(struct agent *a)
{
	a->op.call = S_RECORDS;
	a->op.who = NONE;
	return agent_do(a);
}

int
records_of(struct agent *a, endpoint_t ep)
{
	a->op.call = S_RECORDS;
	a->op.who = ep;
	return agent_do(a) < 0 ? -1 : (int)a->op.word;
}

const struct map_info *
record_of(struct agent *a, endpoint_t ep, vir_bytes addr)
{
	a->op.call = S_RECORDS;
	a->op.who = ep;
	a->op.addr = addr;
	CHECK(agent_do(a) >= 0);
	return &a->op.info;
}

static struct vm_info_rep
info_of(endpoint_t ep)
{
	struct vm_info_req req = { .ep = ep };
	struct vm_info_rep rep = { 0 };

	CHECK(msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep,
		  sizeof rep) == 0);
	return rep;
}

struct traces
traces(void)
{
	int n = records(&g); /* first: it takes memory for the answer */
	struct vm_info_rep of_g = info_of(g.ep), of_u = info_of(u.ep);

	return (struct traces){
		.records = n,
		.frames = { of_g.frames, of_u.frames },
		.windows = { of_g.smap_pages, of_u.smap_pages },
	};
}

void
untraced(const struct traces *was)
{
	struct traces is = traces();
	int i;

	CHECK_EQ(is.records, was->records);
	for (i = 0; i < 2; i++) {
		CHECK_OR_SAY(CHECK_EQ(is.frames[i], was->frames[i]),
		    "pages of %s", i == 0 ? g.label : u.label);
		CHECK_OR_SAY(CHECK_EQ(is.windows[i], was->windows[i]),
		    "shared pages of %s", i == 0 ? g.label : u.label);
	}
}

uint32_t
frames_free(void)
{
	const struct timespec while_they_go = { 0, 200000000 };

	(void)nanosleep(&while_they_go, NULL); /* a signal only shortens it */
	return info_of(NONE).frames_free;
}

int
agent_end(struct agent *a)
{
	int r = agent_stop(a);

	(void)frames_free();
	return r;
}

bool
see(const char *what, int value, int want, const char *file, int line)
{
	const struct check_claim c = { what, file, line,
		value < 0 || want < 0 ? REPORT_STATUS : REPORT_NUMBER,
		CHECK_IS };

	return check_expect(what, &c, value, want);
}

bool
see_word(const char *what, uint32_t value, uint32_t want, const char *file,
    int line)
{
	const struct check_claim c = { what, file, line, REPORT_ADDR,
		CHECK_IS };

	return check_expect(what, &c, value, want);
}
