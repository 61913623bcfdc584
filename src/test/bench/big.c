/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A program of 64 pages, most of them constants that it does not look at. They
 * are not zeros, which would be a hole in the file.
 */
extern const char constants[64][4096];

__asm__(".section .rodata\n"
	".balign 4096\n"
	"constants: .fill 64 * 1024, 4, 0x434f4e53\n"
	".previous\n");

int
main(void)
{
	return constants[63][0] != 'S';
}
