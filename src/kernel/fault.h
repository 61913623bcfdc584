/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process has done wrong last, for the handler of the signal that it
 * may get for it.
 */
#pragma once

#include <abi/types.h>

struct sig_fault {
	int32_t sig;    /**< 0: nothing */
	int32_t code;   /**< ILL_*, FPE_*, SEGV_*, ... */
	vir_bytes addr; /**< where, or on what */
};
