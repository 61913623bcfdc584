/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the alarm of this service.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	struct sys_setalarm_req req = { ticks };
	struct sys_setalarm_rep rep;
	int r;

	r = KCALL(SYS_SETALARM, &req, &rep);
	if (r == OK && left != NULL)
		*left = rep.left;
	return r;
}
