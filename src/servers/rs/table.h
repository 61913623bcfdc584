/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A row for each service, in two tables: struct rprocpub, which all services
 * may read, and struct rproc, which is RS's own.
 */
#pragma once

#include <abi/limits.h>
#include <proto/rs.h>

#include "servers/rs/complain.h"
#include "servers/rs/image.h"
#include "servers/rs/keep.h"

/* Flags of a row. */
#define RF_IN_USE       0x01
#define RF_BOOT         0x02  /* came with the boot image */
#define RF_EXITING      0x04  /* its next death is its last */
#define RF_REFRESHING   0x08  /* its next death is wanted: start again */
#define RF_INITIALIZING 0x10  /* has been asked to initialise */
#define RF_ONCE         0x20  /* every death is its last */
#define RF_IPC_LIST     0x40  /* ipc says whom it may send to */
#define RF_GIVEN_UP     0x80  /* has failed too often to be tried again */
#define RF_UPDATING     0x100 /* from the request until the next is ready */
#define RF_REPLACING    0x200 /* it was ready: what comes is the next one */
#define RF_NO_WAIT      0x400 /* whoever started it waits until it runs only */
#define RF_ANEW         0x800 /* at its next start it has kept nothing */

/** What PM is asked about a service. Without an answer it has no process that
 * runs, and no other step begins. */
enum rproc_step {
	STEP_NONE,
	STEP_FORK, /**< make a process */
	STEP_EXEC, /**< let it begin at its program's first instruction */
	STEP_UNDO, /**< take back a process that has never run */
	STEP_KILL, /**< end one that has */
};

struct rproc {
	struct rprocpub *pub; /**< endpoint NONE: no process */
	uint32_t flags;       /**< RF_* */
	int32_t pid;      /**< -1: not known, or no process; 0: PM is asked */
	int32_t restarts; /**< times it was started again */
	int32_t failures; /**< in a row, see struct rs_policy */
	int32_t last_end; /**< status of its last end */

	struct {
		clock_ticks time; /**< 0: none */
		int32_t status;
		char text[RS_END_MAX];
	} failure; /**< its last */

	struct {
		uint32_t id;          /**< of the work; 0: there is none */
		clock_ticks deadline; /**< then its policy decides */
		bool taken;           /**< the agent has it */
	} recovery;                   /**< by its script */

	endpoint_t old_endpoint; /**< of the previous instance, or NONE */

	enum rproc_step step; /**< of its start or its end; PM has it */
	int32_t step_error;   /**< what has gone wrong meanwhile, or OK */
	int32_t init_type;    /**< of the start that is under way */
	bool last;            /**< nothing comes after its end */
	int32_t answer;       /**< the caller gets when its end is over */
	uint32_t tries;       /**< starts in a row that have failed */

	/* Absolute times in ticks; 0: off. */
	clock_ticks started;
	clock_ticks step_deadline; /**< PM must have answered by then */
	clock_ticks init_deadline; /**< must have initialised by then */
	clock_ticks stop_deadline; /**< must have ended by then */
	clock_ticks revive_time;   /**< is to be started again then */
	clock_ticks lu_deadline;   /**< must be ready for an update by then */
	clock_ticks ping_sent;     /**< and not yet answered */
	clock_ticks last_alive;
	clock_ticks overdue; /**< the deadline it had missed at the last look */

	/* See servers/rs/update.h. */
	int32_t lu_state;  /**< with RF_UPDATING: it is to be ready in */
	uint32_t lu_id;    /**< of this update */
	uint32_t updates;  /**< that are over */
	int32_t lu_result; /**< of the last of them */

	endpoint_t caller;  /**< waits for the change under way; or NONE */
	endpoint_t watcher; /**< waits for its last death; or NONE */

	struct complaints complaints; /**< about it, and by it */

	/* What it is made of. */
	uint32_t period; /**< of pings, in ticks; 0: none */
	uint32_t uid;
	struct rs_policy policy;
	struct image image;
	struct keep keep; /**< memory that outlives its processes */
	struct priv_spec spec;
	char args[RS_ARGS_MAX];
	char ipc[RS_IPC_MAX];
	char script[RS_SCRIPT_MAX]; /**< for its recovery; empty: none */
};

/** The rows; those in use have RF_IN_USE. */
extern struct rproc rproc[NR_SYS_PROCS];
extern struct rprocpub rprocpub[NR_SYS_PROCS];

/** Row of a running service, or NULL: the endpoint may be anybody's. */
struct rproc *rproc_by_endpoint(endpoint_t ep);

/** Row of a label, or NULL. The label ends within LABEL_MAX bytes. */
struct rproc *rproc_by_label(const char *label);

/** A free row, emptied, or NULL. It is not in use yet. */
struct rproc *rproc_alloc(void);

/** Free a row and what it holds. */
void rproc_free(struct rproc *rp);

/** Bind a row to its process; ep NONE: it has none any more. */
void rproc_set_process(struct rproc *rp, endpoint_t ep, int32_t pid);

/** Is a service on its way up or down? Nothing else can be asked of it then. */
static inline bool
rproc_changing(const struct rproc *rp)
{
	return rp->step != STEP_NONE || rp->stop_deadline != 0 ||
	    (rp->flags & (RF_INITIALIZING | RF_UPDATING)) != 0;
}
