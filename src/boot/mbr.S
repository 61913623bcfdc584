/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot record: the BIOS puts these 512 bytes at 0x7C00 and jumps here, in
 * 16-bit real mode, with the number of the boot drive in %dl. All it does is
 * to read the loader with one BIOS call and to jump to it.
 *
 * If it cannot, it says why on the screen and on port 0xE9:
 *     L  the BIOS has no LBA reads (int 13h extensions)
 *     R  the disk could not be read
 *     S  what was read is no loader
 *
 * Bytes 440..509 belong to the disk's signature and partition table.
 */
#include "image.h"

	.code16
	.text
	.globl	_start
_start:
	ljmp	$0, $1f		/* some BIOSes come with cs = 0x7C0 */
1:	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	$_start, %sp
	cld
	movb	%dl, drive

	movb	$0x41, %ah	/* extensions present? */
	movw	$0x55AA, %bx
	int	$0x13
	movb	$'L', %al
	jc	fail
	cmpw	$0xAA55, %bx
	jne	fail

	movb	$0x42, %ah	/* extended read */
	movb	drive, %dl
	movw	$packet, %si
	int	$0x13
	movb	$'R', %al
	jc	fail

	movb	$'S', %al
	cmpl	$0x4E43414C, BOOT_LOADER_ADDRESS + 4 /* "LACN" */
	jne	fail
	movb	drive, %dl
	ljmp	$0, $BOOT_LOADER_ADDRESS

/* Put the letter in %al into the message, print it, stop for good. */
fail:
	movb	%al, letter
	movw	$message, %si
1:	lodsb
	testb	%al, %al
	jz	2f
	outb	%al, $0xE9	/* emulators' debug port */
	movb	$0x0E, %ah	/* teletype */
	movw	$7, %bx
	int	$0x10
	jmp	1b
2:	movw	$stop, %si	/* ends an emulator; nothing elsewhere */
	movw	$0x8900, %dx
3:	lodsb
	testb	%al, %al
	jz	4f
	outb	%al, %dx
	jmp	3b
4:	cli
	hlt
	jmp	4b

message:
	.ascii	"panic: boot record: error "
letter:
	.asciz	"? (L: no LBA reads, R: read error, S: no loader)\r\n"
stop:	.asciz	"Shutdown"
drive:	.byte	0

	.balign	4
packet:	.byte	16, 0		/* disk address packet */
	.word	BOOT_LOADER_SECTORS
	.word	BOOT_LOADER_ADDRESS, 0
	.quad	BOOT_LOADER_SECTOR

	.org	440		/* the assembler refuses a longer program */
	.long	0x414E4341	/* disk signature */
	.word	0
	.skip	64		/* partition table, by the image build */
	.word	0xAA55
