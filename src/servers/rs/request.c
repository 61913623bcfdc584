/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The requests of service(8). Those that start or stop something are answered
 * when it has happened. While a service has a change under way, further ones
 * get -EBUSY.
 */
#include "servers/rs/request.h"

#include <abi/dev.h>
#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/label.h>
#include <proto/rights.h>

#include "servers/rs/death.h"
#include "servers/rs/publish.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"
#include "servers/rs/start.h"
#include "servers/rs/update.h"

#define DYN_PRIORITY 6
#define DYN_QUANTUM  8

/* Find the service a request is about. */
static int
target_find(const char *label, struct rproc **rpp)
{
	struct rproc *rp;

	if (!str_terminated(label, LABEL_MAX))
		return -EINVAL;
	rp = rproc_by_label(label);
	if (rp == NULL)
		return -ESRCH;
	if (rp->pub->sys_flags & SF_CORE_SRV || !(rp->spec.flags & SYS_PROC))
		return -EPERM;
	if (rs_going_down)
		return -ESHUTDOWN;
	if (rproc_changing(rp))
		return -EBUSY;
	*rpp = rp;
	return OK;
}

/* Last part of a path. */
static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* May a new service drive the device it asks for? */
static int
device_check(const struct rs_start *start)
{
	const struct rproc *rp;

	if (start->major == 0)
		return OK;
	if (start->major < 0 || start->major >= NR_MAJORS ||
	    start->major == CTTY_MAJOR)
		return -ENXIO;
	if (start->dev_flags != RS_DEV_CHAR && start->dev_flags != RS_DEV_BLOCK)
		return -EINVAL;
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && rp->pub->dev_nr == start->major)
			return -EEXIST;
	return OK;
}

/* Is this a policy? */
static bool
policy_ok(const struct rs_policy *policy)
{
	return policy->when <= RS_AT_ONCE && policy->give_up <= INT32_MAX;
}

/* Check what a client says of a new service; complete its label. */
static int
start_check(struct rs_start *start)
{
	const struct rproc *rp;

	if (!str_terminated(start->path, sizeof start->path) ||
	    !str_terminated(start->args, sizeof start->args) ||
	    !str_terminated(start->label, sizeof start->label) ||
	    !str_terminated(start->ipc, sizeof start->ipc) ||
	    !str_terminated(start->script, sizeof start->script))
		return -EINVAL;
	if (start->path[0] != '/' || *base_name(start->path) == '\0' ||
	    (start->script[0] != '\0' && start->script[0] != '/'))
		return -EINVAL;
	if (start->label[0] == '\0')
		strlcpy(start->label, base_name(start->path),
		    sizeof start->label);
	if (start->nr_irq > PRIV_NR_IRQ || start->nr_io > PRIV_NR_IO ||
	    start->nr_mem > PRIV_NR_MEM || start->period > RS_PERIOD_MAX ||
	    !policy_ok(&start->policy) || start->keep > RS_KEEP_MAX)
		return -EINVAL;
	if (!label_ok(start->label))
		return -EINVAL;
	rp = rproc_by_label(start->label);
	if (rp != NULL)
		return rp->flags & RF_UPDATING ? -EBUSY : -EEXIST;
	return device_check(start);
}

/* Privileges of a new service. */
static void
spec_fill(struct priv_spec *spec, const struct rs_start *start)
{
	spec->flags = SYS_PROC | PREEMPTIBLE | DYN_PRIV_ID | CHECK_IO_PORT |
	    CHECK_IRQ | CHECK_MEM;
	if (start->flags & RSS_USERS)
		spec->flags |= USERS_SEND;
	spec->trap_mask = TRAPS_ALL;
	memcpy(spec->kcall_mask, start->kcall_mask, sizeof spec->kcall_mask);
	spec->nr_irq = (int32_t)start->nr_irq;
	spec->nr_io = (int32_t)start->nr_io;
	spec->nr_mem = (int32_t)start->nr_mem;
	memcpy(spec->irq, start->irq, sizeof spec->irq);
	memcpy(spec->io, start->io, sizeof spec->io);
	memcpy(spec->mem, start->mem, sizeof spec->mem);
	spec->sig_mgr = RS_PROC_NR;
	spec->bak_sig_mgr = NONE;
	spec->priority = start->priority < 0 ? DYN_PRIORITY : start->priority;
	spec->quantum = start->quantum < 0 ? DYN_QUANTUM : start->quantum;
}

