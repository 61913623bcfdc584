/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processor time of a process and of all that descends from it.
 */
#pragma once

#include <stdint.h>
#include <sys/types.h>

/**
 * Add up what a process, those below it, and those of them that have ended
 * have used.
 *
 * @param[in] pid the process
 * @return milliseconds, or -1: this machine does not tell
 *
 * @source proc(5)
 */
int64_t job_time(pid_t pid);

/**
 * Who is below a process: its children, theirs, and so on, in whatever group
 * or session they are.
 *
 * @param[in]  pid   process
 * @param[out] pids  processes below it
 * @param[in]  room  for so many; the others are left out
 * @return how many there are in pids
 */
size_t job_below(pid_t pid, pid_t *pids, size_t room);
