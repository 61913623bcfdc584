/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How a case ended, as its process tells the one that reports.
 */
#pragma once

#include "test/report/check.h"

#define CASE_FILE_MAX 64 /* bytes of a source's name */
#define CASE_TEXT_MAX 64 /* bytes of a claim, or of a string that differs */

/** What is known of a case's end. */
enum case_kind {
	CASE_SILENT,  /**< nothing */
	CASE_PASSED,  /**< it came to its end */
	CASE_CLAIM,   /**< a claim did not hold */
	CASE_NUMBERS, /**< nor did one about two numbers */
	CASE_TEXTS    /**< or strings */
};

/** The end of a case. */
struct case_end {
	enum case_kind kind;
	enum report_type type; /**< of the numbers */
	int line;
	int64_t seen, wanted;
	char file[CASE_FILE_MAX];
	char claim[CASE_TEXT_MAX];
	char seen_text[CASE_TEXT_MAX], wanted_text[CASE_TEXT_MAX];
};

/**
 * Have the end of the case that runs here told to somebody. What fails before
 * cannot be told.
 *
 * @param[in] fd where to: a pipe
 */
void case_open(int fd);

/** Tell that the case has passed, and end the process. */
_Noreturn void case_passed(void);
