/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end of services. RS is their signal manager: it hears of every fault
 * and every signal from the kernel, with the process stopped. An end by
 * sef_exit() and a crash take the same way, only the words differ.
 */
#include "servers/rs/death.h"

#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/init.h"
#include "servers/rs/pm.h"
#include "servers/rs/publish.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"
#include "servers/rs/shutdown.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

#define STOP_T (2 * RS_DELTA_T) /* time to end, in ticks */

/* Signals that end a service; the others are passed on to it. */
#define SIGNALS_FATAL                                                          \
	(KSIG_BIT(SIGILL) | KSIG_BIT(SIGTRAP) | KSIG_BIT(SIGABRT) |            \
	    KSIG_BIT(SIGEMT) | KSIG_BIT(SIGFPE) | KSIG_BIT(SIGKILL) |          \
	    KSIG_BIT(SIGBUS) | KSIG_BIT(SIGSEGV) | KSIG_BIT(SIGSYS) |          \
	    KSIG_BIT(SIGPIPE))

/* Answer whoever waits, once. */
static void
wait_end(endpoint_t *waiting, const struct rproc *rp, int result)
{
	struct rs_up_rep rep = { .ep = rp->pub->endpoint };

	if (*waiting != NONE)
		server_reply(*waiting, result, &rep, sizeof rep);
	*waiting = NONE;
}

void
caller_answer(struct rproc *rp, int result)
{
	update_end(rp, result);
	wait_end(&rp->caller, rp, result);
}

/* A death that the system does not survive: say all that is known. */
static void
death_fatal(const struct rproc *rp, const char *reason, int result)
{
	if (rp->pub->sys_flags & SF_CORE_SRV)
		panic("%s %s (%d), and nothing works without it",
		    rp->pub->label, reason != NULL ? reason : "is gone",
		    result);
	if (boot_busy() && rp->flags & RF_BOOT)
		panic("boot service %s %s (%d)", rp->pub->label,
		    reason != NULL ? reason : "is gone", result);
}

void
service_forget(struct rproc *rp, int result)
{
	caller_answer(rp, result);
	wait_end(&rp->watcher, rp, rp->last_end);
	complain_forget(rp);
	rproc_free(rp);
	shutdown_step(rs_now());
}

void
service_abandon(struct rproc *rp, int result)
{
	service_unpublish(rp);
	service_forget(rp, result);
}

/* Say what has gone wrong, and keep it for those who ask. */
static void
failure_note(struct rproc *rp, const char *reason, int result)
{
	printf("rs: %s (%d) %s\n", rp->pub->label, rp->pub->endpoint, reason);
	rp->failure.time = rs_time(rs_now());
	rp->failure.status = result;
	strlcpy(rp->failure.text, reason, sizeof rp->failure.text);
}

/* Does nothing come after this end? An update that fails does not take the
 * service with it; nor is it one's own end that makes room for the next. */
static bool
is_last(const struct rproc *rp, bool early)
{
	if (rs_shutting_down)
		return true;
	if (early && rp->flags & RF_UPDATING)
		return false;
	if (rp->flags & RF_ONCE)
		return early || !(rp->flags & RF_REPLACING);
	return (rp->flags & RF_EXITING) != 0;
}

/* What the caller of a change is told when it ends with this. */
static int
answer_of(const struct rproc *rp, bool early, int result)
{
	if (update_prepares(rp))
		return -EINTR;
	if (early)
		return result;
	if (rp->flags & RF_EXITING)
		return OK;
	/* Started again it should be. */
	return rs_shutting_down && rp->flags & RF_REFRESHING ? -ESHUTDOWN
							     : result;
}

void
service_terminate(struct rproc *rp, const char *reason, int result)
{
	const bool early = (rp->flags & RF_INITIALIZING) != 0;
	const bool preparing = update_prepares(rp);

	if (rp->step != STEP_NONE) {
		rp->step_error = result; /* it has not run: its start fails */
		return;
	}
	if (reason != NULL)
		failure_note(rp, reason, result);
	death_fatal(rp, reason, result);
	rp->last = is_last(rp, early);
	rp->last_end = result;
	rp->answer = answer_of(rp, early, result);
	rp->flags &= ~(uint32_t)RF_INITIALIZING;
	rp->init_deadline = rp->stop_deadline = rp->ping_sent = 0;
	if (rp->last)
		service_unpublish(rp);
	else if (early)
		rp->flags &= ~(uint32_t)(RF_REFRESHING | RF_EXITING);
	if (!rp->last && (early || preparing)) /* what was asked for fails */
		caller_answer(rp, rp->answer);
	pm_kill(rp, STEP_KILL);
}

void
death_done(struct rproc *rp)
{
	if (rp->last)
		service_forget(rp, rp->answer);
	else if (rs_shutting_down)
		service_abandon(rp, -ESHUTDOWN);
	else
		service_revive(rp);
}

void
service_stop(struct rproc *rp)
{
	struct sigs_signal_msg sig = { .signo = SIGTERM };

	rp->stop_deadline = rs_time(rs_now() + STOP_T);
	rs_send(rp->pub->endpoint, SIGS_SIGNAL_RECEIVED, &sig, sizeof sig);
}

int
death_signal(endpoint_t target, int signo)
{
	struct rproc *rp = rproc_by_endpoint(target);
	struct sigs_signal_msg sig = { .signo = signo };
	char reason[32];

	if (rp == NULL)
		return -EDEADSRCDST; /* PM is removing it already */
	if (!(SIGNALS_FATAL & KSIG_BIT(signo))) {
		rs_send(target, SIGS_SIGNAL_RECEIVED, &sig, sizeof sig);
		return OK;
	}
	init_died(rp);
	snprintf(reason, sizeof reason, "ended by signal %d", signo);
	service_terminate(rp, reason, -EINTR);
	return -EDEADSRCDST;
}

void
death_exit(const struct message *m)
{
	struct rproc *rp = rproc_by_endpoint(m->m_source);
	struct rs_exit_msg end;
	char reason[32];
	bool wanted;

	memcpy(&end, m->m_body, sizeof end);
	if (rp == NULL) {
		server_reply(m->m_source, -EPERM, NULL, 0);
		return;
	}
	wanted = (rp->flags & (RF_EXITING | RF_REFRESHING | RF_ONCE)) != 0;
	if (rp->flags & RF_INITIALIZING) { /* it was to report, not to end */
		wanted = false;
		end.status = -EPROTO;
	}
	init_died(rp);
	snprintf(reason, sizeof reason, "ended with status %d", end.status);
	service_terminate(rp, wanted ? NULL : reason, end.status);
}
