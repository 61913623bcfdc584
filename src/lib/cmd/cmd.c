/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What all commands do alike.
 */
#include <lacuna/cmd.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cmd_status;

static const char *name = "?", *usage_text = "";

static void
put(int fd, const char *s)
{
	(void)cmd_write(fd, s, strlen(s)); /* nowhere left to complain */
}

void
cmd_init(char *const argv[], const char *usage)
{
	usage_text = usage;
	if (argv[0] == NULL)
		return;
	name = cmd_basename(argv[0]);
	if (argv[1] != NULL && strcmp(argv[1], "--help") == 0) {
		put(STDOUT_FILENO, "usage: ");
		put(STDOUT_FILENO, usage);
		exit(0);
	}
}

void
cmd_usage(void)
{
	size_t n = strcspn(usage_text, "\n");

	while (usage_text[n] == '\n' && usage_text[n + 1] == ' ')
		n += 1 + strcspn(usage_text + n + 1, "\n");
	put(STDERR_FILENO, "usage: ");
	(void)cmd_write(STDERR_FILENO, usage_text, n);
	put(STDERR_FILENO, "\n       --help tells more\n");
	exit(2);
}

void
cmd_warnx(const char *what, const char *reason)
{
	put(STDERR_FILENO, name);
	put(STDERR_FILENO, ": ");
	put(STDERR_FILENO, what);
	put(STDERR_FILENO, ": ");
	put(STDERR_FILENO, reason);
	put(STDERR_FILENO, "\n");
	cmd_status = 1;
}

void
cmd_warn(const char *what)
{
	cmd_warnx(what, strerror(errno));
}

void
cmd_fail(const char *what)
{
	cmd_warn(what);
	exit(1);
}

int
cmd_write(int fd, const void *text, size_t n)
{
	const char *p = text;
	ssize_t r;

	while (n > 0) {
		r = write(fd, p, n);
		if (r < 0 && errno != EINTR)
			return -1;
		if (r > 0) {
			p += r;
			n -= (size_t)r;
		}
	}
	return 0;
}

void
cmd_puts(const char *s)
{
	if (cmd_write(STDOUT_FILENO, s, strlen(s)) != 0)
		cmd_fail("standard output");
}

int
cmd_join(char *buf, size_t size, const char *dir, const char *file)
{
	size_t d = strlen(dir), f = strlen(file);
	int slash = d > 0 && dir[d - 1] != '/';

	if (d + (size_t)slash + f + 1 > size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(buf, dir);
	if (slash)
		buf[d++] = '/';
	strcpy(buf + d, file);
	return 0;
}

const char *
cmd_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

int
cmd_integer(const char *text, int base, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, base);
	if (end == text || errno != 0)
		return -1;
	end += strspn(end, " \t\n");
	return *end == '\0' ? 0 : -1;
}

int
cmd_number(const char *text, long *value)
{
	long n = 0;

	if (*text == '\0')
		return -1;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		if (n > (LONG_MAX - (*text - '0')) / 10)
			return -1;
		n = n * 10 + (*text - '0');
	}
	*value = n;
	return 0;
}
