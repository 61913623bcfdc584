/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the parts of the benchmark share. A figure is the median of several
 * rounds, in instructions as the emulator counts them (the time stamp).
 */
#pragma once

#include <stdint.h>

#include "test/service/service.h"

/** What bench-ping measures, in the memory of its owner. */
struct bench_ping {
	struct mailbox box;
	int32_t error;    /**< OK, or why there are no figures */
	uint32_t kcall;   /**< ticks of a kernel call */
	uint32_t privctl; /**< ticks of setting a service's privileges */
	uint32_t ipc;     /**< ticks of a message there and back */
};

/** The time stamp of the processor. @return instructions since power-on */
static inline uint64_t
bench_now(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

/**
 * Repeat something and report the median of its costs.
 *
 * @param[in] id      of the figure
 * @param[in] rounds  how often, up to 64
 * @param[in] divide  how many of the thing one round does
 * @param[in] once    does it; a negative result ends the figure unreported
 */
void bench(const char *id, unsigned int rounds, unsigned int divide,
    int (*once)(void));

/** bench() with something to be done before each round, not counted; a
 * negative result of it ends the figure, too. */
void bench_prepared(const char *id, unsigned int rounds, int (*before)(void),
    int (*once)(void));

/** Figures about the control of processes: signals, stops, tracing. */
void bench_processes(void);

/** Figures about files and memory. */
void bench_files(void);

/** Figures about a large file and a large program, whose pages can be shared
 * instead of copied. */
void bench_large(void);

/** Figures about services that start, and that die and return. */
void bench_recover(void);

/** Run a program, with no arguments, and wait for it. @retval -1 it failed */
int bench_run(const char *path);
