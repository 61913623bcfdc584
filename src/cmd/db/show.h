/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process looks like: places, registers, memory, the stack.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** Write an address, and what is there: 0x400016 main+0x3. @param[in] addr the
 * address */
void show_place(uint32_t addr);

/** Where T_GETUSER and T_SETUSER find a register. @param[in] name its name
 * @param[out] offset where @return whether there is one */
bool show_register(const char *name, size_t *offset);

/** Write all registers. @param[in] pid the process */
void show_registers(pid_t pid);

/** Write words of memory. @param[in] pid the process @param[in] addr where
 * @param[in] n how many */
void show_words(pid_t pid, uint32_t addr, size_t n);

/** Write a string of the process. @param[in] pid the process
 * @param[in] addr where */
void show_string(pid_t pid, uint32_t addr);

/** The frame of a function: where it returns to, and the frame pointer then. */
struct frame {
	uint32_t pc, bp, sp; /**< sp: only of the innermost, else 0 */
};

/** The innermost frame. @param[in] pid the process @param[out] f it */
void frame_first(pid_t pid, struct frame *f);

/** The caller's frame. @param[in] pid the process @param[in,out] f a frame,
 * then the next one @return whether there is one */
bool frame_next(pid_t pid, struct frame *f);

/** Write the callers. @param[in] pid the process */
void show_stack(pid_t pid);
