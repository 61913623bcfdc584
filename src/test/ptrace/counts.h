/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process that counts, in a register and right after that in memory: the
 * two differ only between two instructions, so only who has really stopped it
 * sees them as they are.
 */
#pragma once

#include "test/ptrace/tracee.h"

/** What the process does: it counts, for ever. A round is four instructions;
 * now and then it enters the kernel, so that others have their turn. */
int counts(void);

/** Enter the kernel, for nothing: whoever spins should. */
void counts_yield(void);

/** Where the process stands. */
struct count {
	uint32_t pc;     /**< counts_top: before it counts on */
	uint32_t reg;    /**< the register */
	uint32_t memory; /**< the word in memory */
};

/** Where the loop begins: the instruction that adds 1 to the register. */
extern const char counts_top[];

/** The word in memory. */
extern volatile uint32_t counts_word;

/** Look at a process that is stopped. @param[in] pid its id @return it */
struct count count_of(pid_t pid);

/** Can a process stand so? @param[in] c how @return whether it can */
bool count_consistent(struct count c);

/** A word of struct trace_user. @param[in] pid a stopped process's id
 * @param[in] offset where in there @return the word; -1: perhaps an error */
long user_word(pid_t pid, size_t offset);
