/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One mutant on trial: unit tests first, for they take milliseconds, then
 * boots, until something kills it.
 *
 * A test counts only if the system with no mutant chosen passes it in the
 * very same way: unit tests are tried before all others, groups of tests
 * too, and a test alone when it is first wanted alone.
 */
#pragma once

#include <uv.h>

#include "grader/emulator/boot.h"
#include "grader/mutate/results.h"

/** Which tests count. */
enum kinds {
	ALL_TESTS,
	UNITS_ONLY,
	BOOTS_ONLY
};

/** One way to boot: a group of tests, or one test. */
struct way {
	const char **names; /**< NULL at the end */
	const char *params; /**< boot parameters, or NULL */
	unsigned int seconds;
	bool stops;
	bool tried, sound; /**< with no mutant */
	uint64_t ticks;    /**< that it took then */
	unsigned int kills;
};

/** A unit test's program. */
struct unit_way {
	char *name; /**< servers/ds/test/store_test */
	const char *program;
	bool sound;
	unsigned int kills;
};

/** What all trials share. */
struct court {
	const struct workshop *w;
	struct way *groups, *alone; /**< the latter one for each test */
	size_t ngroups;
	struct unit_way *units;
	size_t nunits;
	enum kinds kinds; /**< of tests that count */
	uv_mutex_t lock;  /**< of `alone` and all `kills` */
	uint8_t nonce[NONCE_SIZE];
};

/**
 * Open a court: see which tests are sound.
 *
 * @param[out] court for court_close()
 * @param[in]  w     the workshop, built
 * @param[in]  r     what is known: who has killed
 * @param[in]  kinds of tests that count
 */
void court_open(struct court *court, const struct workshop *w,
    const struct results *r, enum kinds kinds);

/**
 * Try one mutant. May be called from several threads.
 *
 * @param[in,out] court  the court
 * @param[in]     m      the mutant
 * @param[in]     hint   what killed it before, or NULL
 * @param[in]     worker number of the calling thread
 * @param[out]    by     what killed it, for free(); or NULL
 * @return what became of it; FATE_UNKNOWN: interrupted, or the machine failed
 */
enum fate try_mutant(struct court *court, const struct mutant *m,
    const char *hint, unsigned int worker, char **by);

/**
 * Free what a court holds.
 *
 * @param[in,out] court the court
 */
void court_close(struct court *court);
