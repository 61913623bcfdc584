/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Functions. A body lives in the region of the line that defined it, which
 * stays as long as a function or a call refers to it.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/var.h"

static struct function *functions;
static struct saved_var **locals; /* of the function that runs */

void
region_drop(struct region *r)
{
	struct mark empty = { NULL, 0 };

	if (--r->references > 0)
		return;
	region_release(r, empty);
	free(r);
}

struct function *
function_find(const char *name)
{
	struct function *f;

	for (f = functions; f != NULL; f = f->next) {
		if (strcmp(f->name, name) == 0)
			break;
	}
	return f;
}

void
function_unset(const char *name)
{
	struct function **at, *f = function_find(name);

	if (f == NULL)
		return;
	for (at = &functions; *at != f; at = &(*at)->next)
		continue;
	*at = f->next;
	region_drop(f->tree);
	free(f->name);
	free(f);
}

void
function_define(const struct node *n)
{
	struct function *f = heap_take(sizeof *f);

	function_unset(n->text);
	f->name = heap_copy(n->text);
	f->body = n->body;
	f->tree = sh.tree;
	f->tree->references++;
	f->next = functions;
	functions = f;
}

void
function_call(struct function *f, int argc, char **argv)
{
	char **last_argv = sh.argv, **owned = sh.owned;
	int last_argc = sh.argc, loops = sh.loops;
	struct region *tree = f->tree, *last_tree = sh.tree;
	struct saved_var *saved = NULL, **last_locals = locals;

	if (sh.calls >= SH_CALLS_MAX) {
		sh_abort(argv[0], "too many calls within calls");
		return;
	}
	sh.calls++;
	sh.loops = 0;
	sh.argc = argc - 1;
	sh.argv = argv + 1;
	sh.owned = NULL;
	sh.tree = tree;
	tree->references++; /* the body may redefine the function */
	locals = &saved;
	exec_node(f->body, false);
	locals = last_locals;
	var_restore(&saved);
	region_drop(tree);
	sh.tree = last_tree;
	free(sh.owned);
	sh.owned = owned;
	sh.argc = last_argc;
	sh.argv = last_argv;
	sh.loops = loops;
	sh.calls--;
	if (sh.leave == LEAVE_RETURN)
		sh.leave = LEAVE_NOT;
}

int
function_local(const char *name)
{
	if (locals == NULL)
		return -1;
	var_save(locals, name);
	return 0;
}
