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

#define NR_IRQS      16
#define NR_IRQ_HOOKS 16
#define CLOCK_IRQ    0

/**
 * Claim a line. It is masked until irq_set() enables it. The caller has
 * checked that owner may have the line.
 *
 * @param[in]  line    0 .. NR_IRQS-1, not the clock's
 * @param[in]  bit     0 .. 31: bit of notify_msg.irqs to set
 * @param[in]  policy  IRQ_REENABLE or 0
 * @param[out] hook    number for the other calls
 *
 * @retval OK       claimed
 * @retval -EINVAL  bad line, bit or policy
 * @retval -EBUSY   the owner has the line already
 * @retval -ENOSPC  no hook is free
 */
int irq_claim(struct proc *owner, int line, int bit, uint32_t policy,
    int *hook);

/**
 * Give a hook back.
 * @retval OK       released, line masked if nobody else has it
 * @retval -EINVAL  owner has no such hook
 */
int irq_release(const struct proc *owner, int hook);

/**
 * Enable or disable a line.
 * @retval OK       done
 * @retval -EINVAL  owner has no such hook
 */
int irq_set(const struct proc *owner, int hook, bool enable);

/** Release all hooks of a process. */
void irq_release_all(const struct proc *owner);

/** A line fired. */
void irq_handle(int line);
