/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Last words, and how the machine is left. Bochs ends its run at a magic port;
 * QEMU, with its debug-exit device, at the first byte for the other one.
 */
#include "kernel/panic.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/devices.h"
#include "kernel/arch/i386/io.h"
#include "kernel/kinfo.h"
#include "kernel/klog.h"
#include "kernel/proc.h"
#include "kernel/vmcopy.h"

#define TRACE_DEPTH 24

#define BOCHS_DEBUG_PORT  0x8a00
#define BOCHS_DEBUG_OPEN  0x8a00
#define BOCHS_DEBUG_BREAK 0x8ae0
#define SHUTDOWN_PORT     0x8900
#define RESET_PORT        0xcf9
#define RESET_HARD        6

/* What a frame pointer points to. */
struct frame {
	vir_bytes caller;
	vir_bytes pc;
};

void
proc_stacktrace(const struct proc *p)
{
	struct place at = place_in(proc_slot(p->slot), p->regs.ebp);
	struct frame f = { 0, 0 };

	kprintf("trace %s %d 0x%x", p->name, p->endpoint, p->regs.eip);
	for (int i = 0; i < TRACE_DEPTH && at.addr != 0; i++) {
		if (data_copy(NULL, at, place_kernel(&f), sizeof(f),
			COPY_TRY) != OK ||
		    f.pc == 0)
			break;
		kprintf(" 0x%x", f.pc);
		if (f.caller <= at.addr)
			break;
		at.addr = f.caller;
	}
	kprintf("\n");
}

/* Where the processor was when it trapped; pc 0: it has not. */
static struct frame trapped;

void
panic_at(vir_bytes pc, vir_bytes frame)
{
	trapped = (struct frame){ .caller = frame, .pc = pc };
}

/* The first address is that of an instruction, those behind it are where calls
 * return to. */
static void
kernel_stacktrace(void)
{
	const struct frame *f = __builtin_frame_address(0);

	if (trapped.pc != 0)
		f = &trapped;
	kprintf("trace kernel %d 0x%x", HARDWARE,
	    trapped.pc != 0 ? f->pc : f->pc - 1);
	f = (const struct frame *)f->caller;
	for (int i = 1; i < TRACE_DEPTH; i++) {
		if ((vir_bytes)f < kinfo.kernel_start + KERNEL_BASE ||
		    (vir_bytes)f >= kinfo.kernel_end + KERNEL_BASE ||
		    f->pc == 0)
			break;
		kprintf(" 0x%x", f->pc);
		f = (const struct frame *)f->caller;
	}
	kprintf("\n");
}

void
panic(const char *format, ...)
{
	static bool again;
	va_list ap;

	if (again)
		machine_end(ABORT_PANIC);
	again = true;
	kprintf("kernel panic: ");
	va_start(ap, format);
	kvprintf(format, ap);
	va_end(ap);
	kprintf("\n");
	kernel_stacktrace();
	machine_end(ABORT_PANIC);
}

void
machine_end(enum abort_how how)
{
	static const char shutdown[] = "Shutdown";

	if (how == ABORT_REBOOT)
		outb(RESET_PORT, RESET_HARD);
	outw(BOCHS_DEBUG_PORT, BOCHS_DEBUG_OPEN);
	outw(BOCHS_DEBUG_PORT, BOCHS_DEBUG_BREAK);
	for (size_t i = 0; i < sizeof(shutdown) - 1; i++)
		outb(SHUTDOWN_PORT, (uint8_t)shutdown[i]);
	for (;;)
		arch_halt();
}
