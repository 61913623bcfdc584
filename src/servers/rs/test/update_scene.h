/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Scenes of live updates: one that has begun, one that is over.
 */
#pragma once

#include "servers/rs/test/fake.h"

#include <lacuna/sef_lu.h>

#define STATE SEF_LU_STATE_REQUEST_FREE /* that updates wait for */

/** A service that has been asked to get ready for CLIENT(0).
 * @param[in] period  of its pings */
struct rproc *asked(clock_ticks period);

/** The client has got one answer, with this status, and nothing is left of
 * the update. */
void assert_over(int status);

/** The service is the same as before, and can be updated again. */
void assert_same(endpoint_t ep, int status);
