/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Is a process refused every call that it has no right to? */
#pragma once

#include <stdint.h>

#include <abi/kcall.h>

#define REFUSALS_VM 100 /* added to the number of a call of VM */

/**
 * Try every kernel call and every call of VM, with nothing but zeros: those
 * without a bit must be refused, the others not. One that would end the caller
 * is left out if it has the right to it.
 *
 * @param[in] kcalls    bits of the kernel calls it may make
 * @param[in] vm_calls  VM_CALL_BIT() of those of VM
 * @return 0, or 1 + the index of the first call where it is otherwise
 */
int refusals(const uint32_t kcalls[KCALL_MASK_WORDS], uint32_t vm_calls);
