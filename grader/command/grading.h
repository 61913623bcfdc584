/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Grading one submission, from its files to its score.
 *
 * Everything the score depends on is an input: sources, submission, lab,
 * number of schedules, key. Two gradings of the same inputs give the same
 * result but for the host's times. The nonces derive from all of these, so a
 * changed submission sees other values, and a key that only staff know makes
 * values nobody can prepare for.
 */
#pragma once

#include "grader/build/build.h"
#include "grader/intake/import.h"
#include "grader/judge/judge.h"
#include "grader/report/result.h"

/** What to grade, and how. */
struct grading {
	const struct site *site;
	const struct lab *lab;
	const char *what;       /**< directory or archive */
	const char *label;      /**< what to call it */
	const char *dir;        /**< for everything that is written */
	unsigned int schedules; /**< 0: as the lab says */
	const char *key;        /**< secret text, or NULL: the public one */
	bool unfenced;
	const char *only;  /**< ids of the only tests wanted, a,b; or NULL */
	const char *again; /**< what a replay needs beside a token; NULL */
	bool rows;         /**< print what is graded, and rows as they come */
	unsigned int shuffle; /**< seed of the tests' order; 0: the lab's */
};

/**
 * Grade a submission.
 *
 * @param[in]  g      what to grade
 * @param[out] result for result_free()
 */
void grade(const struct grading *g, struct result *result);

/**
 * The nonce of one boot.
 *
 * @param[in]  g          grading it belongs to
 * @param[in]  submission hash of the submission
 * @param[in]  seed       schedule
 * @param[in]  group      of tests
 * @param[out] nonce      the nonce
 */
void grading_nonce(const struct grading *g, const char *submission,
    unsigned int seed, unsigned int group, uint8_t nonce[NONCE_SIZE]);

/**
 * Order a boot of one group of a lab's tests.
 *
 * @param[in]  lab   the lab
 * @param[in]  only  id of the only test that is wanted (and those of sanity),
 *                   or NULL
 * @param[in]  group of tests
 * @param[in]  seed  schedule
 * @param[out] tests the names, for free(); NULL at the end
 * @param[out] order filled but for image, dir and nonce
 */
void grading_order(const struct lab *lab, const char *only, unsigned int group,
    unsigned int seed, const char ***tests, struct boot_order *order);

/**
 * The tests of a lab in which services are meant to die.
 *
 * @param[in]  lab   the lab
 * @param[out] meant their ids, for strings_free()
 */
void grading_meant(const struct lab *lab, struct strings *meant);
