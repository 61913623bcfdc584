/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The names of a program's functions and variables, from its file.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * Read the symbols of a program, in place of those before. Nothing that is in
 * the file is trusted.
 *
 * @param[in] path  its file
 * @retval 0   they are read
 * @retval -1  there are none: errno says why, ENOEXEC if it is no program
 */
int symbols_load(const char *path);

/** Where a program begins. @param[in] path its file @return the address, or 0:
 * it is no program */
uint32_t symbols_entry(const char *path);

/** Look a symbol up. @param[in] name it @param[out] addr its address
 * @return whether there is one */
bool symbols_address(const char *name, uint32_t *addr);

/**
 * What an address is in.
 *
 * @param[in]  addr    the address
 * @param[out] offset  of it in the function or variable
 * @return its name, or NULL
 */
const char *symbols_name(uint32_t addr, uint32_t *offset);
