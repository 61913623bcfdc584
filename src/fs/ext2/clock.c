/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The time, from the kernel.
 */
#include "fs/ext2/clock.h"

#include <abi/endpoint.h>
#include <lacuna/syslib.h>

static uint32_t now; /* 0: not yet asked */

void
clock_begin(void)
{
	now = 0;
}

uint32_t
clock_now(void)
{
	struct sys_times_rep t;

	if (now == 0 && sys_times(NONE, &t) == OK)
		now = (uint32_t)t.boot_time + t.uptime / t.hz;
	return now;
}
