/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The devices that the kernel itself uses, and waiting for them.
 */
#pragma once

#include <abi/types.h>

/**
 * Let an interrupt line through, or not.
 *
 * @param[in] line    0 .. 15
 * @param[in] enable  let through
 * @source Intel 8259A data sheet
 */
void pic_set(int line, bool enable);

/**
 * Start the periodic interrupt of line 0.
 *
 * @param[in] hz  19 .. 1000
 * @source Intel 8254 data sheet
 */
void pit_start(uint32_t hz);

/**
 * Read the date. Waits for up to 2 ms.
 *
 * @return seconds since 1970
 * @source Motorola MC146818A data sheet
 */
int64_t rtc_read(void);

/**
 * Wait for an interrupt and handle it.
 * @source own design
 */
void arch_idle(void);

/** Stop the processor; interrupts stay off. */
static inline void
arch_halt(void)
{
	__asm__ volatile("cli\n\thlt");
}
