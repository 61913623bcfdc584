/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See output.h. */
#include "cmd/trace/output.h"

#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>

#include "cmd/trace/call.h"

struct output output = { .fd = STDERR_FILENO };

#define PID_WIDTH 5

static void
prefix(struct text *t, pid_t pid)
{
	struct text digits = { 0 };

	if (!output.with_pid)
		return;
	text_number(&digits, pid);
	for (size_t i = digits.n; i < PID_WIDTH; i++)
		text_char(t, ' ');
	for (size_t i = 0; i < digits.n; i++)
		text_char(t, digits.s[i]);
	text_char(t, ' ');
	text_free(&digits);
}

/* One write for one line: nobody else's gets into it. */
static void
write_line(pid_t pid, const char *before, const struct text *text,
    const char *after)
{
	static struct text line;

	if (output.quiet)
		return;
	text_clear(&line);
	prefix(&line, pid);
	text_add(&line, before);
	for (size_t i = 0; i < text->n; i++)
		text_char(&line, text->s[i]);
	text_add(&line, after);
	text_char(&line, '\n');
	if (cmd_write(output.fd, line.s, line.n) != 0)
		cmd_fail("output");
}

void
output_call(struct tracee *t)
{
	write_line(t->pid, t->begun ? "... " : "", &t->line, "");
	text_clear(&t->line);
	t->begun = false;
}

void
output_begun(struct tracee *t)
{
	if (t->begun || t->line.n == 0)
		return;
	write_line(t->pid, "", &t->line, " ...");
	t->begun = true;
	text_clear(&t->line);
	text_add(&t->line, call_name(&t->made));
}

void
output_event(const struct tracee *t, const struct text *text)
{
	write_line(t->pid, "--- ", text, "");
}
