/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to PM that only services may make. What RS asks is in
 * <proto/pm_rs.h>.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

#define PM_SRV_BASE (PM_BASE + 0x80)

#define PM_SRV_CALLS(CALL)                                                     \
	CALL(PM_GETEPINFO, pm_getepinfo)     /* who is behind an endpoint */   \
	CALL(PM_PROC_LOOKUP, pm_proc_lookup) /* endpoint of a pid */           \
	CALL(PM_KILL_GROUP, pm_kill_group)   /* TTY: signal a group */         \
	CALL(PM_TTY_ACCESS, pm_tty_access)   /* may it use its terminal? */    \
	CALL(PM_TTY_GROUP, pm_tty_group)     /* or put a group in front? */

enum pm_srv_call {
	PM_SRV_BEFORE_FIRST = PM_SRV_BASE - 1,
	PM_SRV_CALLS(PROTO_NUMBER) PM_SRV_END
};

struct pm_getepinfo_req {
	endpoint_t ep;
};

struct pm_getepinfo_rep {
	int32_t pid;
	uint32_t uid, euid, gid, egid;
	int32_t pgrp, sid;
};

struct pm_proc_lookup_req {
	int32_t pid;
};

struct pm_proc_lookup_rep {
	endpoint_t ep;
};

struct pm_kill_group_req {
	int32_t pgrp;
	int32_t sig; /**< one of SIG* */
};

#define pm_kill_group_rep no_payload

/* A process wants to read its controlling terminal (SIGTTIN), or to write to
 * it or change it (SIGTTOU). -EIO: it may not; -ECALLAGAIN: nor yet, its group
 * has got the signal. */
struct pm_tty_access_req {
	endpoint_t user;
	int32_t pgrp; /**< the foreground group */
	int32_t sig;  /**< one of SIG* */
};

#define pm_tty_access_rep no_payload

/* -EPERM: there is no such group in the session of the process. */
struct pm_tty_group_req {
	endpoint_t user;
	int32_t pgrp;
};

#define pm_tty_group_rep no_payload

PM_SRV_CALLS(PROTO_FITS)
