/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variables of a program in the guest, by name, from what the compiler has
 * left in its file: addresses and layouts are those of this very build.
 *
 * A variable is named FILE:NAME, then as in C: .MEMBER and [INDEX], where a
 * pointer may stand for what it points to. FILE is a path or the end of one:
 *
 *     kernel/proc.c:proc_table[5].name      vm/frames.c:table[17].refs
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct program;

/** Where a variable is and what it looks like. */
struct variable {
	uint32_t addr, size;
	bool is_signed;
};

/** Read a pointer in the guest, at an address of the program; false if there
 * is no memory. */
typedef bool debug_reader(void *ctx, uint32_t addr, uint32_t *pointer);

/**
 * Open a program.
 *
 * @param[in] path its file
 * @return for program_close(), or NULL: not there, or no debug information
 */
struct program *program_open(const char *path);

/**
 * Find a variable.
 *
 * @param[in]  p     the program
 * @param[in]  name  as above
 * @param[in]  read  follows pointers; NULL: none is followed
 * @param[in]  ctx   handed to it
 * @param[out] v     set only on success
 *
 * @retval 0       found
 * @retval -ENOENT there is no such variable or member
 * @retval -EINVAL the name is malformed, or does not fit the type
 * @retval -ERANGE the index is outside the array
 * @retval -EFAULT a pointer cannot be read
 *
 * @source DWARF 5, by libdw
 */
int program_find(const struct program *p, const char *name, debug_reader *read,
    void *ctx, struct variable *v);

/**
 * The addresses a program is loaded to.
 *
 * @param[in]  p     the program
 * @param[out] start lowest
 * @param[out] end   behind the highest
 */
void program_range(const struct program *p, uint32_t *start, uint32_t *end);

/**
 * The code and constants of a program: what is loaded and may not be written.
 *
 * @param[in]  p     the program
 * @param[out] addr  where it is loaded to
 * @param[out] bytes how much it is
 * @return its bytes in the file, or NULL: there is none
 */
const uint8_t *program_code(const struct program *p, uint32_t *addr,
    uint32_t *bytes);

/**
 * The address of a symbol that has one, static or not.
 *
 * @param[in]  p    the program
 * @param[in]  name of the symbol
 * @param[out] addr set only on success
 * @return whether there is one
 */
bool program_symbol(const struct program *p, const char *name, uint32_t *addr);

/**
 * The function that an address is in.
 *
 * @param[in] p    the program
 * @param[in] addr in its code
 * @return its name, as long as the program is open; or NULL
 */
const char *program_function(const struct program *p, uint32_t addr);

/**
 * Close a program.
 *
 * @param[in] p from program_open(), or NULL
 */
void program_close(struct program *p);
