/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The processor's tables, one after the other. */
#include "kernel/arch/i386/internal.h"
#include "kernel/arch/i386/io.h"

void
arch_init(void)
{
	memory_init();
	segments_init();
	gates_init();
	pic_init();
	write_cr0(read_cr0() | 8u); /* the FPU is nobody's */
}
