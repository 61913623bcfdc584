/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the two halves of the lexer share.
 */
#pragma once

#include "cmd/sh/parse.h"

/** Whether a character ends a word. @param[in] c it, or -1 @return whether */
bool is_meta(int c);

/** The parser's next character. @param[in,out] p parser @return it or -1 */
int lex_peek(struct parser *p);

/** The same, taken. @param[in,out] p parser @return it or -1 */
int lex_get(struct parser *p);

/** Read a word. @param[in,out] p parser before it @return the word */
struct word *lex_word(struct parser *p);

/**
 * Find the expansions in a here-document.
 *
 * @param[in,out] p     parser, for region and failure
 * @param[in]     text  the lines
 * @return the parts, all of them quoted
 */
struct part *lex_document(struct parser *p, const char *text);

/** A part of plain text. @param[in,out] p parser @param[in] text it, in the
 * region @param[in] quoted whether quoted @return the part */
struct part *part_text(struct parser *p, char *text, bool quoted);
