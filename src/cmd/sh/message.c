/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Complaints and other output.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/parse.h"
#include "cmd/sh/sh.h"

#include <lacuna/cmd.h>

static void
complain(const char *script, int line, const char *what, const char *reason)
{
	struct mark m = region_mark(&sh.now);
	struct text t;

	text_init(&t, &sh.now);
	text_puts(&t, "sh: ");
	if (script != NULL) {
		text_puts(&t, script);
		text_puts(&t, ": ");
		text_number(&t, line);
		text_puts(&t, ": ");
	}
	text_puts(&t, what);
	text_puts(&t, ": ");
	text_puts(&t, reason);
	text_add(&t, '\n');
	(void)cmd_write(STDERR_FILENO, text_end(&t), t.n);
	region_release(&sh.now, m);
}

void
sh_warn(const char *what, const char *reason)
{
	complain(sh.script, sh.line, what,
	    reason != NULL ? reason : strerror(errno));
}

void
sh_leave(int status)
{
	sh.status = status;
	sh.leave = sh.interactive ? LEAVE_LINE : LEAVE_EXIT;
}

void
sh_abort(const char *what, const char *reason)
{
	sh_warn(what, reason);
	sh_leave(2);
}

int
sh_out(const char *s)
{
	if (cmd_write(STDOUT_FILENO, s, strlen(s)) == 0)
		return 0;
	sh_warn("standard output", NULL);
	return 1;
}

/* The current token, for people. */
static void
put_token(struct text *t, const struct parser *p)
{
	const char *plain;

	switch (p->token) {
	case TOKEN_END:
		text_puts(t, "end");
		break;
	case TOKEN_NEWLINE:
		text_puts(t, "end of line");
		break;
	case TOKEN_REDIRECT:
		text_puts(t, "redirection");
		break;
	case TOKEN_AND_IF:
		text_puts(t, "&&");
		break;
	case TOKEN_OR_IF:
		text_puts(t, "||");
		break;
	case TOKEN_DSEMI:
		text_puts(t, ";;");
		break;
	case TOKEN_WORD:
		plain = word_plain(p->word);
		text_puts(t, plain != NULL ? plain : "word");
		break;
	default:
		text_add(t, (char)p->token);
		break;
	}
}

void
parse_fail(struct parser *p, const char *what)
{
	int line = p->from->line;
	struct text t;

	if (p->failed)
		return;
	p->failed = true;
	if (sh.interrupted)
		return; /* that is why there is no more */
	if (p->have && p->token == TOKEN_NEWLINE)
		line--;
	text_init(&t, p->region);
	text_puts(&t, what != NULL ? what : "unexpected ");
	if (what == NULL)
		put_token(&t, p);
	complain(p->from->name, line, "syntax error", text_end(&t));
}
