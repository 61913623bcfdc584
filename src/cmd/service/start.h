/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The arguments of `service up' and `service run'.
 */
#pragma once

#include <proto/rs.h>

/**
 * Read a program and options, and what the configuration says of it, over
 * which the options win.
 *
 * @param[in]     argc, argv  what is behind the command
 * @param[in,out] start       zeros, but for flags; what to ask of RS
 *
 * @retval 0  *start is complete, but for the program itself
 * @return or the number of an error that has been explained
 */
int start_read(int argc, char *argv[], struct rs_start *start);
