/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What came of all trials: how many mutants were killed, of which file, by
 * which rule; which survive, and whether that was known.
 */
#pragma once

#include "grader/mutate/lists.h"
#include "grader/mutate/results.h"

/** What is summed up. */
struct verdicts {
	const struct workshop *w;
	const struct results *r;
	const bool *chosen; /**< which mutants count this time */
	bool full;          /**< all of them */
	struct listing equivalent, survivors;
	double cpu;   /**< processor seconds of the trials */
	size_t tried; /**< in these */
};

/**
 * Print the verdicts; write them to result.json, and those that survive to
 * survivors.yaml, in the directory of the lab's mutants.
 *
 * @param[in,out] v the verdicts
 * @return whether all is well: enough was killed, and the lists are true
 */
bool verdicts_show(struct verdicts *v);
