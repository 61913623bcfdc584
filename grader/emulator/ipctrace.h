/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Names of requests, from the lists in the protocols' headers.
 */
#pragma once

#include <stdint.h>

/**
 * The name of a request.
 *
 * @param[in] type of a message
 * @return its name, or NULL: a status, or no protocol's
 */
const char *request_name(uint32_t type);
