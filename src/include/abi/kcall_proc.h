/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the kernel calls on process life, signals, time and
 * information. See <abi/kcall.h>.
 */
#pragma once

#include <abi/limits.h>
#include <abi/signal.h>
#include <proto/proto.h>

struct sys_fork_req {
	endpoint_t parent;
	int32_t child_slot;
	phys_bytes page_dir; /**< of the child */
};

struct sys_fork_rep {
	endpoint_t child;
};

struct sys_exec_req {
	endpoint_t ep;
	vir_bytes pc;
	vir_bytes sp;
	char name[PROC_NAME_MAX];
};

#define sys_exec_rep no_payload

struct sys_clear_req {
	endpoint_t ep;
};

#define sys_clear_rep no_payload

#define sys_exit_req no_payload
#define sys_exit_rep no_payload

struct sys_schedule_req {
	endpoint_t ep;
	int32_t priority; /**< queue, 0 best, -1: leave */
	int32_t quantum;  /**< ticks, -1: leave */
};

#define sys_schedule_rep no_payload

struct sys_privctl_req {
	endpoint_t ep;
	int32_t request; /**< SYS_PRIV_*, see <abi/priv.h> */
	vir_bytes arg;   /**< struct priv_spec or priv_range in the caller */
};

#define sys_privctl_rep no_payload

#define RC_STOP   0
#define RC_RESUME 1
#define RC_DELAY  1 /* flag: refuse while a message is in transit */

struct sys_runctl_req {
	endpoint_t ep;
	int32_t action; /**< RC_STOP, RC_RESUME */
	uint32_t flags; /**< RC_DELAY */
};

#define sys_runctl_rep no_payload

struct sys_kill_req {
	endpoint_t ep;
	int32_t sig;
};

#define sys_kill_rep no_payload

#define sys_getksig_req no_payload

struct sys_getksig_rep {
	endpoint_t ep; /**< NONE: there is no more */
	ksigset_t set;
};

struct sys_endksig_req {
	endpoint_t ep;
};

#define sys_endksig_rep no_payload

struct sys_sigsend_req {
	endpoint_t ep;
	struct sigmsg msg;
};

#define sys_sigsend_rep no_payload

struct sys_sigreturn_req {
	endpoint_t ep;
	vir_bytes context; /**< struct sig_context in the process */
};

struct sys_sigreturn_rep {
	ksigset_t mask; /**< to be restored */
};
