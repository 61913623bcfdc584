/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process and its tracer, for tests whose values come from processes that
 * stop where nobody else can see them. Nothing here waits for ever where
 * nobody can be traced.
 */
#pragma once

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/errno.h>

#include "test/program/program.h"

#define ENDED (-1) /* shown(): it has ended, see how_ended() */

/**
 * Make a child that runs. It ends with its tester, or after ten seconds.
 *
 * @param[in] what  what it does; the result is its exit code
 * @return its id
 */
pid_t begin(int (*what)(void));

/**
 * Attach to a process and collect its stop.
 *
 * @param[in] pid  its id
 * @return whether it is stopped by SIGSTOP now; if not it is killed
 */
bool held(pid_t pid);

/**
 * Make a child that asks to be traced, and stops by itself before it does
 * anything.
 *
 * @param[in] what  what it does then
 * @return its id, stopped, or NO_CHILD: that is not possible
 */
pid_t begin_traced(int (*what)(void));

/** Make a request. @param[in] r T_* @param[in] pid about whom
 * @param[in] data its data @return OK or -errno */
int request(int r, pid_t pid, long data);

/** Wait for a process to stop or end. @param[in] pid its id
 * @return the signal that it shows, or ENDED */
int shown(pid_t pid);

/** The same, without waiting. @param[in] pid its id
 * @return 0: nothing has happened */
int shown_now(pid_t pid);

/** How the last process that ended has ended: its exit code, or SIGNALLED and
 * a signal. @return that */
int how_ended(void);

/** Kill a process and collect it. @param[in] pid its id */
void drop(pid_t pid);

/** Register of a process that is stopped. @param[in] pid its id
 * @param[in] offset in struct trace_user @return its value */
uint32_t look_at(pid_t pid, size_t offset);

#define REGISTER(name) offsetof(struct trace_user, regs.name)

/** A word of this run. @param[in] label of its stream @param[in] i which */
static inline uint32_t
word(const char *label, uint32_t i)
{
	return nonce_u32(report_nonce(), label, i);
}
