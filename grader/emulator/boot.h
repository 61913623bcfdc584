/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boots: the system with a list of tests to run, under one schedule.
 *
 * Each boot gets a copy of the disk image, so that the disk checker can look
 * at what the run left behind, and a directory for what it printed. The
 * schedule is the emulated clock rate and the seed of the kernel's own
 * jitter; with image, parameters and schedule given, a run repeats itself
 * instruction for instruction.
 */
#pragma once

#include <stdatomic.h>

#include "grader/emulator/bochs.h"
#include "grader/judge/record.h"
#include "grader/judge/stall.h"
#include "grader/oracle/oracle.h"

#define BOOT_TEST_SECONDS 20     /* emulated, for one test */
#define BOOT_CPU_MS       600000 /* of this machine, the last of all limits */

struct boot;

/** What to boot. */
struct boot_order {
	const char *image;        /**< not changed */
	const char *dir;          /**< for channel.txt and console.txt */
	const char *const *tests; /**< NULL at the end */
	uint8_t nonce[NONCE_SIZE];
	unsigned int seed;    /**< the schedule, from 1; 0: race mode off */
	unsigned int seconds; /**< emulated, per test; 0: BOOT_TEST_SECONDS */
	uint64_t budget;      /**< instructions */
	const char *params;   /**< further boot parameters, or NULL */
	const char *trace;    /**< file for IPC records, or NULL */
	const char *copy;     /**< where the image is copied to; NULL: dir */
	bool still;           /**< a service that hangs is left as it is */
	bool stops;           /**< look at memory at the tests' checkpoints */
	const char *objects;  /**< build directory, for that */
	/** After each record, if set: has enough been seen? Nonzero ends it. */
	int (*on_record)(void *ctx, const struct boot *boot);
	void *ctx; /**< for that */
	const atomic_bool
	    *off; /**< if set and true: nobody wants it any more */
};

/** What came of it. */
struct boot {
	struct bochs_result run;
	struct record record;
	char digest[65]; /**< of every line on the channel and of the ticks */
	char *disk;      /**< the checker's complaint, or NULL: clean */
	char *infra;     /**< the machine's fault, not the run's; or NULL */
	double first;    /**< host seconds until the first record; 0: none */
	struct oracle *memory; /**< at the checkpoints, or NULL */
	char *storm;           /**< why it was not let stop again, or NULL */
	struct stall stall;    /**< did it get on? its tests are the order's */
};

/**
 * The emulated clock rate of a schedule.
 *
 * @param[in] seed the schedule
 * @return instructions per emulated second
 */
uint32_t boot_ips(unsigned int seed);

/**
 * The boot parameters of an order.
 *
 * @param[in] order what to boot
 * @return text for free()
 */
char *boot_params(const struct boot_order *order);

/**
 * Boot once; what the machine spoils is tried again. May be called from several
 * threads, after job_guard().
 *
 * @param[in]  order what to boot
 * @param[out] boot  the result, for boot_free()
 */
void boot_run(const struct boot_order *order, struct boot *boot);

/**
 * Boot several times, two at once, and wait for all.
 *
 * @param[in]  orders what to boot
 * @param[out] boots  as many results, each for boot_free()
 * @param[in]  n      how many
 */
void boot_all(const struct boot_order *orders, struct boot *boots, size_t n);

/** A boot has ended; calls do not overlap. */
typedef void boot_done(void *ctx, size_t i);

/**
 * The same; say of each that it has ended, and end early if somebody wants
 * the program to end (SIGINT, SIGTERM).
 *
 * @param[in]  orders what to boot
 * @param[out] boots  as many results, zeroed before; each for boot_free()
 * @param[in]  n      how many
 * @param[in]  done   called for each that has ended; or NULL
 * @param[in]  ctx    handed to it
 * @return false: it was interrupted, and some have not ended
 */
bool boot_each(const struct boot_order *orders, struct boot *boots, size_t n,
    boot_done *done, void *ctx);

/**
 * Free what a boot holds.
 *
 * @param[in,out] boot the boot
 */
void boot_free(struct boot *boot);
