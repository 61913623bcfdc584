/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A machine for tests of VM: an array as physical memory, and a kernel that
 * says yes and remembers what it was asked.
 */
#pragma once

#include <abi/kcall_vm.h>
#include <abi/signal.h>

#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"

#define FAKE_MEMORY (2u << 20)
#define FAKE_FIRST  (1u << 18) /* the kernel has what is below */

#define USER_SLOT 20 /* of a process made by fake_process() */

/** What the kernel was asked, and what it answers. */
struct fake_kernel {
	int killed;                   /**< last signal, 0: none */
	int cleared;                  /**< page faults */
	int fork_status;              /**< answer to sys_fork() */
	int privctl_status;           /**< answer to sys_privctl() */
	phys_bytes dir;               /**< last VMCTL_SETADDRSPACE */
	const void *source;           /**< what any copy into VM reads */
	struct sys_memreq_rep memreq; /**< next memory request, if any */
	int memreq_status;            /**< answer VM gave to it */
	struct boot_image image[NR_BOOT_PROCS];
};

extern struct fake_kernel fake;

/** A machine just started: memory is free, nobody has any. */
void fake_machine(void);

/** The same, with other memory than FAKE_MEMORY. */
void fake_machine_with(size_t memory);

/** A user process without memory, in USER_SLOT. */
struct vmproc *fake_process(void);

/** The same, in another slot. */
struct vmproc *fake_process_in(int slot);

/** Let the kernel ask for something; VM's answer. */
int fake_request(struct sys_memreq_rep request);

/** A page table entry, or 0. */
uint32_t fake_entry(const struct vmproc *p, vir_bytes addr);

/** A byte of a process, as the processor finds it; fails if it is not there. */
uint8_t *fake_byte(const struct vmproc *p, vir_bytes addr);

/** Let a process write a byte: at a fault, VM is asked. */
void fake_write(struct vmproc *p, vir_bytes addr, uint8_t value);

/** Let a process read a byte, likewise. */
uint8_t fake_read(struct vmproc *p, vir_bytes addr);

/** Make a page fault of a process. */
void fake_fault(struct vmproc *p, vir_bytes addr, uint32_t error);

/** Fork fake_process() into a slot. */
struct vmproc *fake_fork(struct vmproc *parent, int slot);
