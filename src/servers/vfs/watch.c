/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Time, see servers/vfs/watch.h. */
#include "servers/vfs/watch.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/worker.h"

static uint32_t looks;
static bool looking;
static clock_ticks look_at; /* uptime, when looking */

uint32_t
watch_time(void)
{
	return looks;
}

uint32_t
watch_patience(const struct worker *w)
{
	return w->dying ? HURRY : PATIENCE;
}

/* Ticks from now to a time; at least one. */
static clock_ticks
ticks_to(clock_ticks time, clock_ticks now)
{
	int32_t left = (int32_t)(time - now);

	return left < 1 ? 1 : (clock_ticks)left;
}

void
watch_alarm_set(clock_ticks now)
{
	clock_ticks left = looking ? ticks_to(look_at, now) : 0;
	struct worker *w;

	FOR_EACH_BUSY(w)
	{
		clock_ticks t;

		if (w->deadline == 0)
			continue;
		t = ticks_to(w->deadline, now);
		if (left == 0 || t < left)
			left = t;
	}
	(void)sys_setalarm(left, NULL); /* VFS has no other use of it */
}

void
watch_begin(void)
{
	clock_ticks now;

	if (looking || getticks(&now) != OK)
		return;
	looking = true;
	look_at = now + sys_hz();
	watch_alarm_set(now);
}

/* One that waits for a driver finds out itself how long it has. */
static bool
driver_look(struct worker *w)
{
	worker_wake(w, OK);
	return true;
}

/* Look at each wait; is there still one with a limit? */
static bool
look(void)
{
	bool any = false;
	struct worker *w;

	looks++;
	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_FS || w->wait == WAIT_FS_TURN)
			any |= fs_look(w);
		else if (w->wait == WAIT_DEV)
			any |= dev_look(w);
		else if (w->wait == WAIT_DRIVER)
			any = driver_look(w);
	}
	return any;
}

void
watch_alarm(clock_ticks now)
{
	select_expire(now);
	if (looking && (int32_t)(now - look_at) >= 0) {
		looking = look();
		look_at = now + sys_hz();
	}
	watch_alarm_set(now);
}
