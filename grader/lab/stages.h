/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which parts of a lab's solution belong to which exercise, so that the
 * solution can be cut back to any of them: solutions/LAB/stages.yaml, a list of
 *
 *     - exercise: E2
 *       parts:
 *         - { in: src/servers/ds/store.c, function: do_ds_delete }
 *         - { in: src/servers/ds/store.c, function: ok, body: return true; }
 *         - { in: src/servers/ds/map.c }
 *
 * A part that is missing is as in the stub: the body of the stub's function,
 * or the whole file if no function is named. `body' stands in for functions
 * that the stub does not have.
 *
 * What each stage is worth is said in the manifest, by its tests.
 */
#pragma once

#include "grader/lab/lab.h"

/** A part of the solution. */
struct part {
	char *in;       /**< file, as src/PATH */
	char *function; /**< or NULL: the whole file */
	char *body;     /**< instead of the stub's, or NULL */
};

/** What belongs to an exercise. */
struct stage_parts {
	char *exercise;
	struct part *parts;
	unsigned int parts_count;
};

/** All exercises of a lab, in their order. */
struct stages {
	struct stage_parts *at;
	unsigned int n;
};

/**
 * Load the stages of a lab's solution.
 *
 * @param[in]  root   top of the source tree
 * @param[in]  lab    the lab
 * @param[out] stages for stages_free(); none if there is no such file
 * @param[out] why    what is wrong with them, for free(); set only on failure
 * @return whether they are sound: each exercise has its parts, in order
 */
bool stages_load(const char *root, const struct lab *lab, struct stages *stages,
    char **why);

/** Free what stages_load() has found. */
void stages_free(struct stages *stages);

/**
 * Make the files of a solution in which parts are missing.
 *
 * @param[in]  root    top of the source tree
 * @param[in]  lab     the lab
 * @param[in]  stages  its stages
 * @param[in]  missing for each exercise, whether its parts are
 * @param[in]  to      directory for the files, as src/PATH
 * @param[out] why     what is wrong with a part, for free(); only on failure
 * @return whether that has worked
 */
bool stages_lay(const char *root, const struct lab *lab,
    const struct stages *stages, const bool *missing, const char *to,
    char **why);
