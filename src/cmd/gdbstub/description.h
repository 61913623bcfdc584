/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processor as the debugger is told of it.
 */
#pragma once

#include <stddef.h>

/**
 * The description of its registers, in XML.
 *
 * @param[out] size  its bytes, without the NUL behind them
 * @return a text that stays
 * @source GDB manual, "Target Descriptions"; feature org.gnu.gdb.i386.core
 */
const char *description_text(size_t *size);
