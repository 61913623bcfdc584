/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a service gives up.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

_Noreturn void
sys_exit(void)
{
	for (;;) {
		(void)KCALL_BARE(SYS_EXIT); /* does not come back, unless ... */
		__builtin_trap();           /* ... it is not allowed */
	}
}
