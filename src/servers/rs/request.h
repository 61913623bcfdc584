/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The requests of service(8), see <proto/rs.h>.
 */
#pragma once

#include <lacuna/server.h>
#include <proto/rs.h>

RS_CALLS(PROTO_HANDLER)
