/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of PM's calls on priorities and the system. See <proto/pm.h>.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

#define PM_PRIO_MIN (-20)
#define PM_PRIO_MAX 20

struct pm_getpriority_req {
	int32_t pid; /**< 0: the caller */
};

struct pm_getpriority_rep {
	int32_t nice;
};

struct pm_setpriority_req {
	int32_t pid;
	int32_t nice;
};

#define pm_setpriority_rep no_payload

struct pm_reboot_req {
	int32_t how; /**< enum abort_how */
};

#define pm_reboot_rep no_payload

/* Look a boot parameter up. -ESRCH: not given; -E2BIG: too long. */
struct pm_getparam_req {
	vir_bytes key; /**< NUL-terminated, in the caller */
	uint32_t key_len;
	vir_bytes value; /**< [out] string */
	uint32_t value_size;
};

#define pm_getparam_rep no_payload

/** What ps(1) shows of a process. */
struct pm_procinfo {
	int32_t slot, pid, ppid, pgrp;
	uint32_t uid, gid;
	endpoint_t ep;
	char state; /**< R S T Z W */
	char kind;  /**< s service, u user */
	int8_t nice, priority;
	clock_ticks user, system;
	endpoint_t blocked_on;
	uint32_t frames; /**< memory in use, pages */
	char name[PROC_NAME_MAX];
};

/* The first process at or after a slot. -ESRCH: there is none. */
struct pm_procinfo_req {
	int32_t slot;
	vir_bytes info; /**< [out] struct pm_procinfo */
};

struct pm_procinfo_rep {
	int32_t next; /**< slot to ask for next */
};
