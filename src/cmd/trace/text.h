/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Text that grows: the line of a call is put together before it is written.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/** All zeros is an empty one. */
struct text {
	char *s; /**< not NUL-terminated */
	size_t n, size;
};

/** Make it empty. @param[in,out] t the text */
void text_clear(struct text *t);

/** Give its memory back. @param[in,out] t the text, empty then */
void text_free(struct text *t);

/** Add a character. @param[in,out] t the text @param[in] c character */
void text_char(struct text *t, char c);

/** Add a string. @param[in,out] t the text @param[in] s string */
void text_add(struct text *t, const char *s);

/** Add a number in decimal. @param[in,out] t the text @param[in] n number */
void text_number(struct text *t, int64_t n);

/** Add a number without a sign. @param[in,out] t the text
 * @param[in] n number @param[in] base 8: with a 0 before it; 10; 16: with 0x */
void text_digits(struct text *t, uint64_t n, unsigned base);

/**
 * Add bytes as a string of C, in quotes.
 *
 * @param[in,out] t      the text
 * @param[in]     bytes  the bytes
 * @param[in]     n      how many
 */
void text_quote(struct text *t, const char *bytes, size_t n);
