/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: set the boot time.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_settime(int64_t boot_time)
{
	struct sys_settime_req req = { boot_time };

	return KCALL_REQ(SYS_SETTIME, &req);
}
