/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the parser makes of a command: nodes for commands, words for their
 * arguments, and parts for the pieces of a word that expand each in its way.
 */
#pragma once

#include <stdbool.h>

enum part_kind {
	PART_TEXT,    /* as it stands */
	PART_PARAM,   /* $x, ${x...} */
	PART_COMMAND, /* $(...), `...` */
	PART_ARITH,   /* $((...)) */
};

/** Operators within ${}: a character, or one of these for a doubled one. */
enum {
	PARAM_LENGTH = 256,
	PARAM_LONG_PREFIX,
	PARAM_LONG_SUFFIX
};

struct part {
	struct part *next;
	enum part_kind kind;
	bool quoted;
	bool colon;        /**< ${x:-y}: empty counts as unset */
	int op;            /**< 0 - = ? + # %, PARAM_* */
	char *text;        /**< text, or name of a parameter */
	struct part *word; /**< after the operator; expression */
	struct node *node; /**< command */
};

struct word {
	struct word *next;
	struct part *parts;
};

enum redirect_kind {
	REDIRECT_IN,     /* <  */
	REDIRECT_OUT,    /* >, >| */
	REDIRECT_APPEND, /* >> */
	REDIRECT_BOTH,   /* <> */
	REDIRECT_DUP,    /* <&, >& */
	REDIRECT_HERE,   /* <<, <<- */
};

struct redirect {
	struct redirect *next;
	enum redirect_kind kind;
	int fd;
	bool strip;         /**< <<-: without leading tabs */
	struct part *parts; /**< the word after it, or the here-document */
};

struct assign {
	struct assign *next;
	char *name;
	struct part *parts;
};

/** A branch of case. */
struct arm {
	struct arm *next;
	struct word *patterns;
	struct node *body; /**< or NULL */
};

enum node_kind {
	NODE_SIMPLE,
	NODE_PIPE,     /* first, through next */
	NODE_AND_OR,   /* first, through next, each with join */
	NODE_LIST,     /* first, through next, each perhaps background */
	NODE_IF,       /* test, body, other */
	NODE_WHILE,    /* test, body */
	NODE_UNTIL,    /* test, body */
	NODE_FOR,      /* text, words, body */
	NODE_CASE,     /* words: one; arms */
	NODE_GROUP,    /* body */
	NODE_SUBSHELL, /* body */
	NODE_FUNCTION, /* text, body */
};

struct node {
	enum node_kind kind;
	int line;
	struct node *next;        /**< sibling */
	char join;                /**< '&': after success; '|': failure */
	bool background, negated; /**< ends with &; begins with ! */
	bool all;                 /**< for without in: all arguments */
	struct redirect *redirects;
	struct node *first, *test, *body, *other;
	struct word *words;
	struct assign *assigns;
	struct arm *arms;
	char *text;
};
