/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Breakpoints. They are in the memory of the process only while it runs, so
 * whoever reads its memory sees the program as it is.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** A breakpoint. */
struct brk {
	struct brk *next;
	int number; /**< 0: for one time */
	uint32_t addr;
	uint8_t old; /**< what was there */
	bool in;     /**< it is in the process's memory */
};

/** Add one, if there is none. @param[in] addr where @param[in] once whether it
 * is for one time @return it */
struct brk *breaks_add(uint32_t addr, bool once);

/** The one at an address. @param[in] addr where @return it, or NULL */
struct brk *breaks_at(uint32_t addr);

/** Forget one. @param[in] b it, not in memory */
void breaks_forget(struct brk *b);

/** Forget one by its number. @param[in] number 0: all of them @return whether
 * there was one */
bool breaks_delete(int number);

/** Put all into memory, but one: the process stands there. One that cannot be
 * is complained about and forgotten. @param[in] pid the process
 * @param[in] but that one, or NULL */
void breaks_insert(pid_t pid, const struct brk *but);

/** Take all out of memory. @param[in] pid the process */
void breaks_remove(pid_t pid);

/** Take all out of the memory of a child, which has the same; in the parent's
 * they stay. @param[in] pid the child */
void breaks_clean(pid_t pid);

/** The process has a new program, or is gone: none is in memory. */
void breaks_lost(void);

/** Write a list of them. */
void breaks_show(void);
