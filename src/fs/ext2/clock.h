/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The time, for time stamps.
 */
#pragma once

#include <stdint.h>

/** Seconds since 1970; 0 if there is no clock. @source own design */
uint32_t clock_now(void);
