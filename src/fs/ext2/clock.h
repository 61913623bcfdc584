/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The time, for time stamps. All stamps of one request are of the same time,
 * so that the kernel is asked once.
 */
#pragma once

#include <stdint.h>

/** A request begins: time may have passed. @source own design */
void clock_begin(void);

/** Seconds since 1970; 0 if there is no clock. @source own design */
uint32_t clock_now(void);