/* Fill a row that is not in use yet. */
static void
row_fill(struct rproc *rp, const struct rs_start *start)
{
	rp->flags = (start->flags & RSS_IPC_VALID ? RF_IPC_LIST : 0u) |
	    (start->flags & RSS_ONCE ? RF_ONCE : 0u) |
	    (start->flags & RSS_NO_WAIT ? RF_NO_WAIT : 0u);
	rp->uid = start->uid;
	rp->period = start->period;
	rp->policy = start->policy;
	rp->keep.size = start->keep;
	strlcpy(rp->args, start->args, sizeof rp->args);
	strlcpy(rp->ipc, start->ipc, sizeof rp->ipc);
	strlcpy(rp->script, start->script, sizeof rp->script);
	spec_fill(&rp->spec, start);
	rp->pub->sys_flags =
	    SF_USE_COPY | (start->flags & RSS_FILES ? (unsigned)SF_FILES : 0u);
	rp->pub->dev_nr = start->major;
	rp->pub->dev_flags = start->major > 0 ? start->dev_flags : 0;
	rp->pub->vm_call_mask = start->vm_call_mask;
	rp->pub->quota = start->quota != 0 ? start->quota : BASE_QUOTA;
	strlcpy(rp->pub->label, start->label, sizeof rp->pub->label);
	strlcpy(rp->pub->proc_name, base_name(start->path),
	    sizeof rp->pub->proc_name);
}

/* Make a row for a new service, with its program, and start it. */
static int
service_new(endpoint_t who, const struct rs_start *start)
{
	struct rproc *rp = rproc_alloc();
	int r;

	if (rp == NULL)
		return -ENOMEM;
	r = image_copy(&rp->image, who, start->image, start->image_size);
	if (r != OK)
		return r;
	row_fill(rp, start);
	rp->flags |= RF_IN_USE;
	rp->pub->in_use = 1;
	if ((start->flags & (RSS_NO_WAIT | RSS_WAIT_END)) == RSS_WAIT_END)
		rp->watcher = who;
	else
		rp->caller = who;
	service_start(rp, SEF_INIT_FRESH);
	return EDONTREPLY;
}

int
do_rs_up(endpoint_t who, const struct rs_up_req *req, struct rs_up_rep *rep)
{
	static struct rs_start start; /* large for a stack */
	int r;

	(void)rep; /* filled in by caller_answer() */
	if (rs_shutting_down)
		return -ESHUTDOWN;
	if (req->size != sizeof start)
		return -EINVAL;
	r = sys_datacopy(who, req->start, SELF, vir_addr(&start), sizeof start);
	if (r == OK)
		r = start_check(&start);
	return r != OK ? r : service_new(who, &start);
}

int
do_rs_down(endpoint_t who, const struct rs_down_req *req,
    struct no_payload *rep)
{
	struct rproc *rp;
	int r;

	(void)rep;
	r = target_find(req->label, &rp);
	if (r != OK)
		return r;
	rp->caller = who;
	rp->flags |= RF_EXITING;
	if (rp->pub->endpoint != NONE)
		service_stop(rp);
	else
		service_abandon(rp, OK);
	return EDONTREPLY;
}

int
do_rs_refresh(endpoint_t who, const struct rs_refresh_req *req,
    struct no_payload *rep)
{
	struct rproc *rp;
	int r;

	(void)rep;
	r = target_find(req->label, &rp);
	if (r != OK)
		return r;
	if (rs_shutting_down)
		return -ESHUTDOWN;
	rp->caller = who;
	rp->flags |= RF_REFRESHING | RF_ANEW;
	revive_forgive(rp);
	if (rp->pub->endpoint != NONE) {
		service_stop(rp);
		return EDONTREPLY;
	}
	service_start(rp, SEF_INIT_RESTART);
	return EDONTREPLY;
}

int
do_rs_restart(endpoint_t who, const struct rs_restart_req *req,
    struct rs_restart_rep *rep)
{
	struct rproc *rp;
	int r;

