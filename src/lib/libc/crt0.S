/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The first instructions of every program. exec has left argc at the stack
 * pointer, then the argv pointers, NULL, the environment pointers, NULL.
 * @source System V ABI, Intel386 supplement, "Process Initialization"
 */
	.text
	.globl _start
	.type _start, @function
_start:
	xorl	%ebp, %ebp		/* stack traces end here */
	movl	(%esp), %eax		/* argc */
	leal	4(%esp), %ecx		/* argv */
	leal	8(%esp,%eax,4), %edx	/* environment */
	pushl	%edx
	pushl	%ecx
	pushl	%eax
	call	__start			/* does not return */
	hlt
	.size _start, . - _start

	.section .note.GNU-stack, "", @progbits
