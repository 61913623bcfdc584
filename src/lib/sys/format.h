/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What every printf is made of: format() turns a format and its arguments
 * into pieces of text and hands each to a sink. It needs no memory, so the
 * kernel can use it as well.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/** Where text goes; usually the first member of something bigger. */
struct text_sink {
	void (*write)(struct text_sink *sink, const char *text, size_t n);
};

/**
 * Format text; <lacuna/printf.h> lists the conversions.
 *
 * @param[in,out] sink  gets the text, piece by piece
 * @param[in]     fmt   format
 * @param[in]     ap    its arguments
 * @return number of characters
 * @source own design, conversions as in C11 7.21.6.1
 */
int text_format(struct text_sink *sink, const char *fmt, va_list ap);
