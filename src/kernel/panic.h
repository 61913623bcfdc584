/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end: panics, stack traces and leaving the machine.
 */
#pragma once

#include <abi/kcall_info.h>

struct proc;

/**
 * Print a message and a stack trace, then end the run. For broken machines and
 * broken invariants only, never because of what a process did.
 *
 * @param[in] format  as in <lacuna/printf.h>
 * @source own design
 */
_Noreturn void panic(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/**
 * The panic that follows comes of a trap: its trace begins there.
 *
 * @param[in] pc     where the processor was
 * @param[in] frame  its frame pointer
 * @source own design
 */
void panic_at(vir_bytes pc, vir_bytes frame);

/** State what the kernel itself guarantees. */
#define kassert(claim)                                                         \
	do {                                                                   \
		if (!(claim))                                                  \
			panic("%s:%d: %s", __FILE__, __LINE__, #claim);        \
	} while (0)

/**
 * Print `trace NAME ENDPOINT ADDRESS...' for a process: its pc, then the return
 * addresses its frame pointers lead to.
 *
 * @param[in] p  process; what it has in memory is not believed
 * @source own design
 */
void proc_stacktrace(const struct proc *p);

/**
 * Leave the machine, or start it anew.
 *
 * @param[in] how  a reboot resets it, all else ends the emulator's run
 * @source Bochs, iodev/unmapped.cc (ports 0x8900 and 0x8A00); Intel PIIX3 data
 * sheet (port 0xCF9)
 */
_Noreturn void machine_end(enum abort_how how);
