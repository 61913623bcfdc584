/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: clocks and accounts.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>
#include <lacuna/printf.h>

int
sys_times(endpoint_t ep, struct sys_times_rep *times)
{
	struct sys_times_req req = { ep };

	return KCALL(SYS_TIMES, &req, times);
}

int
getticks(clock_ticks *ticks)
{
	struct sys_times_rep times;
	int r;

	r = sys_times(NONE, &times);
	if (r == OK)
		*ticks = times.uptime;
	return r;
}

uint32_t
sys_hz(void)
{
	static uint32_t hz;
	struct sys_times_rep times;
	int r;

	if (hz != 0)
		return hz;
	r = sys_times(NONE, &times);
	if (r != OK)
		panic("sys_hz: %d", r); /* the system gives every service it */
	hz = times.hz;
	return hz;
}
