/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Waits of a server in the middle of a request, see <lacuna/wait.h>.
 */
#include "lib/sef/wait.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/server.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

/* Requests that were put off, the first one first. */
static struct {
	struct message m;
	int status;
} deferred[WAIT_DEFERRED];

bool wait_left;

static uint32_t nr_deferred;
static uint32_t signals; /* put off: bit n - 1 is signal n */

/* The alarm that ends waits. It is not set for each wait, which would cost a
 * call or two for each interrupt: it runs on, and ends a wait that has seen it
 * go off before. So a wait takes up to twice its time. */
static struct {
	bool waiting;
	clock_ticks set; /**< what the alarm is set to; 0: it is not */
	clock_ticks due; /**< when; one that comes earlier was set before */
	uint32_t number; /**< of this wait */
	uint32_t seen;   /**< the wait at the last alarm */
} watch;

bool
wait_deferred(struct message *m, int *status)
{
	wait_left = nr_deferred > 0 || signals != 0;
	if (nr_deferred == 0)
		return false;
	*m = deferred[0].m;
	*status = deferred[0].status;
	nr_deferred--;
	memmove(&deferred[0], &deferred[1], nr_deferred * sizeof deferred[0]);
	wait_left = nr_deferred > 0 || signals != 0;
	return true;
}

bool
wait_signal(int signo)
{
	if (!watch.waiting)
		return false;
	if (signo >= 1 && signo <= 32)
		signals |= 1u << (signo - 1);
	wait_left = true;
	return true;
}

int
wait_signal_take(void)
{
	int signo;

	if (signals == 0)
		return 0;
	signo = __builtin_ctz(signals) + 1;
	signals &= signals - 1;
	return signo;
}

bool
wait_alarm(clock_ticks now)
{
	if (!watch.waiting) {
		watch.set = 0;
		return false;
	}
	if ((int32_t)(now - watch.due) < 0)
		return true;
	if (watch.seen == watch.number) {
		watch.set = 0;
		sef_cancel();
		return true;
	}
	watch.seen = watch.number;
	watch.due = now + watch.set;
	if (sys_setalarm(watch.set, NULL) != OK)
		sef_cancel(); /* never wait without an end */
	return true;
}

/* Let the alarm end this wait. */
static int
watch_begin(clock_ticks max)
{
	int r = OK;

	assert(max > 0 && !watch.waiting);
	watch.number++;
	if (watch.set != max) {
		watch.seen = watch.number;
		r = getticks(&watch.due);
		watch.due += max;
		if (r == OK)
			r = sys_setalarm(max, NULL);
		watch.set = r == OK ? max : 0;
	}
	watch.waiting = r == OK;
	return r;
}

/* Serve it later. What is no request can only be late or wrong. */
static void
defer(const struct message *m, int status)
{
	if (is_ipc_notify(status) || m->m_type <= 0)
		return;
	if (nr_deferred == WAIT_DEFERRED) {
		server_reply(m->m_source, -EAGAIN, NULL, 0);
		return;
	}
	deferred[nr_deferred].m = *m;
	deferred[nr_deferred++].status = status;
	wait_left = true;
}

int
server_wait(wait_wanted_t wanted, clock_ticks max, struct message *m,
    int *status)
{
	int r, how;

	if (watch_begin(max) != OK)
		return -ETIMEDOUT; /* never wait without an end */
	while ((r = sef_receive_status(ANY, m, &how)) == OK) {
		if (wanted(m, how))
			break;
		defer(m, how);
	}
	watch.waiting = false;
	if (r == OK && status != NULL)
		*status = how;
	return r == OK ? OK : -ETIMEDOUT;
}
