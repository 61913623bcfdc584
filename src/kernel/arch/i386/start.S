/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the boot loader to C. The loader enters at the physical address with
 * paging off; this code maps all memory twice, where it is (the first 4 MiB)
 * and at KERNEL_BASE, with 4 MiB pages, and jumps to the upper copy.
 */
#define KERNEL_BASE    0xC0000000
#define DIRECT_MAP_PDE 224 /* 4 MiB pages of the direct map */
#define PDE_KERNEL     0x183 /* present, writable, 4 MiB, global */
#define CR4_FLAGS      0x290 /* PSE, PGE, OSFXSR */
#define CR0_FLAGS      0x80010023 /* PG, WP: honour read-only, NE, MP, PE */

#define MULTIBOOT_MAGIC 0x1BADB002
#define MULTIBOOT_FLAGS 3 /* modules on page boundaries, memory map */

	.section .multiboot, "ax"
	.balign 4
	.long MULTIBOOT_MAGIC, MULTIBOOT_FLAGS
	.long -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

	.text
	.globl start_physical
	.set start_physical, start - KERNEL_BASE
start:
	cld
	movl %eax, %esi /* magic */
	movl %ebx, %edi /* information structure */

	movl $kernel_page_dir - KERNEL_BASE, %edx
	movl $PDE_KERNEL, %eax
	movl %eax, (%edx)
	xorl %ecx, %ecx
1:	movl %eax, 4 * (KERNEL_BASE >> 22)(%edx, %ecx, 4)
	addl $0x400000, %eax
	incl %ecx
	cmpl $DIRECT_MAP_PDE, %ecx
	jne 1b

	movl %cr4, %eax
	orl $CR4_FLAGS, %eax
	movl %eax, %cr4
	movl %edx, %cr3
	movl $CR0_FLAGS, %eax
	movl %eax, %cr0
	movl $upper, %eax
	jmp *%eax
upper:
	movl $kernel_stack_top - 4, %esp /* see entry.S */
	xorl %ebp, %ebp
	pushl %edi
	pushl %esi
	pushl $0 /* stack traces end here */
	jmp kernel_main
