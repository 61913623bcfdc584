/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Where the loader enters the test guest. */
	.section .start, "ax"
	.globl	_start
_start:	movl	$stack_top, %esp
	pushl	%ebx
	pushl	%eax
	call	guest_main
	.bss
	.balign	16
	.skip	4096
stack_top:
	.section .note.GNU-stack, "", @progbits
