/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One file with all its mutants in it.
 *
 * Of each function there is a copy for each of its mutants, and one as it
 * was; under the function's name there is a switch, which looks at the number
 * of the mutant that is to live. So any change of a text is possible, nothing
 * of it costs anything where it is not chosen, and a copy that does not compile
 * can be left out. The number is a boot parameter, mutant=N; a unit test
 * finds it in its environment.
 */
#pragma once

#include "grader/mutate/mutant.h"

#define MUTANT_VARIABLE "LACUNA_MUTANT" /* in a unit test's environment */
#define MUTANT_FILE     "mutant-" /* in front of a number: a file's name */

/** Where the number comes from. */
enum rewrite_for {
	FOR_KERNEL,
	FOR_SERVICE
};

/**
 * The text of a file with all its mutants that are alive and wanted.
 *
 * @param[in] source the file
 * @param[in] all    mutants, also of other files
 * @param[in] kind   of code
 * @return text for free()
 */
char *rewrite(const struct source *source, const struct mutants *all,
    enum rewrite_for kind);

/**
 * Find mutants that do not compile, by what the compiler says of the text
 * that rewrite() made; they are dead from now on.
 *
 * @param[in]     log the compiler's words
 * @param[in,out] all the mutants
 * @return how many were found
 */
unsigned int rewrite_bury(const char *log, struct mutants *all);
