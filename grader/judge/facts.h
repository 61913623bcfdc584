/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is known of a test and of the run it was in: plain facts, from which the
 * rules of judge.c draw their conclusions.
 */
#pragma once

#include "grader/judge/trial.h"

/** The records of the test, or NULL: it never said anything. */
const struct stream *trial_stream(const struct trial *t);

/** Had the test come to its end, before whatever ended the run? */
bool trial_done(const struct trial *t);

/** What the runner says of the program's end, or NULL. */
const struct observation *trial_end(const struct trial *t);

/**
 * Did the run's end hit the test? One that had come to its own end, and saw
 * nothing wrong, is hit if no other began.
 *
 * @param[in] t what is judged
 * @return whether it did
 */
bool trial_is_hit(const struct trial *t);

/**
 * The last of the kernel's lines that begins in some way.
 *
 * @param[in] rec   the run
 * @param[in] from  the first line that is looked at
 * @param[in] start how it begins
 * @return the line, or NULL
 */
const char *last_line(const struct record *rec, size_t from, const char *start);

/** Was it the guest that ended the run? */
bool run_ended_itself(const struct trial *t);

/** Has the kernel stopped, or the processor? */
bool run_panicked(const struct trial *t);

/** Was the run cut short, so that a later test has no turn? */
bool run_cut_short(const struct trial *t);

/** The test that was on when the run ended, or the last one; NULL: none. */
const char *run_last_test(const struct trial *t);
