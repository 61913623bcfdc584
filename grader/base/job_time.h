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
