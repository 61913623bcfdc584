/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process does while signals rain on it: computing, calls of each kind,
 * waits of each kind. Nothing of it may go wrong, and nothing takes long but
 * the waits, which a signal ends.
 */
#pragma once

#include <stdbool.h>

#define JOBS 11

/** A job. Its function returns 0, or the number of what went wrong. */
struct job {
	const char *name;
	int (*once)(void);
};

extern const struct job jobs[JOBS];

/** What they need: a pipe. @return whether it is there */
bool jobs_begin(void);

/** The opposite. */
void jobs_end(void);

/** What a job blocks for a moment.
 * @param[in] sig signals @param[in] n how many */
void jobs_block(const int *sig, int n);
