/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The commands of the program `grade`, and what they share.
 */
#pragma once

#include "grader/command/grading.h"

/** Options that several commands understand; zeroed before parsing. */
struct options {
	const char *out;        /**< -o DIR or FILE */
	const char *objects;    /**< -O DIR: build directory of the tree */
	const char *key;        /**< -k FILE: read, and its text kept here */
	const char *what;       /**< -s WHAT: submission of a replay */
	unsigned int schedules; /**< -n N */
	unsigned int shuffle;   /**< --shuffle SEED: order of tests */
	bool unfenced;          /**< -u */
	bool debug;             /**< -d */
	bool quick;             /**< -q */
	bool verbose;           /**< -v */
	const char *only;       /**< -t TEST, --only TEST, each of them: a,b */
	const char *params;     /**< --params TEXT: boot parameters */
	const char *label;      /**< -l TEXT, --label TEXT */
	const char *stage;      /**< --stage DIR or ARCHIVE */
	int first;              /**< index of the first argument */
};

/**
 * Parse a command's options; wrong ones end the program.
 *
 * @param[in]  argc   arguments, the command's name first
 * @param[in]  argv   arguments
 * @param[in]  least  arguments needed behind the options
 * @param[in]  most   arguments allowed
 * @param[out] o      the options
 */
void options_parse(int argc, char **argv, int least, int most,
    struct options *o);

/**
 * Load a lab or end the program with what is wrong with it.
 *
 * @param[in] site the tree
 * @param[in] id   the lab
 * @return for lab_free()
 */
struct lab *lab_or_die(const struct site *site, const char *id);

/**
 * Prepare what is to be graded: `stub`, `solution` and variants of the solution
 * (grader/lab/variant.h) become directories of files; anything else is taken as
 * it is.
 *
 * @param[in] site the tree
 * @param[in] lab  the lab
 * @param[in] what directory, archive, stub, solution or variant
 * @param[in] dir  directory of the grading
 * @return path of a directory or archive, for free()
 */
char *given(const struct site *site, const struct lab *lab, const char *what,
    const char *dir);

/**
 * The commands: arguments as of main(), the command's name first.
 *
 * @param[in] argc arguments
 * @param[in] argv arguments
 * @return exit status, enum grade_exit
 */
int cmd_run(int argc, char **argv);
int cmd_replay(int argc, char **argv);       /**< @copydoc cmd_run */
int cmd_verify(int argc, char **argv);       /**< @copydoc cmd_run */
int cmd_submit(int argc, char **argv);       /**< @copydoc cmd_run */
int cmd_suite(int argc, char **argv);        /**< @copydoc cmd_run */
int cmd_bench(int argc, char **argv);        /**< @copydoc cmd_run */
int cmd_mutants(int argc, char **argv);      /**< @copydoc cmd_run */
int cmd_fence(int argc, char **argv);        /**< @copydoc cmd_run */
int cmd_crashes(int argc, char **argv);      /**< @copydoc cmd_run */
int cmd_requirements(int argc, char **argv); /**< @copydoc cmd_run */
