/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where the driver of a device runs. RS's public table says so at any time,
 * and DS tells when there is something new in it; so a driver that was
 * started again is found without asking anybody who might not answer.
 */
#pragma once

#include <abi/grant.h>
#include <abi/types.h>

/** Remember RS's public table. @param[in] gid  grant, from sef_init_info */
void driver_table_set(cp_grant_id_t gid);

/**
 * Look who drives a device now, and ask DS, without waiting for it, to notify
 * us when that changes.
 *
 * @param[in] dev  a block device
 * @return the driver's endpoint; NONE: there is no driver at present
 * @source own design
 */
endpoint_t driver_find(uint32_t dev);
