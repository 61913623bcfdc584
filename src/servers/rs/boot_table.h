/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot table: everything RS knows about the services of the boot image,
 * in the order in which they may run. Dynamic services get the same from
 * system.conf(5).
 */
#pragma once

#include <abi/endpoint.h>
#include <proto/rs.h>
#include <proto/vm.h>

#define LIST_END (-1)
#define LIST_ALL (-2) /* first in a list: every call */

/** One service. */
struct boot_row {
	endpoint_t ep;
	const char *label;
	uint32_t flags;      /**< see <abi/priv.h>; 0: a user process */
	uint32_t sys_flags;  /**< SF_* */
	const int *kcalls;   /**< kernel calls it may make */
	const int *vm_calls; /**< calls of VM it may make */
	int32_t priority, quantum;
	int32_t major;           /**< device number, 0: none */
	uint32_t dev_flags;      /**< RS_DEV_* */
	uint32_t period;         /**< of pings, in seconds; 0: none */
	struct rs_policy policy; /**< when it fails */
	struct priv_range io[6]; /**< to the first with last == 0 */
	struct priv_range mem;
	int32_t irq[2]; /**< 0: none */
	bool optional;  /**< its module may be absent */
};

extern const struct boot_row boot_table[NR_BOOT_PROCS]; /* boot_table.c */

/**
 * Make a bit mask of a list of calls.
 *
 * @param[in]  list   numbers of calls, from base on
 * @param[in]  total  how many calls there are
 * @param[out] mask   a bit for each
 */
void call_mask_fill(const int *list, int base, int total, uint32_t *mask);
