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
 * @param[in] result  for a caller who waits for its end
 */
void service_terminate(struct rproc *rp, const char *reason, int result);

/** Ask a service to end. It is ended if it does not. */
void service_stop(struct rproc *rp);

/** Answer who waits for a service, if anybody does. */
void caller_answer(struct rproc *rp, int result);
