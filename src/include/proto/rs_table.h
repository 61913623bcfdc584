/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What RS lets others know of services: the public table, which services read
 * through a grant, and the longer rows that RS_GETSYSINFO copies. The protocol
 * is in <proto/rs.h>.
 */
#pragma once

#include <abi/limits.h>
#include <abi/types.h>

/** When a service that has failed is started again. */
enum rs_restart_when {
	RS_BACK_OFF, /**< at once, if it fails again later and later */
	RS_AT_ONCE   /**< at once always, but once a second at most */
};

/** What is done when a service fails. */
struct rs_policy {
	uint32_t when;    /**< enum rs_restart_when */
	uint32_t give_up; /**< stop after so many failures in a row; 0: never */
};

/* sys_flags */
#define SF_CORE_SRV   0x1  /* the system does not survive its death */
#define SF_SYNCH_BOOT 0x2  /* others wait for its initialisation */
#define SF_USE_COPY   0x8  /* program is kept in memory */
#define SF_USER       0x10 /* no service, but a user process: init */
#define SF_FILES      0x20 /* a file server: VFS may have it mount */

/** What others may know of a service. RS grants all of them, read only, the
 * table of NR_SYS_PROCS rows, see struct sef_init_info. */
struct rprocpub {
	uint32_t in_use;
	uint32_t sys_flags; /**< SF_* */
	endpoint_t endpoint;
	int32_t dev_nr;        /**< major device number, 0: no driver */
	uint32_t dev_flags;    /**< RS_DEV_* */
	uint32_t vm_call_mask; /**< VM_CALL_BIT() */
	uint32_t quota;        /**< KiB of memory, or VM_QUOTA_NONE */
	char label[LABEL_MAX];
	char proc_name[PROC_NAME_MAX];
};

#define RS_END_MAX    32 /* words for a failure, with their NUL */
#define RS_SCRIPT_MAX 64 /* path of a recovery script, with its NUL */

/** One row of RS_GETSYSINFO. */
struct rs_info {
	struct rprocpub pub;
	int32_t pid; /**< -1: no process */
	int32_t restarts;
	int32_t failures;        /**< in a row: a minute without one forgives */
	uint32_t complaint_ends; /**< restarts for complaints */
	struct rs_policy policy;
	char script[RS_SCRIPT_MAX]; /**< for its recovery; empty: none */
	uint32_t flags;             /**< RSI_* */
	uint32_t period;            /**< of heartbeats, ticks; 0: none */
	uint32_t uid;
	clock_ticks last_alive;    /**< time of the last sign of life */
	clock_ticks end_time;      /**< of its last failure; 0: none */
	int32_t end_status;        /**< error or exit status of that */
	char end_text[RS_END_MAX]; /**< what it was; empty: none */
	int32_t lu_state;          /**< with RSI_UPDATING: it is to reach */
	uint32_t updates;          /**< that are over */
	int32_t lu_result;         /**< of the last of them */
};

#define RSI_INITIALIZING 0x1
#define RSI_EXITING      0x2 /* going down for good */
#define RSI_REFRESHING   0x4 /* going down, will be started again */
#define RSI_BACKOFF      0x8 /* waits to be started again */
#define RSI_UPDATING     0x10
#define RSI_GIVEN_UP     0x20 /* failed too often; waits for RS_RESTART */
#define RSI_RECOVERING   0x40 /* its script decides what comes next */
#define RSI_ONCE         0x80 /* when it ends, it is not started again */

/** Letters for them, the lowest first; RSI_ONCE, which does not pass, has
 * none. */
#define RSI_LETTERS "IERBUGS"
