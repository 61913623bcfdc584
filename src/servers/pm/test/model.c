/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See model.h. */
#include "servers/pm/test/model.h"

#include <stdlib.h>
#include <string.h>

#include <abi/ptrace.h>
#include <lacuna/asynsend.h>
#include <lacuna/ipc.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/signal.h"
#include "servers/pm/table.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"
#include "servers/pm/wait.h"
#include "test/unit/status.h"

/* No call of a process begins while PM says one of these of it. */
#define NOT_EXECUTING (EXITING | PROC_STOPPED | VFS_CALL | UNPAUSED)

/* A process that is in a call of PM is in one of these states. */
#define IN_CALL (WAITING | SIGSUSPENDED | VFS_CALL | FORKING | EXITING)

struct modelled model[NR_PROCS];
int model_exec, model_replaced, model_strays;

/* Requests that VFS has, the oldest first, and its last answer. */
static struct message bag[NR_PROCS];
static int waiting;
static struct message last;

static struct modelled *
of(endpoint_t ep)
{
	const int slot = endpoint_slot(ep);

	assert_in_range(slot, 0, NR_PROCS - 1);
	assert_true(mproc[slot].flags & IN_USE);
	return &model[slot];
}

static struct modelled *
living(endpoint_t ep)
{
	assert_true(of(ep)->alive);
	return of(ep);
}

/* The kernel. */

int
sys_stop(endpoint_t ep)
{
	living(ep)->stopped = true;
	return OK;
}

int
sys_delay_stop(endpoint_t ep)
{
	struct modelled *p = living(ep);

	if (p->sending) {
		p->delayed = true;
		return -EBUSY;
	}
	p->stopped = true;
	return OK;
}

int
sys_resume(endpoint_t ep)
{
	assert_true(living(ep)->stopped);
	of(ep)->stopped = false;
	return OK;
}

int
sys_trace(endpoint_t ep, int request, vir_bytes addr, uint32_t *data)
{
	struct modelled *p = living(ep);

	(void)addr, (void)data;
	if (request == T_STOP)
		p->traced = true;
	else if (request != T_ATTACH)
		p->traced = false;
	return OK;
}

/* A frame is built only where nothing else may happen to the process. */
int
sys_sigsend(endpoint_t ep, const struct sigmsg *msg)
{
	struct modelled *p = living(ep);

	assert_in_range(msg->sm_signo, 1, _NSIG - 1);
	assert_true(p->stopped);
	assert_false(p->sending || p->calling || p->reading);
	p->frames++;
	return OK;
}

int
sys_sigreturn(endpoint_t ep, vir_bytes context, ksigset_t *mask)
{
	struct modelled *p = living(ep);

	(void)context;
	assert_true(p->calling);
	p->calling = false;
	p->frames--;
	*mask = 0;
	return OK;
}

int
sys_exec(endpoint_t ep, vir_bytes pc, vir_bytes sp, const char *name)
{
	struct modelled *p = living(ep);

	(void)pc, (void)sp, (void)name;
	p->calling = false; /* there is no answer */
	p->frames = 0;
	return OK;
}

int
sys_clear(endpoint_t ep)
{
	struct modelled *p = living(ep);

	memset(p, 0, sizeof *p);
	return OK;
}

int
sys_kill(endpoint_t ep, int sig)
{
	(void)living(ep), (void)sig;
	return OK;
}

int
sys_times(endpoint_t ep, struct sys_times_rep *times)
{
	(void)living(ep);
	memset(times, 0, sizeof *times);
	return OK;
}

int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	(void)src, (void)src_addr, (void)dst, (void)dst_addr;
	(void)bytes, (void)flags;
	return -EFAULT;
}

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	(void)ticks;
	if (left != NULL)
		*left = 0;
	return OK;
}

int
sys_vtimer(endpoint_t ep, int which, const clock_ticks *ticks,
    clock_ticks *left)
{
	(void)ep, (void)which, (void)ticks;
	if (left != NULL)
		*left = 0;
	return OK;
}

/* VM: a child has the next generation of its slot. */
static int
vm(struct message *m)
{
	static int generation = 1;
	struct vm_fork_req req;
	struct vm_fork_rep rep;

	if (m->m_type == VM_FORK) {
		memcpy(&req, m->m_body, sizeof req);
		rep.child = endpoint_make(++generation, req.child_slot);
		memcpy(m->m_body, &rep, sizeof rep);
		memset(&model[req.child_slot], 0, sizeof model[0]);
		model[req.child_slot].alive = true;
		model[req.child_slot].calling = true;
		model[req.child_slot].frames =
		    model[endpoint_slot(req.parent)].frames;
	}
	m->m_type = OK;
	return OK;
}

