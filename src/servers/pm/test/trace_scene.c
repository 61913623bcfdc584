/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See trace_scene.h. */
#include "servers/pm/test/trace_scene.h"

#include <stdlib.h>
#include <string.h>

#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>

#include "servers/pm/exit.h"
#include "servers/pm/signal.h"
#include "servers/pm/stop.h"
#include "servers/pm/table.h"
#include "servers/pm/wait.h"

/* What an end leaves of the flags, as in exit.c. */
#define KEPT (IN_USE | PRIV_PROC | TOLD_PARENT | TRACE_EXIT)

struct mproc mproc[NR_PROCS];
struct fake_kernel kernel[NR_PROCS];
struct fake_book book[NR_PROCS];
uint32_t memory[NR_PROCS][WORDS];
ksigset_t deadly;
bool forgets;
struct fake_access asked;

static struct pm_ptrace_rep answer;

/* The process table. */

struct mproc *
proc_by_pid(int32_t pid)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pid == pid)
			return mp;
	}
	return NULL;
}

struct mproc *
proc_by_ep(endpoint_t ep)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->ep == ep)
			return mp;
	}
	return NULL;
}

void
proc_free(struct mproc *mp)
{
	mp->flags = 0;
	mp->ep = NONE;
	mp->pid = mp->pgrp = 0;
}

void
proc_check(const struct mproc *mp)
{
	(void)mp;
}

void
proc_reply(struct mproc *mp, int status, const void *rep, size_t size)
{
	struct fake_book *b = &book[proc_slot(mp)];

	assert_true(mp->flags & IN_USE);
	b->replies++;
	b->status = status;
	if (rep != NULL && size == sizeof b->wait)
		memcpy(&b->wait, rep, size);
}

/* The kernel. */

static int
go_on(struct fake_kernel *k, int request)
{
	k->orders++;
	k->stopped = false;
	k->mode = request;
	if (request == T_DETACH)
		k->traced = false;
	return OK;
}

int
sys_trace(endpoint_t ep, int request, vir_bytes addr, uint32_t *data)
{
	struct fake_kernel *k = &kernel[endpoint_slot(ep)];

	assert_non_null(proc_by_ep(ep));
	k->calls++;
	switch (request) {
	case T_ATTACH:
		k->traced = true;
		return OK;
	case T_STOP:
		k->orders++;
		k->stopped = true;
		return OK;
	case T_RESUME:
	case T_STEP:
	case T_SYSCALL:
	case T_DETACH:
		return go_on(k, request);
	default:
		asked.request = request;
		asked.addr = addr;
		if (request <= T_GETUSER)
			*data = asked.data;
		else
			asked.data = *data;
		return asked.status;
	}
}

/* Where PM itself means: on the stack or, if not, among its data. The upper
 * half of the address, if there is one, is that of the one or the other. */
static void *
own_memory(vir_bytes addr)
{
	uintptr_t near = (uintptr_t)&near;
	int32_t distance = (int32_t)((uint32_t)near - addr);

	if (distance > 1 << 20 || distance < -(1 << 20))
		near = (uintptr_t)mproc;
	return (void *)((near & ~(uintptr_t)UINT32_MAX) | addr);
}

static void *
memory_at(endpoint_t ep, vir_bytes addr, size_t bytes)
{
	uint32_t *words = memory[endpoint_slot(ep) & (NR_PROCS - 1)];

	if (ep == SELF)
		return own_memory(addr);
	if (addr < MEMORY || addr - MEMORY > sizeof memory[0] ||
	    bytes > sizeof memory[0] - (addr - MEMORY))
		return NULL;
	return (char *)words + (addr - MEMORY);
}

int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	const void *from = memory_at(src, src_addr, bytes);
	void *to = memory_at(dst, dst_addr, bytes);

	asked.copies++;
	asked.flags = flags;
	if (from == NULL || to == NULL)
		return -EFAULT;
	memcpy(to, from, bytes);
	return OK;
}

