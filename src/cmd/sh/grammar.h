/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the two halves of the parser share. After a failure parse_peek()
 * gives TOKEN_END for ever, which ends every loop; trees are then incomplete,
 * but what their kind says must be there is there.
 */
#pragma once

#include "cmd/sh/parse.h"

/** The next token. @param[in,out] p parser @return it */
int parse_peek(struct parser *p);

/** Take it. @param[in,out] p parser */
void parse_next(struct parser *p);

/** Take it if it is this one. @param[in,out] p parser @param[in] token which
 * @return whether it was */
bool parse_accept(struct parser *p, int token);

/** Whether a reserved word is next. @param[in,out] p parser
 * @param[in] keyword which @return whether */
bool parse_at(struct parser *p, const char *keyword);

/** Skip newlines. @param[in,out] p parser */
void parse_newlines(struct parser *p);

/** A new node. @param[in,out] p parser @param[in] kind what @return it */
struct node *parse_node(struct parser *p, enum node_kind kind);

/**
 * A redirection, if there is one.
 *
 * @param[in,out] p     parser
 * @param[in,out] last  where to append it
 * @return whether there was
 */
bool parse_redirect(struct parser *p, struct redirect ***last);

/** A list of commands with at least one. @param[in,out] p parser
 * @return it, or NULL after a failure */
struct node *parse_list(struct parser *p);

/** A list of commands. @param[in,out] p parser @return it; NULL if empty */
struct node *parse_maybe_list(struct parser *p);

/** A compound command without redirections. @param[in,out] p parser
 * @return it, or NULL when there is none */
struct node *parse_compound(struct parser *p);
