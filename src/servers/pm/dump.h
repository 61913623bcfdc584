/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The state of PM, for debugging.
 */
#pragma once

/** Print the table of processes. */
void pm_dump(void);
