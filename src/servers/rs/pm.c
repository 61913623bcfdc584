/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS's end of the RS/PM protocol, see servers/rs/pm.h. A request about a
 * service has the number of its row as its tag. PM has at most one for each
 * row, and a row is not freed before its answer.
 *
 * PM, and VFS behind it, may die or fall silent. Neither can be replaced: when
 * they die RS hears of it as of any death, and ends the machine; when they are
 * silent it does so itself, and names the culprit. PM limits the time of VFS
 * and says when it is over, so what RS misses in the end is PM's fault.
 */
#include "servers/rs/pm.h"

#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/pm_rs.h>

#include "servers/rs/client.h"
#include "servers/rs/death.h"
#include "servers/rs/rs.h"
#include "servers/rs/start.h"
#include "servers/rs/supervise.h"

#define TAG_CLIENT NR_SYS_PROCS /* is no row */

/* What PM is asked in a step, for a panic. */
static const char *const step_text[] = {
	[STEP_FORK] = "a new process for",
	[STEP_EXEC] = "the program of",
	[STEP_UNDO] = "the end of a new process of",
	[STEP_KILL] = "the end of",
};

static uint32_t
row_tag(const struct rproc *rp)
{
	return (uint32_t)(rp - rproc);
}

/* Send a request about a service, and wait for nothing. */
static void
step_begin(struct rproc *rp, enum rproc_step step, int type,
    struct pm_rs_req *req)
{
	rp->step = step;
	rp->step_deadline =
	    rs_time(rs_now() + (step == STEP_FORK ? PM_FORK_T : PM_T));
	req->tag = row_tag(rp);
	rs_send(PM_PROC_NR, type, req, sizeof *req);
}

void
pm_fork(struct rproc *rp)
{
	struct pm_rs_req req = { .u.fork = { rp->uid, rp->uid } };

	step_begin(rp, STEP_FORK, PM_RS_FORK, &req);
}

void
pm_exec(struct rproc *rp, const struct image_start *start)
{
	struct pm_rs_req req = { .ep = rp->pub->endpoint };

	req.u.exec.pc = start->pc;
	req.u.exec.sp = start->sp;
	strlcpy(req.u.exec.name, rp->pub->proc_name, sizeof req.u.exec.name);
	step_begin(rp, STEP_EXEC, PM_RS_EXEC, &req);
}

void
pm_kill(struct rproc *rp, enum rproc_step step)
{
	struct pm_rs_req req = { .ep = rp->pub->endpoint };

	rproc_set_process(rp, NONE, -1);
	step_begin(rp, step, PM_RS_KILL, &req);
}

static void
identify(endpoint_t ep, uint32_t tag)
{
	struct pm_rs_req req = { .tag = tag, .ep = ep };

	rs_send(PM_PROC_NR, PM_RS_IDENTIFY, &req, sizeof req);
}

void
pm_identify(endpoint_t who)
{
	identify(who, TAG_CLIENT);
}

void
pm_learn_pids(void)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++) {
		if (!(rp->flags & RF_IN_USE) || rp->pid != -1 ||
		    rp->pub->endpoint == NONE)
			continue;
		rp->pid = 0; /* once is enough */
		identify(rp->pub->endpoint, row_tag(rp));
	}
}

/* A process is gone. */
static void
kill_end(struct rproc *rp, enum rproc_step step, int status)
{
	if (status != OK)
		printf("rs: PM does not end %s: %d\n", rp->pub->label, status);
	if (step == STEP_UNDO)
		start_undone(rp);
	else
		death_done(rp);
}

/* A step is over: the next. */
static void
step_end(struct rproc *rp, const struct pm_rs_rep *rep)
{
	const enum rproc_step step = rp->step;

	rp->step = STEP_NONE;
	rp->step_deadline = 0;
	if (step == STEP_FORK && rep->status == -ETIMEDOUT)
		panic("vfs is silent: it does not take %s %s", step_text[step],
		    rp->pub->label);
	if (step == STEP_FORK)
		start_forked(rp, rep->status, rep->ep, rep->pid);
	else if (step == STEP_EXEC)
		start_execed(rp, rep->status);
	else
		kill_end(rp, step, rep->status);
}

/* A service's number, if it is still the same process. */
static void
pid_learn(const struct pm_rs_rep *rep)
{
	struct rproc *rp = &rproc[rep->tag];

	if (rp->flags & RF_IN_USE && rp->pub->endpoint == rep->ep)
		rp->pid = rep->status == OK ? rep->pid : -1;
}

void
pm_answer(const struct message *m)
{
	struct pm_rs_rep rep;

	memcpy(&rep, m->m_body, sizeof rep);
	if (m->m_type == PM_RS_REPLY(PM_RS_IDENTIFY)) {
		if (rep.tag == TAG_CLIENT)
			client_identified(rep.ep,
			    rep.status == OK && rep.euid == 0);
		else if (rep.tag < NR_SYS_PROCS)
			pid_learn(&rep);
	} else if (rep.tag < NR_SYS_PROCS && rproc[rep.tag].step != STEP_NONE) {
		step_end(&rproc[rep.tag], &rep);
	}
}

void
pm_supervise(struct rproc *rp, clock_ticks now)
{
	if (supervise_overdue(&rp->overdue, rp->step_deadline, now))
		panic("pm is silent: it does not answer about %s %s",
		    step_text[rp->step], rp->pub->label);
}
