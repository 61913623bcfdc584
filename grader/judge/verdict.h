/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A verdict: what kind of failure it is, and all that was found. Making,
 * filling and freeing one; the rules that decide are in judge.c.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	FAULT_NO_TURN,     /**< the run ended before this test began */
	FAULT_WRONG,       /**< it saw something else than it should have */
	FAULT_NO_EVIDENCE, /**< it did not report what decides */
	FAULT_INCOMPLETE,  /**< its records are damaged, or some are missing */
	FAULT_OUTPUT,      /**< the run printed more than it may */
	FAULT_FORGED,      /**< somebody reported in a test\'s name */
	FAULT_STOPS,       /**< it stopped the machine again and again */
	FAULT_DISK,        /**< the file system was left damaged */
	FAULT_INFRA        /**< not the submission's fault */
};

/** One thing that was not as it should have been. */
struct finding {
	const char *req; /**< requirement that is broken, or NULL: not known */
	char *message;   /**< what it means, for people */
	char *expected, *seen; /**< or NULL */
	char *place;           /**< FILE:LINE of the check, or NULL */
	char *name;            /**< of the observation or rule, or NULL */
	bool missing;          /**< it was never reported */
	uint64_t time;         /**< time stamp when it was told; 0: never */
};

/** One test under one schedule. */
struct verdict {
	enum fault_class fault; /**< FAULT_NONE: passed */
	const char *rule;       /**< of judge.c that decided, or NULL */
	const char *req;        /**< requirement that is broken, or NULL */
	bool req_is_own;        /**< of the finding, not just of the test */
	char *expected, *seen;  /**< when something wrong was seen, or NULL */
	char *message;          /**< what happened, for people */
	char *where;            /**< decoded traces, or NULL */
	char *log;              /**< last words of the system, or NULL */
	uint64_t time; /**< time stamp of what decided, or of the last record */
	struct finding *more; /**< the rest of what was found, in its order */
	size_t nmore;
};

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
 * Add something to what was found.
 *
 * @param[in,out] v the verdict
 * @param[in]     f the finding, which belongs to the verdict from here on
 */
void verdict_add(struct verdict *v, const struct finding *f);

/**
 * Bring what was found into the order in which it came; what was never
 * reported comes last.
 *
 * @param[in,out] v the verdict
 */
void verdict_sort(struct verdict *v);

/**
 * Let what was found first be what the verdict is about.
 *
 * @param[in,out] v with at least one finding
 */
void verdict_lead(struct verdict *v);

/**
 * Free what a verdict holds.
 *
 * @param[in,out] v the verdict
 */
void verdict_free(struct verdict *v);
