/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters: key=value words from the boot loader's command line and
 * from the parameter ROM; the later one wins.
 */
#pragma once

#include <abi/getinfo.h>

/** Read the parameters. @param[in] cmdline  NUL-terminated, may be NULL */
void params_init(const char *cmdline);

/**
 * Value of a parameter.
 * @return NUL-terminated, lives as long as the kernel; NULL: not given
 */
const char *param_get(const char *key);

/** Value of a decimal parameter, or otherwise when it is not a number. */
uint32_t param_number(const char *key, uint32_t otherwise);

/** All parameters as "key=value\n" lines with a NUL at the end: what
 * GET_PARAMS copies. */
const char *params_text(void);
