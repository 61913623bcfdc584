/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interrupt lines. A service claims a line with a hook; each interrupt is a
 * notification from HARDWARE with the hook's bit set. The line stays masked
 * until the service enables it again, unless its policy is IRQ_REENABLE.
 */
#pragma once

#include <abi/kcall_dev.h>

#include "kernel/proc.h"

#define NR_IRQS      16 /**< lines of the two controllers */
#define NR_IRQ_HOOKS 16 /**< claims at a time */
#define CLOCK_IRQ    0  /**< the kernel's own */

/**
 * Claim a line. It is masked until irq_set() enables it. The caller has
 * checked that owner may have the line.
 *
 * @param[in]  owner   service
 * @param[in]  line    0 .. NR_IRQS-1, not the clock's
 * @param[in]  bit     0 .. 31: bit of notify_msg.irqs to set
 * @param[in]  policy  IRQ_REENABLE or 0
 * @param[out] hook    number for the other calls
 *
 * @retval OK       claimed
 * @retval -EINVAL  bad line, bit or policy
 * @retval -EBUSY   the owner has the line already
 * @retval -ENOSPC  no hook is free
 * @source own design, after MINIX 3 sys_irqctl()
 */
int irq_claim(struct proc *owner, int line, int bit, uint32_t policy,
    int *hook);

/**
 * Give a hook back.
 *
 * @param[in] owner  who claimed it
 * @param[in] hook   its number
 *
 * @retval OK       released, line masked if nobody else has it
 * @retval -EINVAL  owner has no such hook
 * @source own design
 */
int irq_release(const struct proc *owner, int hook);

/**
 * Enable or disable a line.
 *
 * @param[in] owner   who claimed it
 * @param[in] hook    number of the hook
 * @param[in] enable  let interrupts through
 *
 * @retval OK       done; another hook may still keep the line masked
 * @retval -EINVAL  owner has no such hook
 * @source own design
 */
int irq_set(const struct proc *owner, int hook, bool enable);

/**
 * Release all hooks of a process; it is dying.
 *
 * @param[in] owner  process
 * @source own design
 */
void irq_release_all(const struct proc *owner);

/** Hooks that are in use. @return their number @source own design */
uint32_t irq_claimed(void);

/**
 * A line fired: notify whoever has claimed it.
 *
 * @param[in] line  0 .. NR_IRQS-1
 * @source own design
 */
void irq_handle(int line);
