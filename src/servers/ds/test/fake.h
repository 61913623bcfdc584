/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the store sees of the world in its unit tests: keys come from a
 * variable instead of a grant, notifications are counted.
 */
#pragma once

#include "servers/ds/ds.h"

extern char fake_key[DS_MAX_KEYLEN]; /**< fetched and given */
extern int fake_key_status;          /**< of the next fetch or gift */
extern int fake_notified[NR_PROCS];  /**< notifications, by slot */
