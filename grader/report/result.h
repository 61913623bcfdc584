/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The result of a grading: an outcome for each test, and the score. Made by
 * command/grading.c, told by result_json.c and result_show.c.
 */
#pragma once

#include "grader/base/base.h"
#include "grader/judge/verdict.h"
#include "grader/lab/lab.h"

enum status {
	STATUS_UNKNOWN, /**< not judged: not asked for, or interrupted before */
	STATUS_PASS,
	STATUS_FAIL,
	STATUS_BLOCKED, /**< waits for a test it requires, which failed */
	STATUS_ERROR    /**< infrastructure */
};

/** One test over all schedules. */
struct outcome {
	const struct test *test;
	enum status status;
	bool judged; /**< all its schedules are in; blocking may be open */
	unsigned int score;
	unsigned int run, passed; /**< schedules */
	struct verdict first;     /**< of the first failing schedule */
	unsigned int seed;        /**< which that was */
	char *console; /**< the end of what the first failing run printed */
	char *token;   /**< repeats it */
	const char *blocker; /**< the test that must pass first */
};

/** The result. */
struct result {
	const struct lab *lab;
	char *label;
	char stage[65], submission[65];
	char *refusal; /**< why it could not be taken in, or NULL */
	bool built;
	char *build_errors; /**< of a submission that does not build */
	struct strings remarks;
	unsigned int schedules;
	unsigned int score;
	const struct test *gate; /**< sanity test that failed, or NULL */
	bool infra;              /**< the machine failed; no score */
	bool interrupted;        /**< somebody did not want to wait */
	char *again;      /**< what a replay needs beside the token, or NULL */
	const char *only; /**< tests asked for: a,b; NULL: all */
	const char *row;  /**< exercise of the row printed last */
	struct outcome *outcomes; /**< one for each of the lab's tests */
	double build_seconds, boot_seconds; /**< host time */
};

/**
 * Begin a result: nothing is known.
 *
 * @param[out] r     for result_free()
 * @param[in]  lab   which lab
 * @param[in]  label what the submission is called
 */
void result_init(struct result *r, const struct lab *lab, const char *label);

/**
 * The outcome of a test.
 *
 * @param[in] r  the result
 * @param[in] id of the test, which the lab has
 * @return it
 */
struct outcome *result_outcome(const struct result *r, const char *id);

/**
 * Decide what can be decided of a test that was judged: one that failed behind
 * a failed prerequisite is blocked.
 *
 * @param[in]     r the result
 * @param[in,out] o the outcome
 * @return false: a prerequisite has not been judged yet
 */
bool result_decide(const struct result *r, struct outcome *o);

/**
 * Add the points up. A test gives all of its points or none; a test that
 * passes keeps them, whatever it requires; no points if a sanity test failed.
 *
 * @param[in,out] r the result
 */
void result_score(struct result *r);

/**
 * Why a result has no score, and may not be counted.
 *
 * @param[in] r the result
 * @return a sentence without its stop, for free(), or NULL: it has one
 */
char *result_no_score(const struct result *r);

/** Is the result a whole grading? @param[in] r it @return whether it is */
bool result_whole(const struct result *r);

/**
 * Free what a result holds.
 *
 * @param[in,out] r the result
 */
void result_free(struct result *r);
