/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where a run was when its instructions were used up: which program, which
 * functions. The emulator's debugger is asked for the code at the program
 * counter and for the chain of frames; nothing of the guest has to cooperate.
 * A user address says nothing about whose it is, so the code itself is looked
 * for in the programs that were built.
 */
#pragma once

#include <stdbool.h>

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

/**
 * Decode the answers.
 *
 * @param[in] objects build directory with the programs and their symbols
 * @param[in] dump    what the debugger printed
 * @return text for free(), or NULL: it cannot be told
 */
char *hot_decode(const char *objects, const char *dump);
