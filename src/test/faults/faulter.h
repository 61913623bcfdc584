/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The service that changes the code of another one, for the fault campaign.
 * It writes to physical memory, past all protection, as a fault of the
 * machine would.
 */
#pragma once

#include <stdint.h>

#include <abi/types.h>

#include "test/service/service.h"

#define FAULTER_PROGRAM "/test/faulter"
#define FAULTER_BYTES   16

/** A piece of code of a service, in its process or in the program that RS
 * starts it from. */
struct faulter {
	struct mailbox box;
	endpoint_t victim;  /**< NONE: the program it is started from */
	endpoint_t boot_ep; /**< the service's endpoint at the boot */
	vir_bytes addr;     /**< of the code */
	uint32_t bytes;     /**< up to FAULTER_BYTES */
	bool write;         /**< else read */
	uint8_t code[FAULTER_BYTES]; /**< to be written, or what was read */
	int32_t result;              /**< OK, or why not */
};
