/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process protocol: requests to PM from user processes. Results such as
 * process ids come in the reply's body, the status in its type. The calls
 * only services may make are in <proto/pm_srv.h>.
 */
#pragma once

#include <abi/limits.h>
#include <abi/signal.h>
#include <proto/proto.h>

#define PM_CALLS(CALL)                                                         \
	CALL(PM_EXIT, pm_exit)                                                 \
	CALL(PM_FORK, pm_fork)                                                 \
	CALL(PM_WAIT, pm_wait)                                                 \
	CALL(PM_EXEC, pm_exec)                                                 \
	CALL(PM_GETIDS, pm_getids)                                             \
	CALL(PM_SETID, pm_setid)                                               \
	CALL(PM_SETSID, pm_setsid)                                             \
	CALL(PM_SETPGID, pm_setpgid)                                           \
	CALL(PM_KILL, pm_kill)                                                 \
	CALL(PM_SIGACTION, pm_sigaction)                                       \
	CALL(PM_SIGPROCMASK, pm_sigprocmask)                                   \
	CALL(PM_SIGPENDING, pm_sigpending)                                     \
	CALL(PM_SIGSUSPEND, pm_sigsuspend)                                     \
	CALL(PM_SIGRETURN, pm_sigreturn)                                       \
	CALL(PM_ITIMER, pm_itimer)                                             \
	CALL(PM_TIMES, pm_times)                                               \
	CALL(PM_GETTIME, pm_gettime)                                           \
	CALL(PM_SETTIME, pm_settime)                                           \
	CALL(PM_GETPRIORITY, pm_getpriority)                                   \
	CALL(PM_SETPRIORITY, pm_setpriority)                                   \
	CALL(PM_REBOOT, pm_reboot)                                             \
	CALL(PM_GETPARAM, pm_getparam)                                         \
	CALL(PM_PROCINFO, pm_procinfo)                                         \
	CALL(PM_PTRACE, pm_ptrace)                                             \
	CALL(PM_RLIMIT, pm_rlimit)                                             \
	CALL(PM_GROUPS, pm_groups)                                             \
	CALL(PM_SIGALTSTACK, pm_sigaltstack)

enum pm_call {
	PM_BEFORE_FIRST = PM_BASE - 1,
	PM_CALLS(PROTO_NUMBER) PM_END
};

struct pm_exit_req {
	int32_t status;
};

#define pm_exit_rep no_payload

#define pm_fork_req no_payload

struct pm_fork_rep {
	int32_t pid; /**< 0 in the child */
};

#define PM_WNOHANG    1
#define PM_WUNTRACED  2  /* also of children that have stopped */
#define PM_WCONTINUED 4  /* and of those that have gone on */
#define PM_WNOWAIT    8  /* leave the news for another wait */
#define PM_WNOEXIT    16 /* not of those that have ended */
#define PM_WOPTIONS   31 /* all of these */

struct pm_wait_req {
	int32_t pid;     /**< as waitpid(2) */
	int32_t options; /**< PM_W* */
};

struct pm_wait_rep {
	int32_t pid;              /**< 0: PM_WNOHANG and none */
	int32_t status;           /**< wait status, as waitpid(2) */
	uint32_t uid;             /**< of the child */
	clock_ticks user, system; /**< it and its children have used */
};

/** The frame is what the new stack will hold from its stack pointer on:
 * argc, argv[], NULL, envp[], NULL, strings; pointers are offsets from the
 * beginning of the frame, VFS makes addresses of them. */
struct pm_exec_req {
	vir_bytes path;
	uint32_t path_len; /**< with the NUL */
	vir_bytes frame;   /**< [in] argv and what comes with it */
	uint32_t frame_len;
};

#define pm_exec_rep no_payload

#define pm_getids_req no_payload

struct pm_getids_rep {
	int32_t pid, ppid, pgrp, sid;
	uint32_t uid, euid, gid, egid;
};

enum pm_id {
	PM_UID, /* setuid */
	PM_EUID,
	PM_GID,
	PM_EGID,
};

struct pm_setid_req {
	int32_t which; /**< enum pm_id */
	uint32_t id;
};

#define pm_setid_rep  no_payload
#define pm_setsid_req no_payload

struct pm_setsid_rep {
	int32_t sid;
};

struct pm_setpgid_req {
	int32_t pid, pgrp;
};

#define pm_setpgid_rep no_payload

struct pm_kill_req {
	int32_t pid;
	int32_t sig; /**< one of SIG* */
};

#define pm_kill_rep no_payload

#include <proto/pm_info.h>
#include <proto/pm_limit.h>
#include <proto/pm_misc.h>

PM_CALLS(PROTO_FITS)
