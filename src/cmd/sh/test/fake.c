/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The rest of the shell, as little as possible.
 */
#include "cmd/sh/test/fake.h"

#include <stdio.h>
#include <string.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/sh.h"

struct shell sh;
char fake_complaint[128];

bool
source_fill(struct source *s)
{
	(void)s;
	return false;
}

void
parse_fail(struct parser *p, const char *what)
{
	if (!p->failed)
		snprintf(fake_complaint, sizeof fake_complaint, "%s",
		    what != NULL ? what : "token");
	p->failed = true;
}

bool
fake_parse(const char *text, struct region *r, struct node **n)
{
	struct source s;

	source_string(&s, text);
	*n = NULL;
	fake_complaint[0] = '\0';
	return parse_line(&s, r, n) == PARSE_OK;
}

/* The text of the first word within, instead of what a command writes. */
char *
exec_substitute(struct node *n)
{
	char none[] = "";

	if (n == NULL || n->kind != NODE_SIMPLE || n->words == NULL)
		return region_copy(&sh.now, none);
	return region_copy(&sh.now, n->words->parts->text);
}

void
sh_warn(const char *what, const char *reason)
{
	snprintf(fake_complaint, sizeof fake_complaint, "%s: %s", what,
	    reason != NULL ? reason : "errno");
}

void
sh_leave(int status)
{
	sh.status = status;
	sh.leave = LEAVE_EXIT;
}

void
sh_abort(const char *what, const char *reason)
{
	sh_warn(what, reason);
	sh_leave(2);
}
