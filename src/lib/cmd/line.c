/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files line by line.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define FIRST_SIZE 4096u /* of a buffer; it grows with the longest line */

void *
cmd_memory(void *old, size_t size)
{
	void *p = realloc(old, size);

	if (p == NULL)
		cmd_fail("memory");
	return p;
}

void
cmd_input_init(struct cmd_input *in, int fd)
{
	memset(in, 0, sizeof *in);
	in->fd = fd;
}

void
cmd_input_done(struct cmd_input *in)
{
	free(in->buffer);
	in->buffer = NULL;
}

/* Read more behind what is there. Gives whether something came. */
static bool
fill(struct cmd_input *in)
{
	ssize_t r;

	if (in->next > 0) {
		memmove(in->buffer, in->buffer + in->next, in->end - in->next);
		in->end -= in->next;
		in->next = 0;
	}
	if (in->end + 1 >= in->size) { /* room for a NUL stays */
		in->size = in->size > 0 ? 2 * in->size : FIRST_SIZE;
		in->buffer = cmd_memory(in->buffer, in->size);
	}
	do {
		r = read(in->fd, in->buffer + in->end, in->size - in->end - 1);
	} while (r < 0 && errno == EINTR);
	in->failed = r < 0;
	if (r > 0)
		in->end += (size_t)r;
	return r > 0;
}

char *
cmd_line(struct cmd_input *in, size_t *n)
{
	size_t seen = 0;
	char *line, *end = NULL;

	do {
		if (in->next + seen < in->end)
			end = memchr(in->buffer + in->next + seen, '\n',
			    in->end - in->next - seen);
		if (end != NULL)
			break;
		seen = in->end - in->next;
	} while (fill(in));
	in->newline = end != NULL;
	if (end == NULL && in->next == in->end)
		return NULL;
	line = in->buffer + in->next;
	if (end == NULL)
		end = in->buffer + in->end;
	*end = '\0';
	if (n != NULL)
		*n = (size_t)(end - line);
	in->next += (size_t)(end - line) + in->newline;
	return line;
}

void
cmd_each_file(char *const names[], void (*use)(int fd, const char *name))
{
	int fd;

	if (*names == NULL)
		use(STDIN_FILENO, "standard input");
	for (; *names != NULL; names++) {
		if (strcmp(*names, "-") == 0) {
			use(STDIN_FILENO, "standard input");
			continue;
		}
		fd = open(*names, O_RDONLY);
		if (fd < 0) {
			cmd_warn(*names);
			continue;
		}
		use(fd, *names);
		(void)close(fd);
	}
}
