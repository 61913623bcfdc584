/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Services that died, by what the kernel, RS and the services themselves said
 * of it: who, of what, and where in its program.
 *
 * A death is known by the stack trace that it leaves in the kernel's words.
 */
#pragma once

#include "grader/judge/trial.h"

/** A service's end. */
struct death {
	char name[32]; /**< of its program */
	int endpoint;
	size_t line;      /**< of its trace, in the run's words */
	const char *test; /**< in which it was, or NULL: in none */
};

/**
 * The first death in a part of the run.
 *
 * @param[in]  rec      the run
 * @param[in]  from, to lines of its words
 * @param[out] d        set only if there is one
 * @return whether there is one
 */
bool death_find(const struct record *rec, size_t from, size_t to,
    struct death *d);

/**
 * The first death before a test that no test has meant, and that is not the
 * end of a test's own agent.
 *
 * @param[in]  t what is judged
 * @param[out] d set only if there is one
 * @return whether there is one
 */
bool death_before(const struct trial *t, struct death *d);

/**
 * The first death while a test was on. A test may be a service itself, whose
 * own end is none.
 *
 * @param[in]  t what is judged
 * @param[out] d set only if there is one
 * @return whether there is one
 */
bool death_in(const struct trial *t, struct death *d);

/**
 * The first death behind the last record of a test and before another test
 * begins, that is not the end of a test's own agent.
 *
 * @param[in]  t what is judged
 * @param[out] d set only if there is one
 * @return whether there is one
 */
bool death_behind(const struct trial *t, struct death *d);

/**
 * Why a service died: its own last words, or what RS or the kernel says.
 *
 * @param[in] rec the run
 * @param[in] d   the death
 * @return ": why", for free(); "" if nobody says
 */
char *death_cause(const struct record *rec, const struct death *d);

/**
 * Decode the trace of a death with the program of that very service.
 *
 * @param[in] objects directory with symbols, or NULL: nothing is decoded
 * @param[in] rec     the run
 * @param[in] d       the death
 * @return text for free(), or NULL
 */
char *death_decode(const char *objects, const struct record *rec,
    const struct death *d);

/**
 * Where what a test left behind ends.
 *
 * @param[in] rec the run
 * @param[in] s   the test's stream
 * @return the line at which the next test begins; SIZE_MAX: none does
 */
size_t next_begin(const struct record *rec, const struct stream *s);

/**
 * The last words of the system before a line: what the kernel and services
 * said, without traces.
 *
 * @param[in] rec      the run
 * @param[in] from, to lines of its words
 * @return lines, for free(); NULL if nothing was said
 */
char *last_words(const struct record *rec, size_t from, size_t to);

/**
 * What filled a run's output.
 *
 * @param[in] rec   the run
 * @param[in] limit which limit was hit
 * @return the limit, and the line that came most often at the end; for free()
 */
char *flood_text(const struct record *rec, const char *limit);
