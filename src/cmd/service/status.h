/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of services.
 */
#pragma once

#include <stdbool.h>

#include <proto/rs.h>

/**
 * Show the table, or all that is known of one service.
 *
 * @param[in] label  of the service, or NULL
 * @return 0, or the number of an error that has been explained
 */
int status_show(const char *label);

/**
 * Say who has the label or the device number that a new service asks for.
 *
 * @param[in] start  the new service
 *
 * @retval true   said, on standard error
 * @retval false  nobody has, any more
 */
bool status_taken(const struct rs_start *start);
