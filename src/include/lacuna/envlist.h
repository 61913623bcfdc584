/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters that give numbers to services: name:number,name:number.
 */
#pragma once

#include <abi/limits.h>
#include <stdbool.h>
#include <stdint.h>

#define ENV_LIST_MAX 128     /**< bytes in the value of such a parameter */
#define SLOW_MAX     1000000 /**< instructions that `slow' may ask for */

/** One item of such a list. */
struct env_item {
	char text[32];        /**< all of it, as it stands, or its beginning */
	char name[LABEL_MAX]; /**< in front of the colon; or empty */
	uint32_t number;      /**< behind it, decimal */
	bool sound;           /**< it has the form name:number */
};

/**
 * Take the next item of a list.
 *
 * @param[in]  list  the list, or what was left of it
 * @param[out] item  its first item; number and name only if that is sound
 * @return what is left, or NULL: there was no item
 * @source own design
 */
const char *env_item_next(const char *list, struct env_item *item);

/**
 * Look up the number of a service in a boot parameter. Asks the kernel; may
 * wait for VM.
 *
 * @param[in] key   of the parameter
 * @param[in] name  of the service
 * @param[in] max   numbers above count as not given
 * @param[in] dflt  the result if there is no number for it
 * @return the last number that is given to it, or dflt
 * @source own design
 */
uint32_t env_number_of(const char *key, const char *name, uint32_t max,
    uint32_t dflt);
