/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void worker_switch(uint32_t *save_sp, uint32_t load_sp): keep what a C
 * function must keep, store the stack pointer, take the other one. The
 * caller of the other stack's worker_switch() goes on.
 */
	.text
	.globl	worker_switch
	.type	worker_switch, @function
worker_switch:
	movl	4(%esp), %eax
	movl	8(%esp), %edx
	pushl	%ebp
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	movl	%esp, (%eax)
	movl	%edx, %esp
	popl	%edi
	popl	%esi
	popl	%ebx
	popl	%ebp
	ret
	.size	worker_switch, . - worker_switch
	.section .note.GNU-stack, "", @progbits
