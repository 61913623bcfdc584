/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From characters to trees: sources of text, the lexer, the parser.
 */
#pragma once

#include "cmd/sh/mem.h"
#include "cmd/sh/tree.h"

/** Constructs within constructs; each level costs some hundred bytes of
 * stack in the parser and again in the interpreter. */
#define PARSE_DEPTH_MAX 100

/** Where commands come from: a string, or a descriptor. */
struct source {
	const char *next, *end; /**< characters at hand */
	const char *name;       /**< for messages, or NULL */
	int fd;                 /**< where there are more, or -1 */
	int line;               /**< of the next character */
	bool interactive;       /**< prompts before each line */
	bool continued;         /**< in the midst of a command */
	bool ended;
	char *buffer; /**< of fd: SOURCE_BUFFER bytes */
};

#define SOURCE_BUFFER 1024

/** Kinds of tokens. Others are their character: ; & | ( ) */
enum token {
	TOKEN_END,
	TOKEN_NEWLINE,
	TOKEN_WORD,
	TOKEN_REDIRECT,
	TOKEN_AND_IF, /* && */
	TOKEN_OR_IF,  /* || */
	TOKEN_DSEMI,  /* ;; */
};

/** A here-document whose lines are still to come. */
struct pending {
	struct pending *next;
	struct redirect *redirect;
	char *delimiter;
	bool quoted;
};

struct parser {
	struct source *from;
	struct region *region; /**< of the tree */
	bool have;             /**< token is the next one */
	int token;
	struct word *word;         /**< of TOKEN_WORD */
	struct redirect *redirect; /**< of TOKEN_REDIRECT, without its word */
	struct pending *pending;
	int depth;
	bool failed; /**< a complaint was made */
};

enum parse_result {
	PARSE_OK,
	PARSE_END,
	PARSE_ERROR
};

/** Read from a string. @param[out] s source @param[in] text string */
void source_string(struct source *s, const char *text);

/** The next character. @param[in,out] s source @return it, or -1 */
int source_get(struct source *s);

/** The same, not taken. @param[in,out] s source @return it, or -1 */
int source_peek(struct source *s);

/**
 * Get more from a descriptor. Apart, so that tests need no system.
 *
 * @param[in,out] s source with fd >= 0
 * @return whether there is more
 */
bool source_fill(struct source *s);

/** Complain once about the syntax. @param[in,out] p parser
 * @param[in] what unexpected text, or NULL for the current token */
void parse_fail(struct parser *p, const char *what);

/**
 * Read one token into p->token.
 *
 * @param[in,out] p parser
 */
void lex_token(struct parser *p);

/** Read the bodies of the here-documents of the line that has ended.
 * @param[in,out] p parser */
void lex_here(struct parser *p);

/** The text of a word without quotes or expansions, else NULL.
 * @param[in] w word @return its text */
const char *word_plain(const struct word *w);

/**
 * Parse commands up to the end of a line, or of a list within a construct.
 *
 * @param[in,out] from    source
 * @param[in,out] region  for the tree
 * @param[out]    node    the tree; NULL for an empty line
 * @return what was found; after PARSE_ERROR the rest of the line is gone
 */
enum parse_result parse_line(struct source *from, struct region *region,
    struct node **node);

/**
 * Parse what stands between $( and its parenthesis.
 *
 * @param[in,out] outer parser that met it; fails when this does
 * @return the tree, or NULL when empty
 */
struct node *parse_substitution(struct parser *outer);

/**
 * Parse text, all of it.
 *
 * @param[in,out] outer parser that met it; fails when this does
 * @param[in]     text  commands
 * @return the tree, or NULL when empty
 */
struct node *parse_text(struct parser *outer, const char *text);

/** Whether a text is a name of variables. @param[in] s text
 * @param[in] n bytes of it @return whether */
bool is_name(const char *s, size_t n);
