/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tail: the ends of files. The last lines seen are kept in a ring.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/** A line of the ring. */
struct kept {
	char *text;
	size_t n, size;
};

static long lines = 10;
static int many, follow;

static void
keep(struct kept *k, const char *line, size_t n, bool newline)
{
	if (k->size < n + 1) {
		k->size = n + 1;
		k->text = cmd_memory(k->text, k->size);
	}
	memcpy(k->text, line, n);
	k->n = n;
	if (newline)
		k->text[k->n++] = '\n';
}

/* Write what is added to the file, for ever. */
static _Noreturn void
watch(int fd, const char *name)
{
	char buffer[512];
	ssize_t n;

	for (;;) {
		n = read(fd, buffer, sizeof buffer);
		if (n < 0 && errno != EINTR)
			cmd_fail(name);
		if (n > 0)
			cmd_out(buffer, (size_t)n);
		cmd_flush();
		if (n <= 0)
			(void)sleep(1);
	}
}

static void
tail(int fd, const char *name)
{
	static int count;
	struct kept *ring = cmd_memory(NULL, (size_t)lines * sizeof *ring + 1);
	struct cmd_input in;
	long i, total = 0;
	char *line;
	size_t n;

	memset(ring, 0, (size_t)lines * sizeof *ring);
	if (many) {
		cmd_outs(count++ > 0 ? "\n==> " : "==> ");
		cmd_outs(name);
		cmd_outs(" <==\n");
	}
	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		if (lines > 0)
			keep(&ring[total++ % lines], line, n, in.newline);
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
	for (i = total > lines ? total - lines : 0; i < total; i++)
		cmd_out(ring[i % lines].text, ring[i % lines].n);
	for (i = 0; i < lines; i++)
		free(ring[i].text);
	free(ring);
	if (follow)
		watch(fd, name);
}

int
main(int argc, char *argv[])
{
	int c;

	cmd_init(argv,
	    "tail [-f] [-n LINES] [FILE...]\n"
	    "Write the last lines of files, 10 if not said; -f: "
	    "then what is added to the first one, for ever.\n");
	if (argc > 1 && argv[1][0] == '-' &&
	    cmd_number(argv[1] + 1, &lines) == 0)
		cmd_operand = 2;
	while ((c = cmd_option(argc, argv, "fn:")) != -1) {
		if (c == 'f')
			follow = 1;
		else if (cmd_number(cmd_argument, &lines) != 0 ||
		    lines > 1000000)
			cmd_usage();
	}
	many = argc - cmd_operand > 1;
	cmd_each_file(argv + cmd_operand, tail);
	return cmd_status;
}
