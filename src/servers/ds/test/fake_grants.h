/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Grants that DS makes in the unit tests of its store. However it makes them
 * and takes them back (one by one, reserved once and set again, their maps
 * ended by number or by address), they are counted, to find what stays.
 */
#pragma once

#include <abi/endpoint.h>

extern int fake_grant_status;    /**< of the next grants: an error */
extern int fake_revoke_status;   /**< of the next revocations */
extern int fake_grants;          /**< grants of DS: not taken back */
extern int fake_disabled;        /**< those that have no use any more */
extern int fake_grant_access;    /**< of the last grant made */
extern endpoint_t fake_grant_to; /**< whom it is for */