int
printf(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

_Noreturn void
panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

/* Signals, in short: what arrives is counted. */

static void
arrive(struct mproc *mp, int sig)
{
	book[proc_slot(mp)].arrived[sig]++;
	if (sig == SIGKILL || (deadly & KSIG_BIT(sig)) != 0)
		exit_proc(mp, 0, sig, false);
}

void
sig_proc(struct mproc *mp, int sig, bool kernel_raised)
{
	assert_false(kernel_raised);
	assert_in_range(sig, 1, _NSIG - 1);
	assert_true((mp->flags & (IN_USE | EXITING)) == IN_USE);
	if (sig == SIGCONT)
		mp->pending &= ~STOP_SIGNALS;
	if ((mp->flags & VFS_CALL) != 0 ||
	    (trace_is_stopped(mp) && sig != SIGKILL))
		mp->pending |= KSIG_BIT(sig);
	else
		arrive(mp, sig);
}

void
sig_raise(struct mproc *mp, int sig, bool kernel_raised)
{
	if (!trace_signal(mp, sig))
		sig_proc(mp, sig, kernel_raised);
}

void
check_pending(struct mproc *mp)
{
	for (int sig = 1; sig < _NSIG; sig++) {
		if ((mp->flags & (VFS_CALL | EXITING)) != 0)
			return;
		if ((mp->pending & ~mp->mask & KSIG_BIT(sig)) == 0)
			continue;
		mp->pending &= ~KSIG_BIT(sig);
		sig_proc(mp, sig, false);
	}
}

void
restart_sigs(struct mproc *mp)
{
	if ((mp->flags & (VFS_CALL | EXITING)) == 0 && !trace_exit_due(mp))
		check_pending(mp);
}

/* Waits and ends. */

int
wait_status(const struct mproc *child)
{
	return (child->exit_status & 0xff) << 8 | child->exit_signal;
}

bool
wait_test(const struct mproc *mp, const struct mproc *child)
{
	if ((mp->flags & WAITING) == 0)
		return false;
	return mp->wait_pid == ANYONE || mp->wait_pid == child->pid ||
	    mp->wait_pid == -child->pgrp;
}

void
zombify(struct mproc *child)
{
	assert_true(child->flags & EXITING);
	child->flags |= ZOMBIE;
	book[proc_slot(child)].parent_told++;
	if (forgets)
		proc_free(child);
}

void
exit_proc(struct mproc *mp, int status, int sig, bool dump)
{
	struct fake_book *b = &book[proc_slot(mp)];

	assert_false(dump);
	assert_true((mp->flags & (IN_USE | EXITING | VFS_CALL)) == IN_USE);
	mp->flags = (mp->flags & KEPT) | EXITING | VFS_CALL;
	mp->request = VFS_PM_EXIT;
	mp->pending = 0;
	b->ends++;
	b->code = mp->exit_status = status;
	b->sig = mp->exit_signal = sig;
	if (!trace_death(mp))
		zombify(mp);
	trace_tracer_died(mp);
}

/* What happens. */

/* Fill a slot; all groups are those of init, but for PARENT's. */
static void
process(int slot, int parent, uint32_t uid, uint32_t flags)
{
	struct mproc *mp = &mproc[slot];

	proc_enter(mp);
	mp->flags |= flags;
	mp->ep = endpoint_make(slot < DEBUGGER ? 0 : 3, slot);
	mp->pid = slot == endpoint_slot(INIT_PROC_NR) ? INIT_PID : 100 + slot;
	mp->pgrp = slot == PARENT || parent == PARENT ? 100 + PARENT : INIT_PID;
	mp->parent = parent;
	mp->uid = mp->euid = mp->gid = mp->egid = uid;
}

int
scene_begin(void **state)
{
	static const int services[] = { PM_PROC_NR, VFS_PROC_NR, RS_PROC_NR,
		VM_PROC_NR, DRIVER };
	const int init = endpoint_slot(INIT_PROC_NR);

	(void)state;
	memset(mproc, 0, sizeof mproc);
	memset(slots_used, 0, sizeof slots_used);
	memset(kernel, 0, sizeof kernel);
	memset(book, 0, sizeof book);
	memset(memory, 0, sizeof memory);
	memset(&asked, 0, sizeof asked);
	deadly = 0;
	forgets = false;
	for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
		process(services[i], RS_PROC_NR, 0, PRIV_PROC);
	process(init, init, 0, 0);
	process(DEBUGGER, init, 0, 0);
	process(CHILD, DEBUGGER, 0, 0);
	process(SECOND, DEBUGGER, 0, 0);
	process(PARENT, init, 0, 0);
	process(THEIRS, PARENT, 0, 0);
	process(USER, init, 7, 0);
	process(OWN, USER, 7, 0);
	return 0;
}

int
ask(int who, int request, int whom, uint32_t addr, int32_t data)
{
	const struct pm_ptrace_req req = {
		.request = request,
		.pid = whom == NOBODY ? 9999 : mproc[whom].pid,
		.addr = addr,
		.data = data,
	};

	memset(&answer, 0, sizeof answer);
	return do_pm_ptrace(&mproc[who], &req, &answer);
}

int32_t
answer_word(void)
{
	return answer.data;
}

int
look(int who, int whom)
{
	struct pm_wait_rep rep = { 0 };
	struct mproc *child;
	bool any = false;

	FOR_EACH_PROC(child)
	{
		const int32_t pid = child->pid;
		const uint32_t uid = child->uid;
		enum trace_news news;

		if (whom != ANYONE && child != &mproc[whom])
			continue;
		news = trace_wait(&mproc[who], child, &rep);
		assert_in_range(news, TRACE_NOT_MINE, TRACE_NEWS);
		any |= news == TRACE_NO_NEWS;
		if (news != TRACE_NEWS)
			continue;
		assert_int_equal(rep.pid, pid);
		assert_int_equal(rep.uid, uid);
		return rep.status;
	}
	return any ? 0 : -ECHILD;
}

void
blocks(int who, int whom)
{
	mproc[who].flags |= WAITING;
	mproc[who].wait_pid = whom == ANYONE ? ANYONE : mproc[whom].pid;
}

void
sends(int whom, int sig)
{
	sig_raise(&mproc[whom], sig, false);
}

void
vfs_answers(int whom)
{
	struct mproc *mp = &mproc[whom];

	mp->flags &= ~(uint32_t)VFS_CALL;
	if ((mp->flags & EXITING) != 0)
		trace_exit_done(mp);
	else
		restart_sigs(mp);
}

void
ends(int whom, int code)
{
	exit_proc(&mproc[whom], code, 0, false);
}

struct mproc *
forks(int who)
{
	struct mproc *child = &mproc[UNUSED];

	*child = mproc[who];
	proc_enter(child);
	child->flags |= VFS_CALL;
	child->request = VFS_PM_FORK;
	child->ep = endpoint_make(3, UNUSED);
	child->pid = 100 + UNUSED;
	child->parent = who;
	child->pending = child->kernel_pending = 0;
	trace_fork(child);
	trace_forked(child);
	return child;
}

void
attached(int tracer, int whom)
{
	assert_status(order(tracer, T_ATTACH, whom, 0), OK);
	assert_int_equal(look(tracer, whom), stopped_by(SIGSTOP));
}

void
traced(int tracer, int whom)
{
	attached(tracer, whom);
	assert_status(order(tracer, T_RESUME, whom, 0), OK);
	kernel[whom].orders = 0;
}
