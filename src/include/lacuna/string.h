/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory and strings, for kernel and services. The functions are those of the
 * C standard and of POSIX, with the BSD strlcpy() and strlcat() for bounded
 * copies. Programs on the C library include its <string.h> instead.
 *
 * The four mem functions go through the compiler, which replaces copies of a
 * few known bytes by plain moves.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#ifdef UNIT_TEST
#include <stdlib.h>
#include <string.h>
#else

/** Copy n bytes; the areas must not overlap. @source C11 7.24.2.1 */
void *memcpy(void *dst, const void *src, size_t n);

/** Copy n bytes between areas that may overlap. @source C11 7.24.2.2 */
void *memmove(void *dst, const void *src, size_t n);

/** Set n bytes to the low byte of c. @source C11 7.24.6.1 */
void *memset(void *dst, int c, size_t n);

/** Compare n bytes as unsigned. @source C11 7.24.4.1 */
int memcmp(const void *a, const void *b, size_t n);

/** First byte equal to c among n, or NULL. @source C11 7.24.5.1 */
void *memchr(const void *s, int c, size_t n);

/** Bytes before the NUL. @source C11 7.24.6.3 */
size_t strlen(const char *s);

/** The same, but look at no more than max bytes. @source POSIX 2008 */
size_t strnlen(const char *s, size_t max);

/** Order of two strings. @source C11 7.24.4.2 */
int strcmp(const char *a, const char *b);

/** Order of the first n bytes of two strings. @source C11 7.24.4.4 */
int strncmp(const char *a, const char *b, size_t n);

/** First c in s (the NUL counts), or NULL. @source C11 7.24.5.2 */
char *strchr(const char *s, int c);

/** Last c in s (the NUL counts), or NULL. @source C11 7.24.5.5 */
char *strrchr(const char *s, int c);

/** First place of sub in s, or NULL. @source C11 7.24.5.7 */
char *strstr(const char *s, const char *sub);

/**
 * Value of a number, as strtoul() reads it: blanks, sign, 0x or 0 in base 0.
 *
 * @param[in]  s     where to start
 * @param[out] end   first character not used; may be NULL
 * @param[in]  base  2 to 36, or 0: look at the prefix
 * @return the value, ULONG_MAX if it is too big
 * @source C11 7.22.1.4, without errno
 */
unsigned long strtoul(const char *s, char **end, int base) __asm__(
    "lacuna_strtoul"); /* the C library's also sets errno */

#define memcpy(dst, src, n)  __builtin_memcpy(dst, src, n)
#define memmove(dst, src, n) __builtin_memmove(dst, src, n)
#define memset(dst, c, n)    __builtin_memset(dst, c, n)
#define memcmp(a, b, n)      __builtin_memcmp(a, b, n)
#endif

/**
 * Copy a string into an array of size bytes, cut where it does not fit. The
 * result ends with a NUL unless size is 0.
 *
 * @return length of src: it was cut if that is not below size
 * @source OpenBSD strlcpy(3)
 */
size_t strlcpy(char *dst, const char *src, size_t size);

/**
 * Append a string to the one in an array of size bytes, cut where it does not
 * fit.
 *
 * @return length the result would have had: it was cut if not below size
 * @source OpenBSD strlcat(3)
 */
size_t strlcat(char *dst, const char *src, size_t size);

/** Whether the first max bytes of s hold a NUL, as a name from outside must. */
static inline bool
str_terminated(const char *s, size_t max)
{
	return strnlen(s, max) < max;
}
