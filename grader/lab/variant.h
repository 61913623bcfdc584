/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variants of a lab's solution, each with the verdict it deserves. A variant
 * is a patch, solutions/LAB/KIND/NAME.patch, whose head says
 *
 *     Change: matching is not anchored at the end
 *     Score: 70..90
 *     Fails: subscribe-anchored subscribe-types
 *     Class: wrong
 *     Base: right/other-way
 *
 * or, if most of a file is different, a directory solutions/LAB/KIND/NAME with
 * such a head in the file `head' and whole files beside it, as src/PATH.
 *
 * Score is required; Fails names tests that must not pass (all others must,
 * unless "..." ends the list); Class is that of the first of them. Base names
 * the variant that is changed; without it that is the solution itself.
 */
#pragma once

#include "grader/base/base.h"

/** What the head of a variant says; what it does not say is NULL. */
struct variant {
	char *change, *score, *fails, *class, *base;
	unsigned int low, high; /**< the score */
};

/**
 * Read the head of a variant.
 *
 * @param[in]  path of a patch, or of a directory with a head
 * @param[out] v    what it says, for variant_free()
 * @param[out] why  what is wrong with it, for free(); set only on failure
 * @return whether there is a head that names a score
 */
bool variant_read(const char *path, struct variant *v, char **why);

/** Free what variant_read() has found. */
void variant_free(struct variant *v);

/**
 * List the variants of a lab, sorted.
 *
 * @param[in]     dir  solutions/LAB; one that is not there has no variants
 * @param[in,out] list gets KIND/NAME.patch and KIND/NAME
 */
void variants_list(const char *dir, struct strings *list);

/** Is this the path of a variant: a patch, or a directory with a head? */
bool is_variant(const char *path);

/**
 * Turn the files of a solution into those of a variant: its base first, then
 * its own patch or files.
 *
 * @param[in]  dir  solutions/LAB, where bases are
 * @param[in]  path the variant, there or anywhere
 * @param[in]  to   directory with the solution's files, as src/PATH
 * @param[out] why  what is wrong with it, for free(); set only on failure
 * @return whether that has worked
 */
bool variant_lay(const char *dir, const char *path, const char *to, char **why);
