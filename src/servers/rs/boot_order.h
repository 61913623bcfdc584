/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which boot services may run already: in the order of the boot table, those
 * after one marked SF_SYNCH_BOOT when it is ready, INIT when all are.
 */
#pragma once

#include <stdbool.h>

/** Begin with the first row: let those run that need not wait. */
void boot_begin(void);

/** A boot service has initialised: let those run that waited for it. */
void boot_step(void);

/** Are there boot services that have not initialised yet? */
bool boot_busy(void);
