/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Comparing and searching memory.
 */
#include <lacuna/string.h>

int(memcmp)(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;
	unsigned int one, other;

	for (; n >= sizeof one;
	     n -= sizeof one, p += sizeof one, q += sizeof one) {
		__builtin_memcpy(&one, p, sizeof one);
		__builtin_memcpy(&other, q, sizeof other);
		if (one != other)
			break;
	}
	for (; n > 0; n--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

void *
memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n > 0; n--, p++)
		if (*p == (unsigned char)c)
			return (void *)(size_t)p;
	return NULL;
}