/* An answer of PM: there must be somebody that waits for it. */
int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct modelled *p;

	*status = 0;
	if (primitive == SENDREC && peer == VM_PROC_NR)
		return vm(arg);
	assert_int_equal(primitive, SENDNB);
	p = living(peer);
	assert_true(p->calling);
	p->calling = false;
	p->answers++;
	p->status = ((struct message *)arg)->m_type;
	return OK;
}

static endpoint_t
about(const struct message *m)
{
	struct vfs_pm_req req;

	memcpy(&req, m->m_body, sizeof req);
	return req.ep;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	assert_int_equal(dst, VFS_PROC_NR);
	assert_int_equal(flags, AMF_NOREPLY);
	for (int i = 0; i < waiting; i++)
		assert_int_not_equal(about(&bag[i]), about(m));
	assert_in_range(waiting, 0, NR_PROCS - 1);
	bag[waiting++] = *m;
	return OK;
}

int
printf(const char *fmt, ...)
{
	model_strays += strstr(fmt, "which nobody asked") != NULL;
	return 0;
}

_Noreturn void
panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

/* Calls that are not made here. */
#define NO_CALL(name)                                                          \
	int do_##name(struct mproc *mp, const struct name##_req *req,          \
	    struct name##_rep *rep)                                            \
	{                                                                      \
		(void)mp, (void)req, (void)rep;                                \
		return -ENOSYS;                                                \
	}

NO_CALL(pm_procinfo)
NO_CALL(pm_getparam)
NO_CALL(pm_setpriority)
NO_CALL(pm_getpriority)
NO_CALL(pm_settime)
NO_CALL(pm_gettime)
NO_CALL(pm_times)

/* What happens. */

int
model_init(void)
{
	return endpoint_slot(INIT_PROC_NR);
}

static void
enter(int slot, int32_t pid, uint32_t flags)
{
	struct mproc *mp = at(slot);

	proc_enter(mp);
	mp->flags |= flags;
	mp->ep = endpoint_make(0, slot);
	mp->pid = mp->pgrp = mp->sid = pid;
	mp->parent = flags != 0 ? endpoint_slot(RS_PROC_NR) : slot;
	model[slot] = (struct modelled){ .alive = true };
}

int
model_begin(void **state)
{
	static const endpoint_t services[] = { PM_PROC_NR, VFS_PROC_NR,
		RS_PROC_NR, VM_PROC_NR };

	(void)state;
	memset(mproc, 0, sizeof mproc);
	memset(slots_used, 0, sizeof slots_used);
	memset(model, 0, sizeof model);
	waiting = model_exec = model_replaced = model_strays = 0;
	for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
		enter(endpoint_slot(services[i]), 2 + (int)i, PRIV_PROC);
	enter(model_init(), INIT_PID, 0);
	return 0;
}

bool
model_runs(int slot)
{
	const struct modelled *p = &model[slot];

	return p->alive && (mproc[slot].flags & PRIV_PROC) == 0 &&
	    !p->sending && !p->calling && !p->reading && !p->stopped &&
	    !p->traced;
}

void
model_send(int slot, int type, const void *req, size_t size)
{
	struct modelled *p = &model[slot];

	assert_true(model_runs(slot));
	memset(&p->out, 0, sizeof p->out);
	p->out.m_type = type;
	p->out.m_source = mproc[slot].ep;
	if (size > 0)
		memcpy(p->out.m_body, req, size);
	p->sending = true;
}

/* PM executes a request, as its main loop has it. */
static void
execute(struct mproc *mp, const struct message *in)
{
	struct message out;
	int r;

	if ((mp->flags & EXITING) != 0)
		return;
	assert_false(mp->flags & NOT_EXECUTING);
	memset(&out, 0, sizeof out);
	r = call_dispatch(mp, in, &out);
	if (r != SUSPEND)
		proc_reply(mp, r, out.m_body, sizeof out.m_body);
}

void
model_arrive(int slot)
{
	struct modelled *p = &model[slot];
	struct mproc *mp = at(slot);
	const endpoint_t ep = mp->ep;
	bool delayed = p->delayed;

	assert_true(p->sending);
	p->sending = p->delayed = false;
	p->calling = true;
	execute(mp, &p->out);
	if (delayed)
		(void)sig_from_kernel(ep, SIGSNDELAY);
}

int
model_call(int slot, int type, const void *req, size_t size)
{
	const int answers = model[slot].answers;

	model_send(slot, type, req, size);
	model_arrive(slot);
	return model[slot].alive && model[slot].answers > answers
	    ? model[slot].status
	    : SUSPEND;
}

void
model_read(int slot)
{
	assert_true(model_runs(slot));
	model[slot].reading = true;
}

int
model_vfs_waiting(void)
{
	return waiting;
}

static int
place_of(int slot)
{
	int i = 0;

	while (i < waiting && endpoint_slot(about(&bag[i])) != slot)
		i++;
	return i;
}

