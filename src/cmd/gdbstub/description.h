/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processor as the debugger is told of it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * The description of its registers, in XML.
 *
 * @param[out] size  its bytes, without the NUL behind them
 * @return a text that stays
 * @source GDB manual, "Target Descriptions"; feature org.gnu.gdb.i386.core
 */
const char *description_text(size_t *size);

/**
 * The size of a register.
 *
 * @param[in] number  as in packets
 * @return its bytes, or 0: there is no such register
 */
size_t description_reg_size(uint32_t number);
