/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The little that has to be known of C's text between two nodes of its tree:
 * blanks, comments, literals, brackets.
 */
#pragma once

#include "grader/base/base.h"

/** A piece of a text, from its first byte to behind its last. */
struct span {
	size_t from, to;
};

/**
 * Skip blanks and comments.
 *
 * @param[in] s  a text
 * @param[in] at where to begin
 * @return the place of the next byte that is neither; the end's, if none is
 */
size_t scan_blank(const char *s, size_t at);

/**
 * Find a character outside of brackets, literals and comments.
 *
 * @param[in] s    a text
 * @param[in] span where to look
 * @param[in] c    what for
 * @return its place, or span.to: it is not there
 */
size_t scan_find(const char *s, struct span span, char c);

/**
 * Is there nothing but blanks, comments and one word in a span?
 *
 * @param[in]  s    a text
 * @param[in]  span where
 * @param[out] word where it is; only set if so
 * @return whether there is
 */
bool scan_word(const char *s, struct span span, struct span *word);

/**
 * A piece of text in its normal form: without comments, blanks between words
 * one space, others none.
 *
 * @param[in] s    a text
 * @param[in] span which part of it
 * @return the piece, for free()
 */
char *scan_normal(const char *s, struct span span);

/**
 * The number of the line that holds a byte.
 *
 * @param[in] s  a text
 * @param[in] at the byte
 * @return the line, from 1
 */
unsigned int scan_line(const char *s, size_t at);
