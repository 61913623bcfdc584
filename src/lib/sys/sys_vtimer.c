/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: timers on processor time.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_vtimer(endpoint_t ep, int which, const clock_ticks *ticks,
    clock_ticks *left)
{
	struct sys_vtimer_req req = { .ep = ep, .which = which };
	struct sys_vtimer_rep rep;
	int r;

	if (ticks != NULL) {
		req.set = 1;
		req.ticks = *ticks;
	}
	r = KCALL(SYS_VTIMER, &req, &rep);
	if (r == OK && left != NULL)
		*left = rep.left;
	return r;
}
