/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * alarm: the real-time interval timer, once, in whole seconds.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

#define ALARM_MAX (UINT32_MAX / 1000)

unsigned
alarm(unsigned seconds)
{
	struct pm_itimer_req req = { .which = PM_ITIMER_REAL, .set = 1 };
	struct pm_itimer_rep rep;
	int r;

	/* alarm() cannot fail; nobody waits longer than 49 days. */
	req.value_ms = (seconds < ALARM_MAX ? seconds : ALARM_MAX) * 1000;
	r = msg_call(PM_PROC_NR, PM_ITIMER, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? (rep.value_ms + 999) / 1000 : 0;
}
