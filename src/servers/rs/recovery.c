/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Recovery scripts, see servers/rs/recovery.h. RS reads no files and waits for
 * nobody, so an agent runs them: a process of the superuser that waits in a
 * request to RS (`service agent'). It gets what is to be done, begins with it,
 * and waits again; how the script has ended is another request.
 *
 *     recovery_begin --> (no agent waits) --> RS_AGENT --> RS_RECOVERED
 *           |                    |                              |
 *        no agent          it does not come             fails or is late
 *           +--------------------+------------------------------+--> policy
 *
 * Nothing here can be relied on: the agent may be dead, and RS does not hear
 * of the deaths of processes; the script may be on a disk whose driver is what
 * has failed. So each step has a deadline, and after it the service's policy
 * decides as if there were no script. What the superuser asks for meanwhile is
 * done; the script itself uses that.
 */
#include "servers/rs/recovery.h"

#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/rs/request.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

#define TAKE_T   (2 * RS_DELTA_T) /* the agent is to come back by then */
#define SCRIPT_S 30               /* a script may take */
#define SCRIPT_T ((SCRIPT_S + 2) * RS_DELTA_T) /* until we hear of it */

/* The agent, if it waits. */
static struct {
	endpoint_t ep; /* NONE: it does not */
	vir_bytes work;
} agent = { .ep = NONE };

static bool expected; /* it has got work, and is to come back for more */

/* The script is out of the game. */
static void
fall_back(struct rproc *rp, const char *why)
{
	printf("rs: %s: %s %s, its policy decides\n", rp->pub->label,
	    rp->script, why);
	rp->recovery.id = 0;
	revive_by_policy(rp);
}

/* Give a service's work to the agent that waits. An agent that has died in
 * the meantime cannot be written to. */
static int
work_give(struct rproc *rp)
{
	static struct rs_work work;
	const endpoint_t to = agent.ep;
	int r;

	memset(&work, 0, sizeof work);
	work.id = rp->recovery.id;
	work.seconds = SCRIPT_S;
	work.failures = rp->failures;
	strlcpy(work.label, rp->pub->label, sizeof work.label);
	strlcpy(work.reason, rp->failure.text, sizeof work.reason);
	strlcpy(work.script, rp->script, sizeof work.script);
	agent.ep = NONE;
	r = sys_datacopy(SELF, vir_addr(&work), to, agent.work, sizeof work);
	server_reply(to, r, NULL, 0);
	expected = r == OK;
	if (r != OK)
		return r;
	rp->recovery.taken = true;
	rp->recovery.deadline = rs_time(rs_now() + SCRIPT_T);
	return OK;
}

bool
recovery_begin(struct rproc *rp)
{
	static uint32_t last;

	if (rp->script[0] == '\0')
		return false;
	rp->recovery.id = last = last == UINT32_MAX ? 1 : last + 1;
	rp->recovery.taken = false;
	rp->recovery.deadline = rs_time(rs_now() + TAKE_T);
	if (agent.ep != NONE && work_give(rp) == OK)
		return true;
	if (expected)
		return true;
	printf("rs: %s: no agent runs %s, its policy decides\n", rp->pub->label,
	    rp->script);
	rp->recovery.id = 0;
	return false;
}

bool
recovery_expired(struct rproc *rp, clock_ticks now)
{
	if (rp->recovery.id == 0 ||
	    !supervise_overdue(&rp->overdue, rp->recovery.deadline, now))
		return false;
	if (!rp->recovery.taken)
		expected = false;
	fall_back(rp, rp->recovery.taken ? "takes too long" : "has no agent");
	return true;
}

/* A service whose work nobody has taken, or NULL. */
static struct rproc *
work_find(void)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && rp->recovery.id != 0 &&
		    !rp->recovery.taken)
			return rp;
	return NULL;
}

int
do_rs_agent(endpoint_t who, const struct rs_agent_req *req,
    struct no_payload *rep)
{
	struct rproc *rp;

	(void)rep;
	if (rs_shutting_down)
		return -ESHUTDOWN;
	if (req->size != sizeof(struct rs_work))
		return -EINVAL;
	if (agent.ep != NONE && agent.ep != who)
		server_reply(agent.ep, -EBUSY, NULL, 0);
	agent.ep = who;
	agent.work = req->work;
	rp = work_find();
	if (rp != NULL)
		(void)work_give(rp);
	return EDONTREPLY;
}

int
do_rs_recovered(endpoint_t who, const struct rs_recovered_req *req,
    struct no_payload *rep)
{
	char why[32];
	struct rproc *rp;

	(void)who, (void)rep;
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && rp->recovery.taken &&
		    rp->recovery.id == req->id && req->id != 0)
			break;
	if (rp == &rproc[NR_SYS_PROCS])
		return -ESRCH;
	if (req->status == OK) {
		rp->recovery.id = 0;
		revive_soon(rp);
		return OK;
	}
	snprintf(why, sizeof why, "fails (%d)", req->status);
	fall_back(rp, why);
	return OK;
}