int
model_vfs_has(int slot)
{
	const int i = place_of(slot);

	return i < waiting ? bag[i].m_type : 0;
}

/* What VFS does before it answers. */
static void
vfs_do(int request, struct vfs_pm_rep *rep)
{
	const int slot = endpoint_slot(rep->ep);

	if (request == VFS_PM_UNPAUSE)
		model[slot].reading = false; /* it got EINTR */
	if (request != VFS_PM_EXEC)
		return;
	rep->status = model_exec;
	rep->u.exec.replaced = model_replaced;
	rep->u.exec.euid = mproc[slot].euid;
	rep->u.exec.egid = mproc[slot].egid;
}

int
model_vfs_answer(int nth, int status)
{
	struct vfs_pm_rep rep = { .ep = about(&bag[nth]), .status = status };
	const int request = bag[nth].m_type, slot = endpoint_slot(rep.ep);

	assert_in_range(nth, 0, waiting - 1);
	memmove(&bag[nth], &bag[nth + 1],
	    (size_t)(waiting - nth - 1) * sizeof bag[0]);
	waiting--;
	vfs_do(request, &rep);
	memset(&last, 0, sizeof last);
	last.m_source = VFS_PROC_NR;
	last.m_type = VFS_PM_REPLY(request);
	memcpy(last.m_body, &rep, sizeof rep);
	vfs_answer(&last);
	return slot;
}

void
model_vfs_about(int slot)
{
	(void)model_vfs_answer(place_of(slot), OK);
}

void
model_vfs_again(void)
{
	vfs_answer(&last);
}

void
model_vfs_wrong(int slot, int request)
{
	struct vfs_pm_rep rep = { .ep = mproc[slot].ep, .status = OK };
	struct message m = { .m_source = VFS_PROC_NR,
		.m_type = VFS_PM_REPLY(request) };

	memcpy(m.m_body, &rep, sizeof rep);
	vfs_answer(&m);
}

/* Does somebody wait until something that it has ordered to exit is gone? */
static bool
awaits_exit(const struct mproc *mp)
{
	const struct mproc *child;

	FOR_EACH_PROC(child)
	{
		if ((child->flags & TRACE_EXIT) != 0 &&
		    (child->flags & VFS_CALL) != 0 && tracer_is(mp, child))
			return true;
	}
	return false;
}

/* Nobody waits for what has happened. */
static void
check_wait(const struct mproc *mp)
{
	const struct mproc *child;

	FOR_EACH_PROC(child)
	{
		if (!wait_test(mp, child))
			continue;
		if (child->parent == proc_slot(mp) && child != mp)
			assert_false(child->flags & ZOMBIE);
		if (tracer_is(mp, child))
			assert_false((child->flags & TRACE_ZOMBIE) != 0 ||
			    child->trace_queue != 0);
	}
}

static void
check(const struct mproc *mp)
{
	const struct modelled *p = &model[proc_slot(mp)];
	const uint32_t f = mp->flags;

	proc_check(mp);
	assert_true(
	    ((f & VFS_CALL) != 0) == (model_vfs_has(proc_slot(mp)) != 0));
	if ((f & EXITING) != 0 || !p->alive)
		return;
	check_wait(mp);
	if (p->calling)
		assert_true((f & IN_CALL) != 0 || awaits_exit(mp));
	assert_int_equal(p->stopped, (f & PROC_STOPPED) != 0);
	assert_int_equal(p->traced, (f & TRACE_STOPPED) != 0);
	if (p->stopped)
		assert_true(f & (VFS_CALL | FORKING | STOPPED));
	if ((f & TRACE_STOPPED) != 0) /* or it is about to end */
		assert_true(mp->tracer != NO_TRACER ||
		    (mp->pending & KSIG_BIT(SIGKILL)) != 0);
	if (mp->pending & ~mp->mask)
		assert_true(f &
		    (VFS_CALL | DELAY_CALL | STOPPED | TRACE_STOPPED |
			FORKING));
}

void
model_check(void)
{
	const struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if ((mp->flags & PRIV_PROC) == 0)
			check(mp);
	}
}

int
model_fork(int slot)
{
	int child, before = waiting;

	assert_status(model_call(slot, PM_FORK, NULL, 0), SUSPEND);
	assert_int_equal(waiting, before + 1);
	child = model_vfs_answer(waiting - 1, OK);
	assert_int_equal(model[slot].status, OK);
	return child;
}

int
model_kill(int from, int to, int sig)
{
	const struct pm_kill_req req = { mproc[to].pid, sig };

	return model_call(from, PM_KILL, &req, sizeof req);
}

int
model_used(void)
{
	const struct mproc *mp;
	int n = 0;

	FOR_EACH_PROC(mp)
	{
		n++;
	}
	return n;
}
