/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the kernel calls on information, time and diagnostics. See
 * <abi/kcall.h>.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

#define sys_whoami_req no_payload

struct sys_whoami_rep {
	endpoint_t ep;
	uint32_t priv_flags;
	char name[PROC_NAME_MAX];
};

struct sys_getinfo_req {
	int32_t what;  /**< GET_*, see <abi/getinfo.h> */
	endpoint_t ep; /**< for requests about one process */
	vir_bytes addr;
	uint32_t size; /**< room at addr, in bytes */
};

struct sys_getinfo_rep {
	uint32_t size; /**< bytes written */
};

struct sys_times_req {
	endpoint_t ep; /**< NONE: only the clocks */
};

struct sys_times_rep {
	clock_ticks uptime, user, system;
	uint32_t hz;
	int64_t boot_time; /**< seconds since 1970 */
};

struct sys_settime_req {
	int64_t boot_time;
};

#define sys_settime_rep no_payload

struct sys_setalarm_req {
	clock_ticks ticks; /**< from now on; 0: off */
};

struct sys_setalarm_rep {
	clock_ticks left; /**< of the previous alarm */
	clock_ticks uptime;
};

#define VT_VIRTUAL 1 /* counts the process's user time: SIGVTALRM */
#define VT_PROF    2 /* counts user and system time: SIGPROF */

struct sys_vtimer_req {
	endpoint_t ep;
	int32_t which;
	int32_t set; /**< 0: only read */
	clock_ticks ticks;
};

struct sys_vtimer_rep {
	clock_ticks left; /**< before the change */
};

#define DIAG_PRINT      1   /* text for the kernel log */
#define DIAG_STACKTRACE 2   /* of ep, to the kernel log */
#define DIAG_REPORT     3   /* a line for the host alone; any process may */
#define DIAG_MAX        512 /* bytes of text in one call */

/* A report begins with this byte, which nothing else on the host's port can
 * hold; then "NAME ENDPOINT ", both of the sender, come from the kernel. */
#define DIAG_REPORT_MARK '\1'

struct sys_diagctl_req {
	int32_t code;
	endpoint_t ep;
	vir_bytes addr;
	uint32_t size;
};

#define sys_diagctl_rep no_payload

enum abort_how {
	ABORT_HALT,
	ABORT_REBOOT,
	ABORT_PANIC,
};

struct sys_abort_req {
	int32_t how;
};

#define sys_abort_rep no_payload

struct sys_trace_req {
	endpoint_t ep;
	int32_t request;
	vir_bytes addr;
	uint32_t data;
};

struct sys_trace_rep {
	uint32_t data;
};

#define STATE_CLEAR_IPC_REFS 1 /* fail everybody blocked on ep */

struct sys_statectl_req {
	endpoint_t ep;
	int32_t request;
};

#define sys_statectl_rep no_payload
