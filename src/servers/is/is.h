/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The tables that IS prints itself, into the kernel log, and the figures it
 * gives. A table that cannot be had is reported in its place.
 */
#pragma once

#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <proto/is.h>

/** Every process: state, priority, time, what it is blocked on. */
void processes_print(void);

/** Every service: label, endpoint, device, starts, flags. */
void services_print(void);

/** Memory in use, in pages. */
void memory_print(void);

/** Events the kernel has counted since boot. */
void counters_print(void);

/** Granted memory that is mapped: where, and whose it is. */
void mappings_print(void);

/** Privileges of every service. */
void privileges_print(void);

IS_CALLS(PROTO_HANDLER)
