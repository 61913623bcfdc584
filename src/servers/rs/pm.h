/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What RS has PM do, without waiting for it: the steps of a start and of an
 * end, and the question whose request this is.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/image.h"
#include "servers/rs/table.h"

/* PM's time to answer, in ticks. A fork takes what VFS may take, and PM says
 * when that is over. */
#define PM_T      (4 * sys_hz())
#define PM_FORK_T (10 * sys_hz())

/** Begin a step of a service that has none under way. start.c and death.c
 * hear of its end. */
void pm_fork(struct rproc *rp);
void pm_exec(struct rproc *rp, const struct image_start *start);

/**
 * Have the process of a service removed. It is not the service's any more.
 *
 * @param[in] step  STEP_UNDO or STEP_KILL
 */
void pm_kill(struct rproc *rp, enum rproc_step step);

/** Ask who a client is. client_identified() gets the answers, in order. */
void pm_identify(endpoint_t who);

/** Ask for the numbers of boot services, which PM has given. They are known
 * before the answer to whatever is asked next. */
void pm_learn_pids(void);

/** Take an answer of PM. */
void pm_answer(const struct message *m);

/** Has PM used up its time for a step? Then nothing can go on: panic. */
void pm_supervise(struct rproc *rp, clock_ticks now);
