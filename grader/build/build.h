/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Building a submission: the lab's files over a fresh copy of the sources
 * and of their objects, so that only what changed is compiled.
 *
 * The compiler runs behind a fence (bubblewrap): the system read-only, no
 * network, no home directories, a fixed environment, limits on processor
 * time, memory and file sizes. It sees the sources at their usual path, but
 * neither solutions nor anything made of the files that were taken out
 * (clean.h).
 */
#pragma once

#include "grader/lab/lab.h"
#include "grader/stage/site.h"

/** What to build. */
struct build_order {
	const struct site *site;
	const struct lab *lab;  /**< NULL: everything as it is */
	const char *submission; /**< directory with the files taken in */
	const char *work;       /**< directory for the copies, emptied first */
	bool unfenced;          /**< build without bubblewrap */
	bool units;             /**< copy the unit tests' objects, too */
	const char *const *goals; /**< of make, beside the image; or NULL */
	const char *says; /**< what to tell while it lasts, or NULL: nothing */
};

/** How it went. */
struct build {
	bool ok;
	char *log;     /**< what the build printed */
	char *limit;   /**< the limit it has hit, or NULL */
	char *objects; /**< build directory: image and programs with symbols */
	double seconds;
};

/**
 * Build a submission.
 *
 * @param[in]  order what to build
 * @param[out] build how it went; free with build_free()
 *
 * @retval 0       it was tried
 * @retval -ENOSYS bubblewrap is missing or does not work on this machine
 */
int build_run(const struct build_order *order, struct build *build);

/**
 * The lines of a build's log that tell what is wrong with the sources.
 *
 * @param[in] log   the log
 * @param[in] lines at most so many
 * @return the lines, quoted, for free()
 */
char *build_errors(const char *log, int lines);

/**
 * Free what a build holds.
 *
 * @param[in,out] build the build
 */
void build_free(struct build *build);
