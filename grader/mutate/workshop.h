/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From a lab to its mutants, and from those to a system and unit tests that
 * have all of them in one.
 */
#pragma once

#include "grader/build/build.h"
#include "grader/mutate/mutant.h"

/** A lab's files, mutants and what was built of them. */
struct workshop {
	const struct site *site;
	const struct lab *lab;
	char *dir; /**< build/mutants/LAB */
	struct source *sources;
	size_t n;
	struct mutants mutants;
	struct strings units; /**< unit tests with these files, as programs */
	struct build build;   /**< image and objects */
	char *image;
};

/**
 * Find all mutants of a lab, in the files it lets students write, as they are
 * in the finished tree; those that do not compile are marked.
 *
 * @param[out] w    for workshop_free()
 * @param[in]  site the tree, built
 * @param[in]  lab  the lab
 */
void workshop_open(struct workshop *w, const struct site *site,
    const struct lab *lab);

/**
 * Build system and unit tests with all mutants in them that are wanted.
 *
 * @param[in,out] w        the workshop
 * @param[in]     unfenced build without bubblewrap
 */
void workshop_build(struct workshop *w, bool unfenced);

/**
 * Free what a workshop holds.
 *
 * @param[in,out] w the workshop
 */
void workshop_free(struct workshop *w);
