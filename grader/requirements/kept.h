/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Results that outlive the command that found them: below a build directory,
 * results/NAME has a line `ok ID` or `FAIL ID` for each thing that was
 * checked, as it was the last time. A run that checks only some of them
 * leaves the others as they were.
 */
#pragma once

#include "grader/base/base.h"

/** One thing that was checked. */
struct kept_result {
	char *id;   /**< without blanks */
	bool ok;    /**< how it went */
	bool fresh; /**< in this run */
};

/** The results of one kind. */
struct kept {
	char *path;
	struct kept_result *at;
	size_t n;
};

/**
 * Read what was kept. A missing or damaged file holds nothing.
 *
 * @param[out] kept    for kept_close()
 * @param[in]  objects build directory
 * @param[in]  name    which results
 */
void kept_open(struct kept *kept, const char *objects, const char *name);

/**
 * Note a result. One thing may be noted several times in a run: it is right
 * only if it was so each time.
 *
 * @param[in,out] kept results
 * @param[in]     id   what was checked; blanks become '-'
 * @param[in]     ok   how it went
 */
void kept_note(struct kept *kept, const char *id, bool ok);

/**
 * Find a result.
 *
 * @param[in] kept results
 * @param[in] id   what was checked
 * @return the result, or NULL: it never was
 */
const struct kept_result *kept_find(const struct kept *kept, const char *id);

/**
 * Write the results where they were read; failure ends the program.
 *
 * @param[in] kept results
 */
void kept_save(const struct kept *kept);

/**
 * Free what the results hold.
 *
 * @param[in,out] kept results
 */
void kept_close(struct kept *kept);
