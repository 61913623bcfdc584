/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which boot services may run already: in the order of the boot table, those
 * after one marked SF_SYNCH_BOOT when it is ready, INIT when all are.
 */
#pragma once

#include <stdbool.h>

/** Let the boot services run that may by now. Called at the start and after
 * each one that has initialised. */
void boot_step(void);

/** Are there boot services that have not initialised yet? */
bool boot_busy(void);
