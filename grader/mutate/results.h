/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is known of mutants, kept between runs in build/mutants/LAB/known.json.
 * What was found out about other sources is no longer true, but a good guess
 * at which test kills.
 */
#pragma once

#include "grader/mutate/workshop.h"

/** What became of a mutant. */
enum fate {
	FATE_UNKNOWN,
	FATE_KILLED,
	FATE_SURVIVED
};

struct outcome_of {
	enum fate fate;
	char *by;   /**< "unit NAME" or "test NAME", of one that was killed */
	char *hint; /**< the same, at another time; or NULL */
	bool survived; /**< at another time */
};

/** All outcomes, in the order of the mutants. */
struct results {
	struct outcome_of *at;
	size_t n;
	char hash[65]; /**< of all that outcomes depend on */
	char *path;
};

/**
 * Load what is known of a lab's mutants.
 *
 * @param[in]  w    the workshop, opened
 * @param[in]  name of the file in its directory
 * @param[out] r    for results_free()
 */
void results_load(const struct workshop *w, const char *name,
    struct results *r);

/**
 * Keep what is known.
 *
 * @param[in] w the workshop
 * @param[in] r the results
 */
void results_save(const struct workshop *w, const struct results *r);

/**
 * Note what became of a mutant.
 *
 * @param[in,out] r    the results
 * @param[in]     i    index of the mutant
 * @param[in]     fate killed or survived
 * @param[in]     by   what killed it, kept; or NULL
 */
void results_set(struct results *r, size_t i, enum fate fate, char *by);

/**
 * Forget everything that is known, hints included.
 *
 * @param[in,out] r the results
 */
void results_forget(struct results *r);

/**
 * How many mutants something has killed, now or before.
 *
 * @param[in] r  the results
 * @param[in] by "unit NAME" or "test NAME"
 * @return the number
 */
unsigned int results_kills(const struct results *r, const char *by);

/**
 * Free what results hold.
 *
 * @param[in,out] r the results
 */
void results_free(struct results *r);
