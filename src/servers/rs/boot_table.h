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

#define LIST_END (-1)
#define LIST_ALL (-2) /* first in a list: every call */

/** One service. */
struct boot_row {
	endpoint_t ep;
	const char *label;
	uint32_t flags;     /**< see <abi/priv.h>; 0 for a user process */
	uint32_t sys_flags; /**< SF_* */
	const int *kcalls;  /**< kernel calls it may make */
	uint32_t vm_calls;  /**< VM_CALL_BIT() of calls of VM it may make */
	uint32_t quota;     /**< KiB, VM_QUOTA_NONE; 0: BASE_QUOTA */
	int32_t priority, quantum;
	int32_t major;           /**< device number, 0: none */
	uint32_t dev_flags;      /**< RS_DEV_* */
	uint32_t period;         /**< of pings, in seconds; 0: none */
	struct rs_policy policy; /**< when it fails */
	uint32_t keep;           /**< bytes that outlive its processes */
	struct priv_range io[6]; /**< to the first with last == 0 */
	struct priv_range mem;
	int32_t irq[3]; /**< 0: none */
	bool optional;  /**< its module may be absent */
};

extern const struct boot_row boot_table[NR_BOOT_PROCS]; /* boot_table.c */

/**
 * Make a bit mask of a list of kernel calls.
 *
 * @param[in]  list  SYS_*, up to LIST_END; or LIST_ALL
 * @param[out] mask  a bit for each
 */
void kcall_mask_fill(const int *list, uint32_t mask[KCALL_MASK_WORDS]);
