/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to PM that only services may make.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

#define PM_SRV_BASE (PM_BASE + 0x80)

#define PM_SRV_CALLS(CALL)                                                     \
	CALL(PM_SRV_FORK, pm_srv_fork)         /* RS: a process to fill */     \
	CALL(PM_EXEC_RESTART, pm_exec_restart) /* RS: start what it loaded */  \
	CALL(PM_SRV_KILL, pm_srv_kill)         /* RS: finish a service off */  \
	CALL(PM_GETEPINFO, pm_getepinfo)       /* who is behind an endpoint */ \
	CALL(PM_PROC_LOOKUP, pm_proc_lookup)   /* endpoint of a pid */         \
	CALL(PM_KILL_GROUP, pm_kill_group)     /* TTY: signal a group */

enum pm_srv_call {
	PM_SRV_BEFORE_FIRST = PM_SRV_BASE - 1,
	PM_SRV_CALLS(PROTO_NUMBER) PM_SRV_END
};

/* A child of the caller with no privileges, no memory, stopped;
 * the reply comes when VFS knows the process, too, but does not wait for
 * anything VFS may be blocked on. */
struct pm_srv_fork_req {
	uint32_t uid, gid;
};

struct pm_srv_fork_rep {
	int32_t pid;
	endpoint_t ep;
};

struct pm_exec_restart_req {
	endpoint_t ep;
	vir_bytes pc, sp;
	char name[PROC_NAME_MAX];
};

#define pm_exec_restart_rep no_payload

struct pm_srv_kill_req {
	int32_t pid;
};

#define pm_srv_kill_rep no_payload

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
	int32_t pgrp, sig;
};

#define pm_kill_group_rep no_payload

PM_SRV_CALLS(PROTO_FITS)
