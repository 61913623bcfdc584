/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: stop and resume.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_runctl(endpoint_t ep, int action, uint32_t flags)
{
	struct sys_runctl_req req = { ep, action, flags };

	return KCALL_REQ(SYS_RUNCTL, &req);
}

int
sys_stop(endpoint_t ep)
{
	return sys_runctl(ep, RC_STOP, 0);
}

int
sys_delay_stop(endpoint_t ep)
{
	return sys_runctl(ep, RC_STOP, RC_DELAY);
}

int
sys_resume(endpoint_t ep)
{
	return sys_runctl(ep, RC_RESUME, 0);
}
