/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The first instructions of a service. The stack holds, from its pointer
 * upwards, the number of arguments, pointers to them, and NULL; for a boot
 * service all of that is zero. A service that returns from main() gives up.
 */
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp	/* here stack traces end */
	movl	(%esp), %eax
	leal	4(%esp), %edx
	pushl	%edx
	pushl	%eax
	call	main
	call	sys_exit
	.size	_start, . - _start

	.section .note.GNU-stack, "", @progbits
