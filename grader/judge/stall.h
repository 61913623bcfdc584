/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Does a run still get on?
 *
 * The runner says how each test ended, at the latest when the time of a test is
 * over. So there are two moments when something may be wrong for good, and
 * neither comes in a run in which every test ends in its time, however slow:
 *
 *  - The time is over, and the runner has not said so: it does not run any
 *    more, or what it waits for does not.
 *  - It has said so, but something goes on taking the processor for itself,
 *    and the next test does not end either.
 *
 * Then samples are taken of where the processor is. In the first case the run
 * ends if the runner stays silent meanwhile, in the second if nearly all
 * samples lie in one service. No time of the host's is in this, so a run that
 * is repeated ends at the same instruction.
 */
#pragma once

#include "grader/emulator/bochs_stop.h"
#include "grader/judge/hot.h"
#include "grader/judge/record.h"

#define STALL_SAMPLES 20

/** A run, and where it was when it did not get on. */
struct stall {
	const char *const *tests; /**< in their order, NULL at the end */
	const char *objects;      /**< with symbols, or NULL */
	uint32_t ips;             /**< instructions per emulated second */
	unsigned int seconds;     /**< that a test may take */

	bool found;           /**< it does not get on any more */
	const char *test;     /**< which was on, or NULL: none had begun */
	unsigned int silence; /**< emulated seconds in which nothing ended */
	struct hot_sample samples[STALL_SAMPLES];
	size_t nsamples;

	uint64_t last;     /**< when the runner last spoke */
	uint64_t began;    /**< when the first sample was taken */
	uint64_t given_up; /**< when the runner gave the test up; 0: not yet */
	uint64_t cleared;  /**< such a moment that was looked at; 0: none */
};

/**
 * When to look first.
 *
 * @param[in] s tests, ips and seconds are set, the rest is zero
 * @return instructions since power-on
 */
uint64_t stall_first(const struct stall *s);

/**
 * It is time to look.
 *
 * @param[in,out] s     the run
 * @param[in]     rec   what it has reported
 * @param[in]     ticks instructions since power-on
 * @param[out]    next  when to look again, if no sample is wanted
 * @return whether a sample is wanted
 */
bool stall_look(struct stall *s, const struct record *rec, uint64_t ticks,
    uint64_t *next);

/**
 * A sample, wanted by stall_look().
 *
 * @param[in,out] s       the run
 * @param[in]     at      where it has stopped
 * @param[in]     answers to hot_questions
 * @param[out]    next    when to look again
 * @return whether the run is to be ended
 */
bool stall_sample(struct stall *s, const struct bochs_stop *at,
    const char *answers, uint64_t *next);

/** Free what was kept. @param[in,out] s the run */
void stall_free(struct stall *s);
