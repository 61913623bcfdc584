/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process to be debugged, for tests: a little memory, registers, and what
 * happens when it goes on.
 */
#pragma once

#include "cmd/gdbstub/target.h"

#define FAKE_PID  7
#define FAKE_AT   0x1800u /* memory, */
#define FAKE_SIZE 0x1000u /* up to here is memory, and there a page ends */

/** The process and what has been done to it. */
struct fake {
	int pid; /**< 0: there is none */
	bool attached;
	uint32_t regs[NR_REGS];
	uint8_t memory[FAKE_SIZE];
	struct target_event next; /**< comes of going on */
	uint32_t moves[8]; /**< where the program counter goes, one a step, */
	int steps;         /**< of so many steps that were made */
	int change_at;     /**< the step that changes the first byte; 0: none */
	int resumed;       /**< how often it went on freely */
	int sig;           /**< with which signal, last */
	int error;         /**< of starting, attaching, waiting; or 0 */
	char started[256]; /**< arguments, with a | behind each */
	int kills, detaches;
};

extern struct fake fake;

/** A process that is stopped, with known memory and registers. */
void fake_setup(void);
