/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Breakpoints: instructions in the program that are replaced by a trap. The
 * debugger on the other side never sees that: what it reads is the program,
 * and what it writes does not remove a breakpoint.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BREAKS_MAX 64

/**
 * Set a breakpoint. One that is set already stays.
 *
 * @param[in] addr  of an instruction
 *
 * @retval 0       it is set
 * @retval ENOSPC  there are BREAKS_MAX
 * @retval EFAULT  there is no memory
 */
int break_set(uint32_t addr);

/**
 * Remove one. Without one there is nothing to do.
 *
 * @param[in] addr  of the instruction
 *
 * @retval 0       the instruction is there
 * @retval EFAULT  its memory is gone; so is the breakpoint
 */
int break_clear(uint32_t addr);

/** Is there one? @param[in] addr of an instruction @return whether */
bool break_is_at(uint32_t addr);

/** Remove all, as far as there is memory. */
void break_clear_all(void);

/** Forget all: the program is gone. */
void break_forget(void);

/**
 * Read memory of the program, without breakpoints in it. As target_read().
 */
int break_read(uint32_t addr, void *bytes, size_t n);

/** Write memory, and keep the breakpoints. As target_write(). */
int break_write(uint32_t addr, const void *bytes, size_t n);

/**
 * Write the instructions behind all breakpoints, for a copy of the program.
 *
 * @param[in] put  writes a byte at an address
 * @param[in] ctx  for it
 */
void break_each(void (*put)(void *ctx, uint32_t addr, uint8_t byte), void *ctx);
