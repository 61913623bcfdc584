/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From a service's first instruction to the end of its initialisation.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/table.h"

/**
 * Ask a service to initialise, by an asynchronous RS_INIT: RS waits for
 * nothing. It says for which type of start, which endpoint the service has and
 * had, how often it was started again, and by which grants it reads the public
 * table and reaches the memory that it may keep (keep_gid()). From now on the
 * row is RF_INITIALIZING and has an init_deadline, ten seconds away.
 *
 * @param[in,out] rp         its row; it has a process that may run
 * @param[in]     init_type  enum sef_init_type
 */
void init_request(struct rproc *rp, int init_type);

/**
 * Take a report, or what claims to be one: anybody may send such a message. It
 * is one only if it comes from a service that is RF_INITIALIZING; any other is
 * answered with -EPERM if its sender waits for an answer, and changes nothing.
 *
 * A success is recorded (the row is neither RF_INITIALIZING nor RF_REFRESHING
 * any more, has no init_deadline, has been alive just now) and answered; then
 * it is announced (service_publish(), unless boot_busy(): others find what runs
 * by then in the public table), whoever waits for the row is answered, and the
 * boot takes a step. A failure is not answered: the service is ended. It is
 * started again later if it has worked before, unless the result is -ENOSYS.
 *
 * @param[in] m       the message, of type RS_INIT
 * @param[in] status  how it was sent, see IPC_STATUS_CALL()
 */
void init_report(const struct message *m, int status);

/**
 * Say in its row that a service has ended, or is being ended. If that was
 * before the report of its first start it goes down for good (RF_EXITING).
 *
 * @param[in,out] rp  its row
 */
void init_died(struct rproc *rp);

/**
 * End a service that has not reported by its init_deadline, with -ETIMEDOUT,
 * as one that has ended by itself. Whether the time is up is for
 * supervise_overdue() to say, which makes sure that all reports that have
 * arrived have been read.
 *
 * @param[in,out] rp   any row in use
 * @param[in]     now  the time, in ticks
 * @return whether it was ended
 */
bool init_expired(struct rproc *rp, clock_ticks now);
