/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Regular expressions are newlib's; its header forgets to include the types
 * it uses.
 */
#ifndef LACUNA_REGEX_H
#define LACUNA_REGEX_H

#include <sys/types.h>

#include_next <regex.h>

#endif
