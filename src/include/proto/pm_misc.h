/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of PM's calls on signals, time and tracing. See <proto/pm.h>.
 */
#pragma once

#include <abi/limits.h>
#include <abi/signal.h>
#include <proto/proto.h>

#define PM_SIG_DFL      0u
#define PM_SIG_IGN      1u
#define PM_SA_NOCLDSTOP 1u
#define PM_SA_RESETHAND 2u
#define PM_SA_NODEFER   4u
#define PM_SA_RESTART   8u
#define PM_SA_SIGINFO   16u
#define PM_SA_NOCLDWAIT 32u
#define PM_SA_ONSTACK   64u

struct pm_sigaction_req {
	int32_t sig;       /**< one of SIG* */
	int32_t set;       /**< 0: only tell */
	vir_bytes handler; /**< one of PM_SIG_DFL, PM_SIG_IGN, or where it is */
	ksigset_t mask;
	uint32_t flags;       /**< PM_SA_* */
	vir_bytes trampoline; /**< where handlers return to */
};

struct pm_sigaction_rep {
	vir_bytes handler; /**< one of PM_SIG_DFL, PM_SIG_IGN, or where it is */
	ksigset_t mask;
	uint32_t flags; /**< PM_SA_* */
};

enum pm_sighow {
	PM_SIG_BLOCK,
	PM_SIG_UNBLOCK,
	PM_SIG_SETMASK,
	PM_SIG_INQUIRE,
};

struct pm_sigprocmask_req {
	int32_t how; /**< enum pm_sighow */
	ksigset_t set;
};

struct pm_sigprocmask_rep {
	ksigset_t old;
};

/* The stack for handlers with PM_SA_ONSTACK. -EPERM: the caller is on it now;
 * -ENOMEM: it is too small. */
struct pm_sigaltstack_req {
	int32_t set;     /**< 0: only tell */
	vir_bytes stack; /**< its lowest address */
	uint32_t size;   /**< 0: none */
	vir_bytes sp;    /**< where the caller is */
};

struct pm_sigaltstack_rep {
	vir_bytes stack;
	uint32_t size;
	int32_t active; /**< sp is on it */
};

#define pm_sigpending_req no_payload

struct pm_sigpending_rep {
	ksigset_t set;
};

struct pm_sigsuspend_req {
	ksigset_t mask;
};

#define pm_sigsuspend_rep no_payload

struct pm_sigreturn_req {
	vir_bytes context; /**< struct sig_context */
};

#define pm_sigreturn_rep no_payload

enum pm_itimer_which {
	PM_ITIMER_REAL, /* alarm(2) is this one */
	PM_ITIMER_VIRTUAL,
	PM_ITIMER_PROF,
};

struct pm_itimer_req {
	int32_t which; /**< enum pm_itimer_which */
	int32_t set;   /**< 0: only tell */
	uint32_t value_ms, interval_ms;
};

struct pm_itimer_rep {
	uint32_t value_ms, interval_ms;
};

#define pm_times_req no_payload

struct pm_times_rep {
	clock_ticks user, system, child_user, child_system, uptime;
	uint32_t hz;
};

#define pm_gettime_req no_payload

struct pm_gettime_rep {
	int64_t seconds; /**< since 1970 */
	uint32_t nanoseconds;
	uint32_t uptime_ms;
};

struct pm_settime_req {
	int64_t seconds;
};

#define pm_settime_rep no_payload

struct pm_ptrace_req {
	int32_t request; /**< enum trace_request, <abi/ptrace.h> */
	int32_t pid;
	vir_bytes addr;
	int32_t data;
};

struct pm_ptrace_rep {
	int32_t data;
};
