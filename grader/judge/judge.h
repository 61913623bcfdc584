/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Judging: from what a run reported to what it is worth, and why.
 *
 * A verdict is about one test under one schedule; an outcome is the test's
 * over all schedules. Expected values are computed here, from the nonce.
 */
#pragma once

#include "grader/emulator/boot.h"
#include "grader/lab/lab.h"

/** Why a test failed, as far as that can be told. */
enum fault_class {
	FAULT_NONE,
	FAULT_BUILD,       /**< the submission does not build */
	FAULT_BOOT,        /**< the system did not get as far as the tests */
	FAULT_PANIC,       /**< the kernel stopped, or the processor did */
	FAULT_SERVICE,     /**< a service died while the test ran */
	FAULT_CRASH,       /**< the test's own program died */
	FAULT_SILENCE,     /**< the test did not end in its time */
	FAULT_LIVELOCK,    /**< the run used up its instructions */
	FAULT_WRONG,       /**< it saw something else than it should have */
	FAULT_NO_EVIDENCE, /**< it did not report what decides */
	FAULT_INCOMPLETE,  /**< its records are damaged, or some are missing */
	FAULT_FORGED,      /**< somebody reported in a test\'s name */
	FAULT_STOPS,       /**< it stopped the machine again and again */
	FAULT_DISK,        /**< the file system was left damaged */
	FAULT_INFRA        /**< not the submission's fault */
};

enum status {
	STATUS_PASS,
	STATUS_FAIL,
	STATUS_BLOCKED, /**< a test it requires failed */
	STATUS_ERROR    /**< infrastructure */
};

/** One test under one schedule. */
struct verdict {
	enum fault_class fault; /**< FAULT_NONE: passed */
	const char *req;        /**< requirement that is broken, or NULL */
	char *expected, *seen;  /**< when something wrong was seen, or NULL */
	char *message;          /**< what happened, for people */
	char *where;            /**< decoded traces, or NULL */
	uint64_t time;          /**< time stamp of the last good record */
};

/** One test over all schedules. */
struct outcome {
	const struct test *test;
	enum status status;
	unsigned int score;
	unsigned int run, passed; /**< schedules */
	struct verdict first;     /**< of the first failing schedule */
	unsigned int seed;        /**< which that was */
	char *console; /**< the end of what the first failing run printed */
	char *token;   /**< repeats it */
	const char *blocker; /**< the test that must pass first */
};

/**
 * Judge one test of one boot.
 *
 * @param[in]  test    the test
 * @param[in]  boot    the boot it was in
 * @param[in]  seed    its schedule
 * @param[in]  objects build directory with symbols, or NULL
 * @param[out] v       the verdict, for verdict_free()
 */
void judge(const struct test *test, const struct boot *boot, unsigned int seed,
    const char *objects, struct verdict *v);

/**
 * Does a test ask for the guest's memory?
 *
 * @param[in] test the test
 * @return whether one of its checks does
 */
bool test_asks_memory(const struct test *test);

/**
 * A short word for a class: "wrong", "panic", ...
 *
 * @param[in] fault the class
 * @return a constant string, "" for FAULT_NONE
 */
const char *fault_name(enum fault_class fault);

/**
 * What a class means, for people.
 *
 * @param[in] fault the class
 * @return a constant string
 */
const char *fault_text(enum fault_class fault);

/**
 * Decode all stack traces among lines.
 *
 * @param[in] objects build directory, or NULL: nothing is decoded
 * @param[in] words   lines of the guest
 * @return text for free(), or NULL: there is no trace
 */
char *traces_decode(const char *objects, const struct strings *words);

/**
 * Free what a verdict holds.
 *
 * @param[in,out] v the verdict
 */
void verdict_free(struct verdict *v);
