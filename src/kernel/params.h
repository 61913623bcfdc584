/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters: key=value words from the boot loader's command line and
 * from the parameter ROM; the later one wins.
 */
#pragma once

#include <abi/getinfo.h>

#define PARAMS_ROM      0xd0000   /**< physical address of the ROM */
#define PARAMS_ROM_SIZE PAGE_SIZE /**< its size in bytes */

/**
 * Read the parameters.
 *
 * @param[in] cmdline  of the boot loader, NUL-terminated, or NULL
 * @param[in] rom      what is at PARAMS_ROM, PARAMS_ROM_SIZE bytes; without
 *                     the right beginning it is ignored
 * @source own design
 */
void params_init(const char *cmdline, const char *rom);

/**
 * Value of a parameter.
 *
 * @param[in] key  name
 * @return NUL-terminated, lives as long as the kernel; NULL: not given
 * @source own design
 */
const char *param_get(const char *key);

/**
 * Value of a decimal parameter.
 *
 * @param[in] key        name
 * @param[in] otherwise  result if it is not given or not a number
 * @return the value
 * @source own design
 */
uint32_t param_number(const char *key, uint32_t otherwise);

/**
 * All parameters, as GET_PARAMS copies them.
 *
 * @return "key=value\n" lines with a NUL at the end
 * @source own design
 */
const char *params_text(void);
