/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Formatted text for services: into the kernel log, into a buffer, and as
 * last words. Conversions: d i u x X o c s p %, with flags - 0 + space #,
 * width and precision (also *), and l, ll, z, h, hh. No floating point.
 *
 * The names are those of the C library, the symbols are not: so this library
 * and the C library can be linked into one program. In host unit tests they
 * are the host's.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

#ifndef UNIT_TEST
#define PRINTF_SYMBOL(name) __asm__("lacuna_" #name)
#else
#define PRINTF_SYMBOL(name)
#endif

/**
 * Print to the kernel log. Text is kept until its line is complete, then
 * handed over in one piece, so that lines of different services never mix.
 *
 * @param[in] fmt  format; its arguments follow
 * @return number of characters
 * @source C11 7.21.6.3
 */
int printf(const char *fmt, ...) PRINTF_SYMBOL(printf) PRINTF_LIKE(1, 2);

/** printf() with the arguments in a list. @source C11 7.21.6.10 */
int vprintf(const char *fmt, va_list ap) PRINTF_SYMBOL(vprintf)
    PRINTF_LIKE(1, 0);

/**
 * Format into a buffer of size bytes, cut where it does not fit. The result
 * ends with a NUL unless size is 0.
 *
 * @param[out] buf   may be NULL if size is 0
 * @param[in]  size  bytes in buf
 * @param[in]  fmt   format; its arguments follow
 * @return length of the whole text: it was cut if that is not below size
 * @source C11 7.21.6.5
 */
int snprintf(char *buf, size_t size, const char *fmt, ...)
    PRINTF_SYMBOL(snprintf) PRINTF_LIKE(3, 4);

/** snprintf() with the arguments in a list. @source C11 7.21.6.12 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
    PRINTF_SYMBOL(vsnprintf) PRINTF_LIKE(3, 0);

/**
 * Give up: print the name of this service, the text and a stack trace to the
 * kernel log, then end. RS sees a crash. For conditions our own code has
 * ruled out or that leave nothing to do; never because of what a message, a
 * disk or a user said.
 *
 * @param[in] fmt  format; its arguments follow
 * @source own design
 */
_Noreturn void panic(const char *fmt, ...) PRINTF_LIKE(1, 2);
