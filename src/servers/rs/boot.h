/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From RS's first instruction to the first of its services.
 */
#pragma once

#include <lacuna/sef.h>

/** Fill the tables from the boot table, set all privileges, let the first
 * services run: RS's own initialisation. A failure is a panic. */
int boot_start(int type, const struct sef_init_info *info);
