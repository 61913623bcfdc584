/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where signal handlers return to. The handler's return has removed the first
 * word of struct sig_frame; the stack pointer is at the signal number, and
 * two words above lies the address of the context to restore.
 */
	.text
	.globl __sigtramp
	.type __sigtramp, @function
__sigtramp:
	movl	8(%esp), %eax
	pushl	%eax
	call	__sigreturn		/* does not return */
	hlt
	.size __sigtramp, . - __sigtramp

	.section .note.GNU-stack, "", @progbits
