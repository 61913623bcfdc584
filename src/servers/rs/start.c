/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service: a process from PM, its program, its privileges, and
 * only then the permission to run. All that others must know of it is said
 * before that, too; so they cannot miss a service that already speaks.
 */
#include "servers/rs/start.h"

#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/pm_srv.h>

#include "servers/rs/init.h"
#include "servers/rs/privilege.h"
#include "servers/rs/publish.h"
#include "servers/rs/rs.h"

PROTO_STUB(PM_SRV_FORK, pm_srv_fork)
PROTO_STUB(PM_SRV_KILL, pm_srv_kill)
PROTO_STUB(VM_RS_SET_PRIV, vm_rs_set_priv)

/* Get a process that cannot run yet. */
static int
process_create(struct rproc *rp)
{
	struct pm_srv_fork_req req = { .uid = rp->uid, .gid = rp->uid };
	struct pm_srv_fork_rep rep;
	int r;

	r = call_pm_srv_fork(PM_PROC_NR, &req, &rep);
	if (r == OK)
		rproc_set_process(rp, rep.ep, rep.pid);
	return r;
}

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
	return call_vm_rs_set_priv(VM_PROC_NR, &req, &rep);
}

/* Take a process back that has never run. */
static void
process_undo(struct rproc *rp)
{
	struct pm_srv_kill_req req = { .pid = rp->pid };
	struct pm_srv_kill_rep rep;

	(void)call_pm_srv_kill(PM_PROC_NR, &req, &rep); /* PM made it */
	rproc_set_process(rp, NONE, -1);
}

int
service_create(struct rproc *rp)
{
	int r = process_create(rp);

	if (r != OK)
		return r;
	r = image_exec(&rp->image, rp->pub->endpoint, rp->pub->proc_name,
	    rp->args);
	if (r == OK)
		r = privileges_set(rp);
	if (r != OK)
		process_undo(rp);
	return r;
}

int
service_run(struct rproc *rp, int init_type)
{
	int r;

	service_publish(rp);
	r = sys_privctl(rp->pub->endpoint, SYS_PRIV_ALLOW, NULL);
	if (r != OK) {
		service_unpublish(rp);
		process_undo(rp);
		return r;
	}
	rp->started = rs_now();
	rp->revive_time = 0;
	init_request(rp, init_type);
	if (rs_verbose)
		printf("rs: %s started as %d\n", rp->pub->label,
		    rp->pub->endpoint);
	return OK;
}

int
service_start(struct rproc *rp, int init_type)
{
	int r = service_create(rp);

	return r != OK ? r : service_run(rp, init_type);
}
