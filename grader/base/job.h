/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Other programs, run with limits: compilers, git, the disk checker.
 *
 * A job gets no input, a process group of its own, and a limit on time and
 * on output; whatever it leaves running is killed with its group. Calls are
 * independent of each other and may be made from several threads.
 */
#pragma once

#include "grader/base/base.h"

/** What to run, and how far. Zero is a sensible value for all but argv. */
struct job {
	const char *const *argv; /**< argv[0] is looked up in PATH */
	const char *dir;         /**< working directory, or NULL */
	const char *const *env;  /**< environment, or NULL: this program's */
	uint64_t limit_ms;       /**< host time; 0: ten minutes */
	size_t output_max; /**< bytes kept; the rest is dropped; 0: 1 MiB */
};

/** How it ended. */
struct job_result {
	int status;   /**< exit status, or -1: killed by a signal */
	int signal;   /**< which, or 0 */
	bool expired; /**< the limit on time was reached */
	char *output; /**< standard output and error, for free() */
	size_t length;
	double seconds;
};

/**
 * Run a program and wait for it.
 *
 * @param[in]  job    what to run
 * @param[out] result how it ended, set only on success
 *
 * @retval 0      it ran; it may have failed
 * @retval -errno it could not be started
 */
int job_run(const struct job *job, struct job_result *result);

/**
 * Run a program that must succeed; otherwise die() with its output.
 *
 * @param[in] dir  working directory, or NULL
 * @param[in] argv program and arguments
 * @return its output, for free()
 */
char *job_must(const char *dir, const char *const *argv);

/** The same with the arguments written out; its output is thrown away. */
#define RUN(dir, ...) free(job_must(dir, ARGV(__VA_ARGS__)))

/** Arguments written out, for a job. */
#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

/** A list of strings as arguments of a job. */
#define ARGS(list) ((const char *const *)(list)->at)
