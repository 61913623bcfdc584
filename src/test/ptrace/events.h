/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Going from event to event of a traced process: entries and ends of calls,
 * and what else it shows on its way.
 */
#pragma once

#include "test/ptrace/tracee.h"

#define EVENTS_MAX 200 /* more than there are */

/** What has been seen. */
struct events {
	int traps;      /**< SIGTRAP */
	int stops;      /**< SIGSTOP */
	int stop_after; /**< traps before the first of these */
};

/**
 * Let a process go from event to event until it ends. SIGCHLD is dropped; any
 * other signal is a failed check.
 *
 * @param[in] pid its id; it is stopped
 * @return what has been seen
 */
struct events events_to_end(pid_t pid);

/** The same until an entry at which it is about to send a request.
 * @param[in] pid its id @param[in] type of the request
 * @return events up to this one, or 0: it has ended */
int events_to_entry(pid_t pid, long type);

/** The next event. @param[in] pid its id @return the signal; 0: it has
 * ended */
int event_next(pid_t pid);

/** Where the message of a process at an event is. @param[in] pid its id
 * @return the address, there */
long event_message(pid_t pid);

/** The type of that: of a request at an entry, of the answer at an end.
 * @param[in] pid its id @return the type */
long event_type(pid_t pid);
