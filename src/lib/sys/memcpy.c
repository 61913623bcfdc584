/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copying and filling memory with the processor's string instructions: words
 * first, then the bytes that are left.
 */
#include <lacuna/string.h>

/* The names are in brackets because they are also macros. */

void *(memcpy)(void *dst, const void *src, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile("rep movsl\n\t"
			 "movl %k[rest], %%ecx\n\t"
			 "rep movsb"
			 : "+D"(d), "+S"(src), "+c"(words)
			 : [rest] "r"(n & 3)
			 : "memory");
	return dst;
}

/* Copy from the end to the beginning: the odd bytes, then words. */
static void
copy_backwards(char *dst_end, const char *src_end, size_t n)
{
	size_t bytes = n & 3, words = n >> 2;
	char *d = dst_end - 1;
	const char *s = src_end - 1;

	__asm__ volatile("std\n\t"
			 "rep movsb\n\t"
			 "cld"
			 : "+D"(d), "+S"(s), "+c"(bytes)
			 :
			 : "memory", "cc");
	d -= 3; /* from the last byte of a word to its address */
	s -= 3;
	__asm__ volatile("std\n\t"
			 "rep movsl\n\t"
			 "cld"
			 : "+D"(d), "+S"(s), "+c"(words)
			 :
			 : "memory", "cc");
}

void *(memmove)(void *dst, const void *src, size_t n)
{
	char *d = dst;
	const char *s = src;

	/* As unsigned numbers: also true when dst lies before src. */
	if ((size_t)d - (size_t)s >= n)
		return (memcpy)(dst, src, n);
	copy_backwards(d + n, s + n, n);
	return dst;
}

void *(memset)(void *dst, int c, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile(
	    "rep stosl\n\t"
	    "movl %k[rest], %%ecx\n\t"
	    "rep stosb"
	    : "+D"(d), "+c"(words)
	    : "a"((unsigned char)c * 0x01010101u), [rest] "r"(n & 3)
	    : "memory");
	return dst;
}
