/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel's first line in C, and its last: from here on it only answers
 * traps.
 */
#include "kernel/arch/i386/arch.h"
#include "kernel/boot.h"
#include "kernel/call/cowcopy.h"
#include "kernel/clock.h"
#include "kernel/kinfo.h"
#include "kernel/klog.h"
#include "kernel/multiboot.h"
#include "kernel/params.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/switch.h"
#include "kernel/trace.h"
#include "kernel/watch.h"

_Noreturn void kernel_main(uint32_t magic, phys_bytes info);

void
kernel_main(uint32_t magic, phys_bytes info)
{
	arch_init();
	priv_init();
	proc_init();
	multiboot_read(magic, info);
	sched_init();
	trace_init();
	cow_init();
	boot_processes();
	clock_init();
	watch_start();
	kprintf("kernel: %u KiB, %u Hz\n", kinfo.mem_top >> 10, clock_hz);
	if (param_get("hz") != NULL && param_number("hz", 0) != clock_hz)
		kprintf("kernel: hz=%s is out of range\n", param_get("hz"));
	switch_to_user();
}
