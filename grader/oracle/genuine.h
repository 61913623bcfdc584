/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Is what runs what was built? Code of a submission may run with all rights
 * in the guest, and could change what judges it: the kernel, VM, the test's
 * program, the processor's gates. At each announced stop the host compares
 * these, as they are in memory, with the files they were loaded from; and at
 * the end of a stream, what its process has said with what has arrived.
 */
#pragma once

#include "grader/judge/stream.h"
#include "grader/oracle/debuginfo.h"
#include "grader/oracle/memory.h"

/** A moment at which the guest has stopped. */
struct moment {
	const struct memory *memory;
	uint32_t dir; /**< page directory of the process that stopped */
	uint32_t pc;  /**< and where it was */
	uint32_t idt; /**< address of the gates */
	bool *lacks;  /**< set if something lies behind the end of memory */
};

/**
 * What is wrong with a program in memory: its code and constants are not those
 * of its file. Pages that are not there are not wrong.
 *
 * @param[in] m    the moment
 * @param[in] dir  page directory of a process that runs the program
 * @param[in] p    the program's file
 * @param[in] name what to call it
 * @return a sentence for free(), or NULL: nothing is
 */
char *genuine_text(const struct moment *m, uint32_t dir,
    const struct program *p, const char *name);

/**
 * What is wrong with the kernel: as above, or a gate does not lead to where it
 * should.
 *
 * @param[in] m      the moment
 * @param[in] kernel its file
 * @return a sentence for free(), or NULL: nothing is
 */
char *genuine_kernel(const struct moment *m, const struct program *kernel);

/**
 * What is wrong with the process that has announced the stop, and has
 * stopped: it is not in its program, or has not said what has arrived.
 *
 * @param[in] m    the moment
 * @param[in] p    the program of its test
 * @param[in] from its stream
 * @return a sentence for free(), or NULL: nothing is
 */
char *genuine_reporter(const struct moment *m, const struct program *p,
    const struct stream *from);
