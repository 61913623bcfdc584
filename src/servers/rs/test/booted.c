/* SPDX-License-Identifier: BSD-2-Clause */
/** @file For tests of what comes after the boot: it is over. */
#include "servers/rs/boot_order.h"

void
boot_step(void)
{
}

bool
boot_busy(void)
{
	return false;
}
