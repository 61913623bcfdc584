/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What traced processes report, one stop or end after the other.
 */
#pragma once

#include <sys/types.h>

#include "cmd/trace/tracee.h"

extern bool event_follow; /**< children are traced, too */
extern int event_status;  /**< of the program that was started, or 0; 128 and
			       a signal: it was killed */

/** A program was started and stands before its exec. @param[in] pid its id
 * @param[in] path of the program, for complaints */
void event_started(pid_t pid, const char *path);

/** A process has been attached to, and will stop. @param[in] pid its id */
void event_attached(pid_t pid);

/** A process has stopped or ended. @param[in] pid its id
 * @param[in] status of waitpid() */
void event(pid_t pid, int status);

/** Let the others have their turn: waitpid() prefers some. @param[in] pid of
 * the process that has had it */
void event_others(pid_t pid);

/** Nothing happens: write the beginnings of the lines of calls that last. */
void event_lasting(void);

/** Let a process go; it goes on. @param[in] t the process */
void event_detach(struct tracee *t);
