/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end of a service, and what comes after.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/table.h"

/** Dispose of one signal of a service. -EDEADSRCDST: it has ended. */
int death_signal(endpoint_t target, int signo);

/** Take a service's farewell. @param[in] m  of type RS_EXIT */
void death_exit(const struct message *m);

/**
 * End a service's process, then do what its flags say: forget it, start it
 * again now, or start it again after a while.
 *
 * @param[in] reason  for the log; NULL: it was wanted
 * @param[in] result  status for those who wait, and for the table
 */
void service_terminate(struct rproc *rp, const char *reason, int result);

/** PM has removed the process of a service that has ended. */
void death_done(struct rproc *rp);

/** Ask a service to end. It is ended if it does not. */
void service_stop(struct rproc *rp);

/**
 * Free the row of a service without a process. Who waits for a change gets
 * an answer, and who waits for its end the status of the last one.
 *
 * @param[in] result  of the change
 */
void service_forget(struct rproc *rp, int result);

/** Forget a service without a process that others expect to come back: they
 * are told that it does not. */
void service_abandon(struct rproc *rp, int result);

/** A change of a service is over: answer who waits for it, if anybody does. */
void caller_answer(struct rproc *rp, int result);
