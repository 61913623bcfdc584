/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Staging: the tree that is handed out for a lab.
 *
 * A stage is a pure function of the sources: the complete system with the
 * lab's stub files laid over, the lab's manifest and public tests, the
 * grader, a Makefile with few targets, a file LAB, handout and hints if they
 * have been built; all as the single commit of a fresh repository, with fixed
 * dates. Two exports of the same sources are equal byte for byte.
 */
#pragma once

#include "grader/lab/lab.h"
#include "grader/stage/site.h"

/**
 * Write a stage.
 *
 * @param[in]  site the tree it is made from
 * @param[in]  lab  the lab
 * @param[in]  to   directory, which must not exist or be empty
 * @param[out] hash the stage's hash, 65 bytes
 */
void stage_write(const struct site *site, const struct lab *lab, const char *to,
    char hash[65]);

/**
 * Search a stage, or any directory, for remains of what was taken out.
 *
 * @param[in]     site  the tree it was made from
 * @param[in]     lab   the lab
 * @param[in]     dir   directory to search, all of it
 * @param[in,out] found gets a sentence for each file that leaks
 */
void stage_search(const struct site *site, const struct lab *lab,
    const char *dir, struct strings *found);

/**
 * Compare a stage with the sources: everything but the lab's files must be
 * equal, and the stub must be in their place.
 *
 * @param[in]     site  the tree it was made from
 * @param[in]     lab   the lab
 * @param[in]     dir   the stage
 * @param[in,out] found gets a sentence for each difference
 */
void stage_compare(const struct site *site, const struct lab *lab,
    const char *dir, struct strings *found);