	(void)rep; /* filled in by caller_answer() */
	r = target_find(req->label, &rp);
	if (r != OK)
		return r;
	if (rs_shutting_down)
		return -ESHUTDOWN;
	if (rp->pub->endpoint != NONE)
		return -EBUSY;
	revive_forgive(rp);
	rp->caller = who;
	service_start(rp, SEF_INIT_RESTART);
	return EDONTREPLY;
}

int
do_rs_shutdown(endpoint_t who, const struct no_payload *req,
    struct no_payload *rep)
{
	(void)who, (void)req, (void)rep;
	rs_shutting_down = true;
	return OK;
}

int
do_rs_update(endpoint_t who, const struct rs_update_req *req,
    struct no_payload *rep)
{
	struct rproc *rp;
	int r;

	(void)rep;
	r = target_find(req->label, &rp);
	return r != OK ? r : update_begin(rp, who, req);
}

int
do_rs_policy(endpoint_t who, const struct rs_policy_req *req,
    struct no_payload *rep)
{
	struct rproc *rp;
	int r;

	(void)who, (void)rep;
	r = target_find(req->label, &rp);
	if (r == OK && !policy_ok(&req->policy))
		r = -EINVAL;
	if (r == OK && rp->flags & RF_ONCE)
		r = -ENOTSUP; /* nobody may think that it comes back now */
	if (r == OK)
		rp->policy = req->policy;
	return r;
}

int
do_rs_lookup(endpoint_t who, const struct rs_lookup_req *req,
    struct rs_lookup_rep *rep)
{
	const struct rproc *rp;

	(void)who; /* no secret */
	if (!str_terminated(req->label, sizeof req->label))
		return -EINVAL;
	rp = rproc_by_label(req->label);
	if (rp == NULL || rp->pub->endpoint == NONE)
		return -ESRCH;
	rep->ep = rp->pub->endpoint;
	return OK;
}

/* Fill in a row for RS_GETSYSINFO. */
static void
info_fill(struct rs_info *info, const struct rproc *rp)
{
	memset(info, 0, sizeof *info); /* no stale bytes behind words */
	info->pub = *rp->pub;
	info->pid = rp->pid;
	info->restarts = rp->restarts;
	info->failures = rp->failures;
	info->complaint_ends = rp->complaints.verdicts;
	info->policy = rp->policy;
	strlcpy(info->script, rp->script, sizeof info->script);
	info->end_time = rp->failure.time;
	info->end_status = rp->failure.status;
	strlcpy(info->end_text, rp->failure.text, sizeof info->end_text);
	info->lu_state = rp->lu_state;
	info->updates = rp->updates;
	info->lu_result = rp->lu_result;
	info->period = rp->period;
	info->uid = rp->uid;
	info->last_alive = rp->last_alive;
	info->flags =
	    (rp->flags & RF_INITIALIZING ? (unsigned)RSI_INITIALIZING : 0u) |
	    (rp->flags & RF_EXITING ? (unsigned)RSI_EXITING : 0u) |
	    (rp->flags & RF_REFRESHING ? (unsigned)RSI_REFRESHING : 0u) |
	    (rp->flags & RF_GIVEN_UP ? (unsigned)RSI_GIVEN_UP : 0u) |
	    (rp->flags & RF_ONCE ? (unsigned)RSI_ONCE : 0u) |
	    (rp->flags & RF_UPDATING ? (unsigned)RSI_UPDATING : 0u) |
	    (rp->recovery.id != 0 ? (unsigned)RSI_RECOVERING : 0u) |
	    (rp->revive_time != 0 ? (unsigned)RSI_BACKOFF : 0u);
}

int
do_rs_getsysinfo(endpoint_t who, const struct rs_getsysinfo_req *req,
    struct rs_getsysinfo_rep *rep)
{
	const struct rproc *rp;
	struct rs_info info;
	uint32_t n = 0;
	int r;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS] && n < req->rows; rp++) {
		if (!(rp->flags & RF_IN_USE))
			continue;
		info_fill(&info, rp);
		r = sys_datacopy(SELF, vir_addr(&info), who,
		    req->table + n * (vir_bytes)sizeof info, sizeof info);
		if (r != OK)
			return r;
		n++;
	}
	rep->rows = n;
	return OK;
}
