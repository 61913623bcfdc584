/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A C file as a tree that rules can look at: libclang's, without what a macro
 * brings along, and with the places of operators. Every node is written out
 * in the file; a macro's use is one node, whatever it expands to.
 */
#pragma once

#include "grader/mutate/scan.h"

/** What a node is. */
enum node_kind {
	NODE_OTHER, /**< whatever no rule asks for */
	NODE_COMPOUND,
	NODE_IF,
	NODE_FOR,
	NODE_WHILE,
	NODE_DO,
	NODE_SWITCH,
	NODE_CASE, /**< case, default or a label, with its statement */
	NODE_RETURN,
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_GOTO,
	NODE_DECLARATION,
	NODE_CALL,
	NODE_BINARY,   /**< all with two operands, but for assignments */
	NODE_ASSIGN,   /**< = and its compounds */
	NODE_UNARY,    /**< ++ and -- included */
	NODE_CHOICE,   /**< ?: */
	NODE_CONSTANT, /**< literal, enumerator or macro, an integer */
	NODE_ERRNO,    /**< -EINVAL and the like */
	NODE_FIELDS    /**< { initialisers in braces } */
};

/** What a node is for its parent. */
enum node_role {
	ROLE_NONE,
	ROLE_CONDITION,
	ROLE_STATEMENT, /**< it stands where a statement does */
	ROLE_BODY,      /**< the same: of a loop */
	ROLE_INIT,      /**< of a for */
	ROLE_STEP,      /**< likewise */
	ROLE_ARGUMENT,
	ROLE_VALUE /**< of a variable: its initialiser */
};

/** A node. */
struct node {
	enum node_kind kind;
	enum node_role role;
	struct span at; /**< statements: with their semicolon */
	struct node *parent, *child, *next;
	struct node *made; /**< the one made before */
	struct span op;    /**< of an operator: where it is written */
	bool integer;      /**< the type of an expression */
	bool pointer;      /**< likewise */
	bool truth;        /**< its type is bool */
	bool known;        /**< it is constant, and this is its value: */
	long long value;
	char *type; /**< of an argument: the parameter's; NULL: not known */
};

/** A function. */
struct function {
	char *name;
	struct span at;        /**< from its first word to the last brace */
	struct span name_at;   /**< the name in its head */
	struct strings params; /**< names */
	bool returns;          /**< a value */
	bool returns_truth;    /**< a bool */
	bool is_static;        /**< nobody else calls it */
	bool variadic;
	struct strings errors; /**< its @retval -E... */
	struct node *body;
};

/** A file. */
struct source {
	char *path; /**< as it was given */
	char *text;
	struct function *functions;
	size_t n;
	struct strings errors; /**< all -E... in the file, each once */
	struct node *nodes;    /**< all, for source_free() */
};

/**
 * Parse a file.
 *
 * @param[in]  path   where it is
 * @param[in]  name   what to call it
 * @param[in]  flags  of the compiler
 * @param[out] source for source_free()
 * @param[out] why    what is wrong, for free(); set only on failure
 *
 * @retval 0        done
 * @retval -EINVAL  it has errors
 */
int source_parse(const char *path, const char *name,
    const struct strings *flags, struct source *source, char **why);

/**
 * Free what a source holds.
 *
 * @param[in,out] source the source
 */
void source_free(struct source *source);

/**
 * Does a node's text, in normal form, equal another's?
 *
 * @param[in] source where both are
 * @param[in] a      a node
 * @param[in] b      another
 * @return whether it does
 */
bool same_text(const struct source *source, const struct node *a,
    const struct node *b);
