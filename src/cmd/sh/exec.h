/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running trees.
 */
#pragma once

#include "cmd/sh/sh.h"
#include "cmd/sh/tree.h"

/** Redirections to undo, in sh.now. */
struct saved_fd {
	struct saved_fd *next;
	int fd, copy; /**< copy < 0: fd was closed */
};

/**
 * Run a command; its status becomes sh.status.
 *
 * @param[in] n     tree, or NULL
 * @param[in] last  nothing is left to do for this process afterwards, so
 *                  that it may become the program itself
 */
void exec_node(struct node *n, bool last);

/** What a command writes, without the newlines at its end. @param[in] n tree,
 * or NULL @return text in sh.now */
char *exec_substitute(struct node *n);

/** Replace the shell by a program. @param[in] argv its arguments */
_Noreturn void exec_program(char *const argv[]);

/** Look for a program. @param[in] name as typed
 * @return its path in sh.now, or NULL */
char *exec_find(const char *name);

/**
 * Do what < and > ask for.
 *
 * @param[in]     r      redirections
 * @param[in,out] saved  what to undo, or NULL if that is not wanted
 * @return 0, or -1 after a complaint; undo also then
 */
int redirect_apply(const struct redirect *r, struct saved_fd **saved);

/** Undo it. @param[in] saved what */
void redirect_undo(struct saved_fd *saved);

/** Let it be for good. @param[in] saved what would have been undone */
void redirect_keep(struct saved_fd *saved);

/** A function of the shell. */
struct function {
	struct function *next;
	char *name;
	struct node *body;
	struct region *tree; /**< body is there */
};

/** Define a function, body in sh.tree. @param[in] n NODE_FUNCTION */
void function_define(const struct node *n);

/** Look up. @param[in] name name @return it, or NULL */
struct function *function_find(const char *name);

/** Forget. @param[in] name name */
void function_unset(const char *name);

/** Call. @param[in] f function @param[in] argc with its name
 * @param[in] argv as argc */
void function_call(struct function *f, int argc, char **argv);

/** Have a variable's value of now back when the function ends.
 * @param[in] name name @return 0, or -1 outside of functions */
int function_local(const char *name);

/** A reference to a region goes. @param[in] r region on the heap */
void region_drop(struct region *r);
