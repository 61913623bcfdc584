/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The system's own tests, for `grade suite`: src/test/AREA/tests.yaml is a
 * list of
 *
 *     - id: ipc-order          program /test/ipc-order, and its stream
 *       title: the oldest sender is served first
 *       proves: [D10]          requirements, as in REQUIREMENTS.md
 *       seconds: 20            emulated, optional
 *       params: hz=50          boot parameters, optional
 *       variants: [cow=0, cow=1]  one boot with each of these, optional
 *       deaths: true           services may die in it, optional
 *       quiet: true            it has no stream: only its status counts
 *       image: probe           boots build/probe.img, optional
 *       panics: "vfs is gone"  the machine is to panic, and to say this
 *       not-before: 10         emulated seconds: the panic, optional
 *       says: ["a", "b"]       lines with these, each once, in this order
 *       checks:                optional
 *         - { obs: first, expect: "1" }
 *       end:                   how the machine goes down behind it, optional
 *         within: 5            emulated seconds
 *         says: [one, two]     parts of lines, in this order
 *         never: [three]       parts of lines that do not come
 *         console: four        a part of what is on the console
 *         dirty: true          the disk need not be clean
 *
 * Tests of an area with the same parameters share a boot, but one that says how
 * the machine goes down has it for itself. A test passes if
 * its stream is sound, no CHECK() in it failed, its observations are as
 * expected and it exits with 0. One that is to end in a panic has a boot of its
 * own; it passes if there is that panic, and need have no program, when the
 * panic comes before any. A test with variants is run once for each of
 * them, with the same nonce; it must pass in all, and what it observes must be
 * the same but for observations whose names begin with "count.".
 */
#pragma once

#include "grader/judge/ending.h"
#include "grader/lab/lab.h"

/** A test of the system. */
struct system_test {
	struct test test;
	struct ending *end; /**< or NULL: any that is good */
	char *params;    /**< or NULL; with the variant's, if it has variants */
	char **variants; /**< as in the file */
	unsigned int variants_count;
	unsigned int variant; /**< which of them this is; 0: first, or none */
	bool quiet;
	char *image;  /**< its name, or NULL: the system's */
	char *panics; /**< words of the panic, or NULL: there must be none */
	unsigned int not_before; /**< emulated seconds until the panic */
	char **says;             /**< what lines of the boot must contain */
	unsigned int says_count;
	char *area; /**< directory below src/test */
};

/** The tests of one file, as they were read. */
struct system_test_file {
	struct system_test *at;
	unsigned int n;
	char *area;
};

struct system_tests {
	struct system_test *at; /**< one for each variant */
	unsigned int n;
	struct system_test_file *files; /**< what they are made of */
	unsigned int files_count;
};

/**
 * Load the tests of all areas.
 *
 * @param[in]  root top of the source tree
 * @param[out] all  the tests, for tests_free()
 */
void tests_load(const char *root, struct system_tests *all);

/**
 * Free what a list holds.
 *
 * @param[in,out] all the tests
 */
void tests_free(struct system_tests *all);
