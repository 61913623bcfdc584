/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way down is a list of steps. Each asks for something and has a time: a
 * step is over when what it waits for has happened, or when its time is. So
 * the machine ends, whoever is silent; and whatever still works is left in
 * order: files are written back when nobody can change them any more, and
 * drivers end when nobody needs them any more.
 *
 * From the first step on no service is started, nor started again.
 */
#include "servers/rs/shutdown.h"

#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/shutdown.h>

#include "servers/rs/death.h"
#include "servers/rs/rs.h"
#include "servers/rs/table.h"

/* When a service goes down. */
enum rank {
	DAEMON,      /* started later; it may use files */
	FILE_SERVER, /* has a mount; or came at boot and has no device */
	DRIVER,      /* and DS, in which others look for drivers */
	CORE         /* never: they end the machine; so does init */
};

enum step {
	TERM_USERS,
	KILL_USERS,
	DAEMONS,
	FILES,
	SERVERS,
	DRIVERS,
	STEPS
};

static struct {
	enum step step;
	clock_ticks end; /**< of the step, at the latest */
	bool answered;   /**< in this step, by PM or VFS: it is done */
	bool pm_silent;  /**< PM has not even said that it has heard us */
	bool busy;       /**< a step begins, and may end services at once */
	int how;         /**< enum abort_how */
	struct shutdown_mounts mounted;
} down;

static void
users_end(int signo)
{
	const struct shutdown_users users = { .signo = signo };

	down.pm_silent = true;
	rs_send(PM_PROC_NR, SHUTDOWN_USERS, &users, sizeof users);
}

static void
users_term(void)
{
	rs_send(VFS_PROC_NR, SHUTDOWN_MOUNTS, "", 0);
	users_end(SIGTERM);
}

static void
users_kill(void)
{
	users_end(SIGKILL);
}

static void
files_write(void)
{
	rs_send(VFS_PROC_NR, SHUTDOWN_FILES, "", 0);
}

static bool
is_mounted(endpoint_t ep)
{
	uint32_t i;

	for (i = 0; i < down.mounted.n; i++)
		if (down.mounted.ep[i] == ep)
			return true;
	return false;
}

static enum rank
rank_of(const struct rproc *rp)
{
	if (rp->pub->sys_flags & SF_CORE_SRV || !(rp->spec.flags & SYS_PROC))
		return CORE;
	if (rp->pub->dev_nr > 0 || strcmp(rp->pub->label, "ds") == 0)
		return DRIVER;
	return rp->flags & RF_BOOT || is_mounted(rp->pub->endpoint)
	    ? FILE_SERVER
	    : DAEMON;
}

/* Does a service of this rank, or a lower one, still run? Without PM, which
 * removes processes, none of them ends. */
static bool
runs(enum rank rank)
{
	const struct rproc *rp;

	if (down.pm_silent)
		return false;
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && rank_of(rp) <= rank)
			return true;
	return false;
}

/* End the services of this rank, and what is left of lower ones. */
static void
stop(enum rank rank)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS] && !down.pm_silent; rp++) {
		if (!(rp->flags & RF_IN_USE) || rank_of(rp) > rank)
			continue;
		rp->flags |= RF_EXITING;
		if (rp->step != STEP_NONE)
			continue; /* it is forgotten when PM has answered */
		if (rp->pub->endpoint != NONE)
			service_stop(rp);
		else
			service_abandon(rp, -ESHUTDOWN);
	}
}

static void
daemons_stop(void)
{
	stop(DAEMON);
}

static void
servers_stop(void)
{
	stop(FILE_SERVER);
}

static void
drivers_stop(void)
{
	stop(DRIVER);
}

static bool
is_answered(void)
{
	return down.answered;
}

static bool
daemons_ended(void)
{
	return !runs(DAEMON);
}

static bool
servers_ended(void)
{
	return !runs(FILE_SERVER);
}

static bool
drivers_ended(void)
{
	return !runs(DRIVER);
}

/* The way down, from top to bottom. Services that do not end are ended by
 * their own clocks, earlier than the step. */
static const struct {
	const char *what;
	uint32_t seconds;
	void (*begin)(void);
	bool (*over)(void);
} steps[STEPS] = {
	[TERM_USERS] = { "users", 5, users_term, is_answered },
	[KILL_USERS] = { "users that stayed", 5, users_kill, is_answered },
	[DAEMONS] = { "services", 5, daemons_stop, daemons_ended },
	[FILES] = { "files", 12, files_write, is_answered },
	[SERVERS] = { "file servers", 5, servers_stop, servers_ended },
	[DRIVERS] = { "drivers", 5, drivers_stop, drivers_ended },
};

static void
step_begin(void)
{
	down.answered = false;
	down.end = rs_time(rs_now() + steps[down.step].seconds * sys_hz());
	steps[down.step].begin();
}

static _Noreturn void
machine_end(void)
{
	int r = sys_abort((enum abort_how)down.how);

	panic("the kernel goes on: %d", r);
}

/* Is the present step over? */
static bool
step_over(clock_ticks now)
{
	if (steps[down.step].over())
		return true;
	if (!rs_passed(down.end, now))
		return false;
	printf("rs: shutdown: %s: not in time\n", steps[down.step].what);
	if (down.pm_silent && down.step == KILL_USERS)
		printf("rs: shutdown: no word of pm: services stay\n");
	return true;
}

void
shutdown_step(clock_ticks now)
{
	if (!rs_going_down || down.busy)
		return;
	down.busy = true;
	while (step_over(now)) {
		if (++down.step == STEPS)
			machine_end();
		step_begin();
	}
	down.busy = false;
}

/* Nothing comes back: those that wait for that are gone. */
static void
revivals_drop(void)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && rp->pub->endpoint == NONE &&
		    rp->step == STEP_NONE)
			service_abandon(rp, -ESHUTDOWN);
}

void
shutdown_signal(int signo)
{
	if (signo != SIGTERM || rs_going_down)
		return;
	memset(&down, 0, sizeof down);
	down.how = ABORT_HALT;
	rs_going_down = rs_shutting_down = true;
	revivals_drop();
	step_begin();
}

/* PM has heard us, or the users have ended: then none is killed. */
static void
users_ended(const struct message *m)
{
	struct shutdown_users users;

	memcpy(&users, m->m_body, sizeof users);
	down.how = users.how;
	if (down.step > KILL_USERS)
		return;
	down.pm_silent = false;
	if (users.left > 0)
		return;
	down.step = KILL_USERS;
	down.answered = true;
}

/* VFS: all has been written back, or not. */
static void
files_written(const struct message *m)
{
	struct shutdown_files files;

	memcpy(&files, m->m_body, sizeof files);
	if (files.status != OK)
		printf("rs: shutdown: files: %d\n", files.status);
	if (down.step == FILES)
		down.answered = true;
}

bool
shutdown_answer(const struct message *m)
{
	if (m->m_source == PM_PROC_NR && m->m_type == SHUTDOWN_USERS)
		users_ended(m);
	else if (m->m_source == VFS_PROC_NR && m->m_type == SHUTDOWN_MOUNTS)
		memcpy(&down.mounted, m->m_body, sizeof down.mounted);
	else if (m->m_source == VFS_PROC_NR && m->m_type == SHUTDOWN_FILES)
		files_written(m);
	else
		return false;
	shutdown_step(rs_now());
	return true;
}
