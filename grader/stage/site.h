/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where the sources are that a submission is laid over.
 *
 * In the project's own tree they are that tree. In a student's tree (it has
 * a file LAB at its top) the working files may have been changed anywhere,
 * so the sources are those of the repository's first commit, exported once
 * to build/pristine and built there, as far as the lab's tests need them. Its
 * C library is the one of the tree around it.
 */
#pragma once

#include "grader/lab/lab.h"

struct site {
	char *top;     /**< the tree the user is in */
	char *root;    /**< the sources, unchanged */
	char *objects; /**< where they are built */
	char *newlib;  /**< where built C libraries are, shared by all */
	char *student; /**< the lab's id in a student's tree, else NULL */
};

/**
 * Find the tree the working directory is in, and make sure it is built.
 *
 * @param[out] site    for site_free()
 * @param[in]  objects build directory, or NULL: the usual one
 * @param[in]  build   whether to bring the build up to date
 */
void site_open(struct site *site, const char *objects, bool build);

/**
 * The command that builds something: make, with one job per processor.
 *
 * @param[in]     goal what to build
 * @param[in]     site the site
 * @param[in]     objects build directory
 * @param[in]     lab  only the tests of this lab are wanted; NULL: all
 * @param[in,out] argv arguments, to be added to
 */
void site_make(const char *goal, const struct site *site, const char *objects,
    const struct lab *lab, struct strings *argv);

/**
 * The same for a stage that was exported: submissions are laid over its
 * sources, and its lab is graded, whatever has become of the tree's own. It
 * is kept and built in the tree, as build/pinned-ID.
 *
 * @param[out] site  for site_free()
 * @param[in]  stage directory or archive that the program `stage' made
 * @param[in]  lab   whose it must be
 */
void site_pin(struct site *site, const char *stage, const char *lab);

/**
 * Is a pinned stage what its file LAB says it is? If not, the program ends.
 *
 * @param[in] site the site
 * @param[in] hash the stage's hash, from site_hash()
 */
void site_check_pin(const struct site *site, const char *hash);

/**
 * The disk image of a build directory.
 *
 * @param[in] objects build directory
 * @return a path for free()
 */
char *site_image(const char *objects);

/**
 * Free what a site holds.
 *
 * @param[in,out] site the site
 */
void site_free(struct site *site);

/**
 * The hash of a stage: of the names and bytes of all its sources, and of the
 * lab's manifest, checks and stub.
 *
 * @param[in]  site  the site
 * @param[in]  stubs paths below the lab's stub/, as src/...
 * @param[in]  lab   the lab's directory, labs/LAB
 * @param[out] hex   65 bytes
 */
void site_hash(const struct site *site, const struct strings *stubs,
    const char *lab, char hex[65]);
