/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Into the kernel and out of it. The stack pointer of the task state segment
 * is the end of the register area of the running process, so the processor
 * and pushal save everything right there; then the one kernel stack is taken.
 * No trap returns the way it came: the kernel ends each in switch_to_user().
 *
 * Segment registers are not saved. All processes and the kernel use the same
 * flat data segment, which entry reloads.
 *
 * Traps from the kernel itself are faults on user memory and, when idle,
 * interrupts. They return.
 */
#include "kernel/arch/i386/layout.h"

#define STACK_SIZE 8192

	.bss
	.balign 16
	.skip STACK_SIZE
	.globl kernel_stack_top
kernel_stack_top:

	.text

	.macro enter_kernel
	pushal
	movl $USER_DS, %ecx
	movl %ecx, %ds
	movl %ecx, %es
	leal -PROC_EDI(%esp), %eax /* argument: the process */
	movl $kernel_stack_top - 4, %esp /* with 0: stack traces end here */
	cld
	.endm

	.globl ipc_entry
ipc_entry:
	pushl $0
	pushl $IPC_VECTOR
	enter_kernel
	jmp ipc_trap

	.globl kcall_entry
kcall_entry:
	pushl $0
	pushl $KCALL_VECTOR
	enter_kernel
	jmp kcall_trap

trap_entry:
	testb $3, 12(%esp)
	jz 1f
	enter_kernel
	call trap_from_user
	jmp switch_to_user
1:	pushal
	cld
	pushl %esp
	call trap_from_kernel
	addl $4, %esp
	popal
	addl $8, %esp
	iret

	.macro vector nr
vector_\nr:
	/* The processor pushes an error code for 8, 10-14 and 17. */
	.if !(\nr == 8 || (\nr >= 10 && \nr <= 14) || \nr == 17)
	pushl $0
	.endif
	pushl $\nr
	jmp trap_entry
	.pushsection .rodata
	.long vector_\nr
	.popsection
	.endm

	.section .rodata
	.balign 4
	.globl trap_vectors
trap_vectors:
	.text

	.altmacro
	.set i, 0
	.rept NR_EXCEPTIONS
	vector %i
	.set i, i + 1
	.endr
	.set i, IRQ_VECTOR
	.rept 16
	vector %i
	.set i, i + 1
	.endr
