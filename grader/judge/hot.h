/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where a run was when it was stopped: which program, which functions. The
 * emulator's debugger is asked for the code at the program counter and for the
 * chain of frames; nothing of the guest has to cooperate. A user address says
 * nothing about whose it is, so the code itself is looked for in the programs
 * that were built.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Lines for the debugger when a run stops, for bochs_config.after. */
extern const char *const hot_questions[]; /* hot.c */

/**
 * Did the processor rest when the run stopped, because everything waited? A
 * processor that rests is stopped at the entry of an interrupt, so what that
 * interrupted is looked at.
 *
 * @param[in] objects build directory with the kernel and its symbols
 * @param[in] dump    what the debugger printed
 * @return whether it certainly did
 */
bool hot_idle(const char *objects, const char *dump);

/** Where the processor was at one moment. */
struct hot_sample {
	uint32_t space; /**< page directory: whose address space */
	uint32_t pc;
	bool idle;
	char *answers; /**< to hot_questions */
};

/** Round what a run goes. */
struct hot_loop {
	char *program; /**< NULL: it cannot be told */
	char *spot;  /**< "FUNCTION at FILE:LINE", the innermost of all turns */
	char *where; /**< one of its traces, decoded */
};

/**
 * The address space in which most samples lie that are not idle.
 *
 * @param[in]  samples what was seen
 * @param[in]  n       how many
 * @param[out] most    how many lie there
 * @return it, or 0 if all are idle
 */
uint32_t hot_space(const struct hot_sample *samples, size_t n, size_t *most);

/**
 * What is common to most samples of the busiest address space.
 *
 * @param[in]  objects build directory with the programs and their symbols
 * @param[in]  samples what was seen
 * @param[in]  n       how many
 * @param[out] loop    for hot_loop_free()
 * @return whether it can be told
 */
bool hot_find(const char *objects, const struct hot_sample *samples, size_t n,
    struct hot_loop *loop);

/** Free what was found. @param[in,out] loop filled by hot_find() */
void hot_loop_free(struct hot_loop *loop);

/**
 * Decode the answers.
 *
 * @param[in] objects build directory with the programs and their symbols
 * @param[in] dump    what the debugger printed
 * @return text for free(), or NULL: it cannot be told
 */
char *hot_decode(const char *objects, const char *dump);
