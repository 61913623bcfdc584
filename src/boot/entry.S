/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The loader's assembly: from real mode into C, from C into the BIOS and back,
 * and from C into the kernel.
 *
 * C runs in 32-bit protected mode with flat segments, paging and interrupts
 * off. The BIOS runs in real mode, so bios_call() steps down and up again;
 * everything it touches lies below 64 KiB, where both modes see it.
 */
#include "image.h"

#define CODE32	   0x08
#define DATA32	   0x10
#define CODE16	   0x18
#define DATA16	   0x20
#define C_STACK	   0x7C00
#define BIOS_STACK 0x7000

	.section .start, "ax"
	.code16
	.globl	_start
_start:
	jmp	1f
	.org	4
	.ascii	"LACN"		/* the boot record looks for this */
1:	movzbl	%dl, %edx
	cli
	lgdt	gdt_register
	movl	%cr0, %eax
	orb	$1, %al
	movl	%eax, %cr0
	ljmpl	$CODE32, $2f

	.code32
2:	movw	$DATA32, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	$C_STACK, %esp
	movl	$__bss, %edi
	movl	$__end, %ecx
	subl	%edi, %ecx
	xorl	%eax, %eax
	rep stosb
	pushl	%edx
	call	loader_main
	ud2			/* never returns */

/*
 * void bios_call(uint8_t vector, struct bios_regs *regs)
 *
 * The struct is a stack image: popal takes the registers from it and pushal,
 * pushfl put the results back.
 */
	.text
	.globl	bios_call
bios_call:
	pushal
	movb	36(%esp), %al
	movb	%al, bios_int + 1
	movl	40(%esp), %eax
	addl	$4, %eax	/* behind the flags */
	movl	%eax, regs_first
	addl	$32, %eax
	movl	%eax, regs_last
	movl	%esp, c_stack
	sidt	c_idt
	lidt	bios_idt
	ljmp	$CODE16, $1f

	.code16
1:	movw	$DATA16, %ax	/* real mode wants 64 KiB limits */
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	%cr0, %eax
	andb	$0xFE, %al
	movl	%eax, %cr0
	ljmp	$0, $2f
2:	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movw	regs_first, %sp
	popal
	movw	$BIOS_STACK, %sp
	sti
bios_int:
	int	$0		/* the vector is patched in */
	cli
	movw	%cs:regs_last, %sp
	pushal
	pushfl
	movl	%cr0, %eax
	orb	$1, %al
	lgdtl	%cs:gdt_register
	movl	%eax, %cr0
	ljmpl	$CODE32, $3f

	.code32
3:	movw	$DATA32, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	c_stack, %esp
	lidt	c_idt
	cld
	popal
	ret

/* void kernel_enter(uint32_t entry, const struct multiboot_info *info) */
	.globl	kernel_enter
kernel_enter:
	movl	4(%esp), %ecx
	movl	8(%esp), %ebx
	movl	$0x2BADB002, %eax
	jmp	*%ecx

	.data
	.balign	8
gdt:	.quad	0
	.quad	0x00CF9A000000FFFF	/* CODE32 */
	.quad	0x00CF92000000FFFF	/* DATA32 */
	.quad	0x00009A000000FFFF	/* CODE16 */
	.quad	0x000092000000FFFF	/* DATA16 */
gdt_register:
	.word	. - gdt - 1
	.long	gdt
bios_idt:
	.word	0x3FF
	.long	0
c_idt:	.word	0
	.long	0
	.balign	4
c_stack:
	.long	0
regs_first:
	.long	0
regs_last:
	.long	0
	.section .note.GNU-stack, "", @progbits
