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
};

/** The result. */
struct result {
	const struct lab *lab;
	char *label;
	char stage[65], submission[65];
	bool built;
	char *build_errors; /**< of a submission that does not build */
	struct strings remarks;
	unsigned int schedules;
	unsigned int score;
	const struct test *gate;  /**< sanity test that failed, or NULL */
	bool infra;               /**< the machine failed; no score */
	struct outcome *outcomes; /**< one for each of the lab's tests */
	double build_seconds, boot_seconds; /**< host time */
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
 * @param[in]  group of tests
 * @param[in]  seed  schedule
 * @param[out] tests the names, for free(); NULL at the end
 * @param[out] order filled but for image, dir and nonce
 */
void grading_order(const struct lab *lab, unsigned int group, unsigned int seed,
    const char ***tests, struct boot_order *order);

/**
 * Free what a result holds.
 *
 * @param[in,out] result the result
 */
void result_free(struct result *result);

/**
 * Write a result as JSON.
 *
 * @param[in] result the result
 * @param[in] path   file to write
 */
void result_json(const struct result *result, const char *path);

/**
 * Print a result for people: table, explanations, score.
 *
 * @param[in] result the result
 */
void result_show(const struct result *result);
