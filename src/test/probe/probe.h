/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the boot service for tests tells those that ask, by any request.
 */
#pragma once

#include <stdint.h>

/** Processes of the boot image that might run, itself among them. */
struct probe_seen {
	uint32_t before; /**< when it was asked to initialise */
	uint32_t after;  /**< when it reported */
	uint32_t now;    /**< when it is asked */
};
