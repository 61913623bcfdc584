/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The time, from the kernel.
 */
#include "fs/ext2/clock.h"

#include <abi/endpoint.h>
#include <lacuna/syslib.h>

uint32_t
clock_now(void)
{
	struct sys_times_rep t;

	if (sys_times(NONE, &t) != OK)
		return 0;
	return (uint32_t)t.boot_time + t.uptime / t.hz;
}
