/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Redirections. The descriptors they replace are kept as copies above
 * SH_FD_OWN, which programs do not inherit.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/expand.h"

#include <lacuna/cmd.h>

/* A descriptor to read a text from that fits into no pipe. */
static int
document_file(const char *text)
{
	static int count;
	struct text name;
	int fd;

	text_init(&name, &sh.now);
	text_puts(&name, "/tmp/sh");
	text_number(&name, getpid());
	text_add(&name, '.');
	text_number(&name, count++);
	fd = open(text_end(&name), O_RDWR | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		return -1;
	(void)unlink(name.s); /* it lives as long as it is open */
	if (cmd_write(fd, text, strlen(text)) != 0 ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static int
document(const char *text)
{
	size_t n = strlen(text);
	int fd[2];

	if (n > PIPE_BUF)
		return document_file(text);
	if (pipe(fd) != 0)
		return -1;
	if (cmd_write(fd[1], text, n) != 0) {
		(void)close(fd[0]);
		fd[0] = -1;
	}
	(void)close(fd[1]);
	return fd[0];
}

static int
open_file(const struct redirect *r, const char *name)
{
	int flags = O_RDONLY;

	if (r->kind == REDIRECT_HERE)
		return document(name);
	if (r->kind == REDIRECT_OUT)
		flags = O_WRONLY | O_CREAT | O_TRUNC;
	else if (r->kind == REDIRECT_APPEND)
		flags = O_WRONLY | O_CREAT | O_APPEND;
	else if (r->kind == REDIRECT_BOTH)
		flags = O_RDWR | O_CREAT;
	return open(name, flags, 0666);
}

static void
save(int fd, struct saved_fd **saved)
{
	struct saved_fd *s = region_take(&sh.now, sizeof *s);

	s->fd = fd;
	s->copy = fcntl(fd, F_DUPFD, SH_FD_OWN);
	if (s->copy >= 0)
		(void)fcntl(s->copy, F_SETFD, FD_CLOEXEC);
	s->next = *saved;
	*saved = s;
}

/* N>&M and N>&-. */
static int
duplicate(int to, const char *from)
{
	long fd;

	if (strcmp(from, "-") == 0) {
		(void)close(to); /* if it is open */
		return 0;
	}
	if (cmd_number(from, &fd) != 0 || fd >= SH_FD_OWN) {
		sh_warn(from, "not a descriptor");
		return -1;
	}
	if (dup2((int)fd, to) < 0) {
		sh_warn(from, NULL);
		return -1;
	}
	return 0;
}

static int
redirect(const struct redirect *r)
{
	const char *name = expand_string(r->parts);
	int fd;

	if (sh.leave != LEAVE_NOT)
		return -1;
	if (r->kind == REDIRECT_DUP)
		return duplicate(r->fd, name);
	fd = open_file(r, name);
	if (fd < 0) {
		sh_warn(r->kind == REDIRECT_HERE ? "<<" : name, NULL);
		return -1;
	}
	if (fd == r->fd)
		return 0;
	if (dup2(fd, r->fd) < 0) {
		sh_warn(name, NULL);
		(void)close(fd);
		return -1;
	}
	(void)close(fd);
	return 0;
}

int
redirect_apply(const struct redirect *r, struct saved_fd **saved)
{
	for (; r != NULL; r = r->next) {
		if (saved != NULL)
			save(r->fd, saved);
		if (redirect(r) != 0)
			return -1;
	}
	return 0;
}

void
redirect_undo(struct saved_fd *saved)
{
	for (; saved != NULL; saved = saved->next) {
		if (saved->copy < 0) {
			(void)close(saved->fd);
			continue;
		}
		(void)dup2(saved->copy, saved->fd);
		(void)close(saved->copy);
	}
}

void
redirect_keep(struct saved_fd *saved)
{
	for (; saved != NULL; saved = saved->next) {
		if (saved->copy >= 0)
			(void)close(saved->copy);
	}
}
