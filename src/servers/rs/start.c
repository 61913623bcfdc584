/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service: a process from PM, its program, its privileges, and
 * only then the permission to run. DS learns its label before that, too, so
 * that it knows the owner of what a service publishes while it initialises.
 *
 *     service_start --PM--> start_forked --PM--> start_execed: it runs
 *                                |                    |
 *                                +---- failed --PM----+--> start_undone
 *
 * RS goes on with other work while PM works. Whoever asks for the same service
 * meanwhile gets -EBUSY or -EEXIST; what happens to its process, and the end
 * of the system, make the next step fail.
 */
#include "servers/rs/start.h"

#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>

#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/pm.h"
#include "servers/rs/privilege.h"
#include "servers/rs/publish.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"

PROTO_STUB(VM_RS_SET_PRIV, vm_rs_set_priv)

/* Give the process its privileges, in the kernel and in VM. */
static int
privileges_set(struct rproc *rp)
{
	struct vm_rs_set_priv_req req;
	struct vm_rs_set_priv_rep rep;
	int r;

	privilege_send_mask(rp);
	r = sys_privctl(rp->pub->endpoint, SYS_PRIV_SET_SYS, &rp->spec);
	if (r != OK)
		return r;
	privilege_renew(rp);
	req.ep = rp->pub->endpoint;
	req.call_mask = rp->pub->vm_call_mask;
	req.quota = rp->pub->quota;
	return call_vm_rs_set_priv(VM_PROC_NR, &req, &rep);
}

/* Let it run, and ask it to initialise. */
static int
service_run(struct rproc *rp)
{
	int r;

	service_name(rp);
	r = sys_privctl(rp->pub->endpoint, SYS_PRIV_ALLOW, NULL);
	if (r != OK) {
		service_unpublish(rp);
		return r;
	}
	rp->started = rs_now();
	rp->tries = 0;
	keep_grant(rp);
	init_request(rp, rp->init_type);
	if (rs_verbose)
		printf("rs: %s started as %d\n", rp->pub->label,
		    rp->pub->endpoint);
	if (rp->init_type == SEF_INIT_FRESH && rp->flags & RF_NO_WAIT)
		caller_answer(rp, OK);
	return OK;
}

/* Nothing is left of the attempt but why it failed: who must know? */
static void
start_over(struct rproc *rp)
{
	rp->tries++;
	rp->last_end = rp->step_error;
	if (rp->init_type == SEF_INIT_FRESH)
		service_forget(rp, rp->step_error);
	else if (rs_shutting_down)
		service_abandon(rp, rp->step_error);
	else
		revive_later(rp, rp->step_error);
}

/* A step has failed: give back what there is. */
static void
start_fail(struct rproc *rp, int result)
{
	rp->step_error = result;
	if (rp->pub->endpoint != NONE)
		pm_kill(rp, STEP_UNDO);
	else
		start_over(rp);
}

/* How a step went, all things considered. */
static int
outcome(const struct rproc *rp, int status)
{
	if (status != OK)
		return status;
	return rs_shutting_down ? -ESHUTDOWN : rp->step_error;
}

void
service_start(struct rproc *rp, int init_type)
{
	rp->init_type = init_type;
	rp->step_error = OK;
	rp->revive_time = 0;
	rp->recovery.id = 0;
	pm_fork(rp);
}

void
start_forked(struct rproc *rp, int status, endpoint_t ep, int32_t pid)
{
	struct image_start start;
	int r;

	if (status == OK)
		rproc_set_process(rp, ep, pid);
	r = outcome(rp, status);
	if (r == OK)
		r = image_load(&rp->image, ep, rp->pub->proc_name, rp->args,
		    &start);
	if (r == OK)
		pm_exec(rp, &start);
	else
		start_fail(rp, r);
}

void
start_execed(struct rproc *rp, int status)
{
	int r = outcome(rp, status);

	if (r == OK)
		r = privileges_set(rp);
	if (r == OK)
		r = service_run(rp);
	if (r != OK)
		start_fail(rp, r);
}

void
start_undone(struct rproc *rp)
{
	start_over(rp);
}
