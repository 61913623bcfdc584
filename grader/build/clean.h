/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What of a build directory a submission may be built upon: files that were
 * made without any of the lab's own.
 *
 * The list says what is allowed, so that whatever it does not know of is
 * simply made again. Make's own notes decide: a depend file names the sources
 * of an object, a stamp the objects and libraries of a program (mk/rules.mk).
 * Not clean is what comes from one of the lab's files, from an archive with
 * one in it, or bears the name of such a program, as stripped copies do.
 */
#pragma once

#include "grader/lab/lab.h"

/**
 * List the clean files of a build directory.
 *
 * @param[in]     objects the build directory
 * @param[in]     lab     whose files are the secret, or NULL: there is none
 * @param[in]     units   whether unit tests are wanted, too
 * @param[in,out] clean   gets the paths, relative to the directory
 */
void clean_list(const char *objects, const struct lab *lab, bool units,
    struct strings *clean);

/**
 * Copy the clean files of a build directory, with their times.
 *
 * @param[in] objects the build directory
 * @param[in] lab     as above
 * @param[in] units   as above
 * @param[in] to      directory, made
 */
void clean_copy(const char *objects, const struct lab *lab, bool units,
    const char *to);
