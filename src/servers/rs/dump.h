/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The state of RS, for debugging.
 */
#pragma once

/** Print the rows that are in use, with their clocks. */
void rs_dump(void);
