/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where commands come from, on the system's side: prompts, the terminal,
 * scripts.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/job.h"
#include "cmd/sh/parse.h"
#include "cmd/sh/var.h"

#include <lacuna/cmd.h>

#define CONSOLE       "/dev/console"
#define CONSOLE_TRIES 20 /* seconds to wait for a terminal to come back */

static void
prompt(const char *variable)
{
	const char *text = var_get(variable);

	if (text != NULL)
		(void)cmd_write(STDERR_FILENO, text, strlen(text));
}

/* The terminal's driver was started anew and knows nothing of us. */
static bool
reopen_terminal(void)
{
	int fd = -1, tries, i;

	for (tries = 0; fd < 0 && tries < CONSOLE_TRIES; tries++) {
		if (tries > 0)
			(void)sleep(1);
		fd = open(CONSOLE, O_RDWR);
	}
	if (fd < 0)
		return false;
	for (i = 0; i <= STDERR_FILENO; i++)
		(void)dup2(fd, i);
	if (fd > STDERR_FILENO)
		(void)close(fd);
	if (sh.job_control)
		(void)tcsetpgrp(STDIN_FILENO, getpgrp());
	return true;
}

/* A line from the terminal. */
static ssize_t
read_line(struct source *s)
{
	bool again;
	ssize_t n;

	do {
		prompt(s->continued ? "PS2" : "PS1");
		n = read(s->fd, s->buffer, SOURCE_BUFFER);
		again = n < 0 && errno == EIO && reopen_terminal();
		if (n < 0 && errno == EINTR) {
			again = !s->continued || !sh.interrupted;
			if (again)
				(void)cmd_write(STDERR_FILENO, "\n", 1);
			if (again)
				sh.interrupted = 0;
		}
	} while (again);
	return n;
}

bool
source_fill(struct source *s)
{
	/* What other programs shall read from the same descriptor must not
	 * be read too early. */
	size_t size = s->fd == STDIN_FILENO ? 1 : SOURCE_BUFFER;
	ssize_t n;

	if (s->interactive) {
		n = read_line(s);
	} else {
		do {
			n = read(s->fd, s->buffer, size);
		} while (n < 0 && errno == EINTR);
	}
	if (n <= 0)
		return false;
	s->next = s->buffer;
	s->end = s->buffer + n;
	return true;
}
