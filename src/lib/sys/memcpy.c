/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copying and filling memory with the processor's string instructions: words
 * first, then the bytes that are left.
 */
#include <lacuna/string.h>

#undef memcpy
#undef memmove
#undef memset

void *
memcpy(void *dst, const void *src, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile("rep movsl\n\t"
			 "movl %[rest], %%ecx\n\t"
			 "rep movsb"
			 : "+D"(d), "+S"(src), "+c"(words)
			 : [rest] "r"(n & 3)
			 : "memory");
	return dst;
}

/* Copy from the end to the beginning. */
static void
copy_backwards(char *dst_end, const char *src_end, size_t n)
{
	size_t bytes = n & 3;

	dst_end--;
	src_end--;
	__asm__ volatile("std\n\t"
			 "rep movsb\n\t"
			 "subl $3, %%esi\n\t"
			 "subl $3, %%edi\n\t"
			 "movl %[words], %%ecx\n\t"
			 "rep movsl\n\t"
			 "cld"
			 : "+D"(dst_end), "+S"(src_end), "+c"(bytes)
			 : [words] "r"(n >> 2)
			 : "memory", "cc");
}

void *
memmove(void *dst, const void *src, size_t n)
{
	char *d = dst;
	const char *s = src;

	/* As unsigned numbers: also true when dst lies before src. */
	if ((size_t)d - (size_t)s >= n)
		return memcpy(dst, src, n);
	copy_backwards(d + n, s + n, n);
	return dst;
}

void *
memset(void *dst, int c, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile(
	    "rep stosl\n\t"
	    "movl %[rest], %%ecx\n\t"
	    "rep stosb"
	    : "+D"(d), "+c"(words)
	    : "a"((unsigned char)c * 0x01010101u), [rest] "r"(n & 3)
	    : "memory");
	return dst;
}
