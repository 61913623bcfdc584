/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A guest for tests of the oracle: two processes, Alice and Bob, whose place
 * is the same addresses, a kernel, a VM and a test, in a dump of memory that is
 * built by hand. Alice reports.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/getinfo.h>

#include "grader/oracle/debuginfo.h"
#include "grader/oracle/oracle.h"

#define NFRAMES 1024u
#define USER    (PTE_P | PTE_U)

extern char dir[];             /**< where it is built; small_guest.c */
extern uint8_t *memory;        /**< the guest's; small_guest.c */
extern struct oracle *oracle;  /**< looks at it; small_guest.c */
extern struct stream stream;   /**< Alice's; small_guest.c */
extern uint32_t gates;         /**< of its kernel; small_guest.c */
extern uint32_t pc;            /**< where Alice stops; small_guest.c */
extern enum oracle_take taken; /**< of the last take(); small_guest.c */

/** Set a word of its memory. */
void put(uint32_t phys, uint32_t word);

/** A program of it, by its path below dir. @return as program_open() */
struct program *open_below(const char *name);

/** The address of a variable of a program. It has to be there. */
uint32_t address(const char *program, const char *name);

/** Set how often VM thinks that a frame is used. */
void set_count(uint32_t frame, uint32_t refs);

/** Set the entry of a page of the place, in the frame of a page table. */
void set_entry(uint32_t table, uint32_t page, uint32_t pte);

/**
 * Have the dump at a checkpoint taken; one that is too short is tried before.
 *
 * @param[in] name      of the checkpoint; ends with the call's memory
 * @param[in] page_dir  frame of the directory the machine has stopped with
 * @param[in] ticks     time
 * @return whether it was; taken says more
 */
bool take(char *name, uint32_t page_dir, uint64_t ticks);

/** Compile the kernel with another source, kernel/i386/gates.c or
 * kernel/i386/elsewhere.c, which are alike. */
void compile_kernel(const char *with);

/** Build all of it: for a group of tests. @return 0, or -1 */
int guest_setup(void **state);

/** Remove it. @return 0 */
int guest_teardown(void **state);
