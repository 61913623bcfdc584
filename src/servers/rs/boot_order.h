/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which boot services may run already: in the order of the boot table, those
 * after one marked SF_SYNCH_BOOT when it is ready, INIT when all are.
 */
#pragma once

#include <stdbool.h>

/** Begin with the first row of the boot table, and let those run that need not
 * wait. A service that RS has no row for is not there; RS itself runs. Each
 * service is given the memory it may keep (keep_grant()) before it is asked to
 * initialise. A panic names a row that cannot be let run. */
void boot_begin(void);

/** Go on from the first row that does not run yet, as far as need be. To be
 * called after each report; does nothing if nobody can go on. */
void boot_step(void);

/** Are there rows of the boot table that do not run yet? */
bool boot_busy(void);
