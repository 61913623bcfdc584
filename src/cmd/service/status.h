/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of services.
 */
#pragma once

/**
 * Show the table, or all that is known of one service.
 *
 * @param[in] label  of the service, or NULL
 * @return 0, or the number of an error that has been explained
 */
int status_show(const char *label);
