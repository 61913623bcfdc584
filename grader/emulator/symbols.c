/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Decoding stack traces, see symbols.h.
 */
#include "grader/emulator/symbols.h"

#include <ctype.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME_MAX_LENGTH 32
#define ADDRESS_LENGTH  11 /* "0x" and eight digits, NUL */

struct trace {
	char name[NAME_MAX_LENGTH];
	char address[SYMBOLS_DEPTH_MAX][ADDRESS_LENGTH];
	int count;
};

static bool
is_elf(const char *path)
{
	char magic[4] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool yes;

	if (fd < 0)
		return false;
	yes = read(fd, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0;
	close(fd);
	return yes;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* The first program of a name below a directory, or NULL. */
static char *
program_below(char *dir, const char *name)
{
	char *roots[] = { dir, NULL }, *found = NULL;
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *e;

	while (walk != NULL && found == NULL && (e = fts_read(walk)) != NULL)
		if (e->fts_info == FTS_F && strcmp(e->fts_name, name) == 0 &&
		    is_elf(e->fts_path))
			found = strdup(e->fts_path);
	if (walk != NULL)
		fts_close(walk);
	return found;
}

char *
symbols_program(const char *build, const char *name)
{
	/* A service and a command may have one name; services leave traces. */
	static const char *const parts[] = { "kernel", "servers", "drivers",
		"fs", "test", "case", "cmd" };
	char *dir, *found = NULL;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (asprintf(&dir, "%s/%s", build, parts[i]) < 0)
			return NULL;
		found = program_below(dir, name);
		free(dir);
		if (found != NULL)
			break;
	}
	return found;
}

/* Names have letters, digits, '_', '-', '.': no path can be built of them. */
static bool
word_take(const char **at, char *word, size_t size)
{
	size_t n = 0;

	while (**at == ' ')
		++*at;
	while (isalnum((unsigned char)**at) ||
	    (**at != '\0' && strchr("_-.", **at) != NULL)) {
		if (n + 1 == size)
			return false;
		word[n++] = *(*at)++;
	}
	word[n] = '\0';
	return n > 0 && (**at == ' ' || **at == '\0');
}

/* Every address but the first is that of a return, one past its call. */
static bool
address_add(struct trace *t, const char *word)
{
	char *end;
	unsigned long value = strtoul(word, &end, 16);

	if (strncmp(word, "0x", 2) != 0 || *end != '\0' || value > UINT_MAX)
		return false;
	if (t->count == SYMBOLS_DEPTH_MAX)
		return true;
	if (t->count > 0 && value > 0)
		value--;
	snprintf(t->address[t->count++], ADDRESS_LENGTH, "0x%08x",
	    (unsigned)value);
	return true;
}

static bool
trace_parse(struct trace *t, const char *line)
{
	static const char prefix[] = "trace ";
	char word[NAME_MAX_LENGTH];
	const char *at = line + sizeof prefix - 1;
	bool first = true;

	t->count = 0;
	if (strncmp(line, prefix, sizeof prefix - 1) != 0 ||
	    !word_take(&at, t->name, sizeof t->name))
		return false;
	while (*at != '\0') {
		if (!word_take(&at, word, sizeof word))
			return false;
		if (!address_add(t, word) && !first)
			return false; /* only an endpoint may stand first */
		first = false;
		while (*at == ' ')
			at++;
	}
	return t->count > 0;
}

static _Noreturn void
addr2line_run(const char *program, const struct trace *t, int out)
{
	static char tool[][32] = { "i686-linux-gnu-addr2line", "addr2line" };
	static char option[][8] = { "-afipe" };
	char path[PATH_MAX], *argv[SYMBOLS_DEPTH_MAX + 4];
	char address[SYMBOLS_DEPTH_MAX][ADDRESS_LENGTH];
	int n = 1;

	snprintf(path, sizeof path, "%s", program);
	memcpy(address, t->address, sizeof address);
	argv[n++] = option[0];
	argv[n++] = path;
	for (int i = 0; i < t->count; i++)
		argv[n++] = address[i];
	argv[n] = NULL;
	if (dup2(out, STDOUT_FILENO) >= 0)
		for (size_t i = 0; i < sizeof tool / sizeof tool[0]; i++) {
			argv[0] = tool[i];
			execvp(argv[0], argv);
		}
	_exit(127);
}

/* Of an answer, "function at FILE:LINE", without the rest; of the path, what
 * lies below the source tree. */
static void
line_tidy(char *line)
{
	char *at = strstr(line, " at ./"), *rest = strstr(line, " (disc");

	if (rest != NULL)
		*rest = '\0';
	if (at != NULL)
		memmove(at + 4, at + 6, strlen(at + 6) + 1);
}

/* A function that was inlined has no frame of its own: one address is several
 * functions then, "ADDRESS: FUNCTION at ..." and " (inlined by) FUNCTION at
 * ...", the innermost first. */
static char *
answers_read(FILE *in)
{
	static const char inlined[] = " (inlined by) ";
	char *text = NULL, *line = NULL, *name;
	size_t size = 0, room = 0;
	FILE *out = open_memstream(&text, &size);
	int i = 0;

	while (out != NULL && getline(&line, &room, in) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		line_tidy(line);
		name = strchr(line, ':');
		if (strncmp(line, inlined, sizeof inlined - 1) == 0) {
			fprintf(out, "      inlined in  %s\n",
			    line + sizeof inlined - 1);
		} else if (name != NULL && name[1] == ' ') {
			*name = '\0';
			fprintf(out, "  #%-2d %s  %s\n", i++, line, name + 2);
		}
	}
	free(line);
	if (out != NULL)
		fclose(out);
	return text;
}

static char *
trace_decode(const char *program, const struct trace *t)
{
	char *text = NULL;
	int fd[2], status;
	FILE *in;
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) != 0)
		return NULL;
	pid = fork();
	if (pid == 0)
		addr2line_run(program, t, fd[1]);
	close(fd[1]);
	in = fdopen(fd[0], "r");
	if (in != NULL) {
		text = answers_read(in);
		fclose(in);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0) {
		free(text);
		return NULL;
	}
	return text;
}

char *
symbols_decode_in(const char *program, const char *line)
{
	struct trace t;

	return trace_parse(&t, line) ? trace_decode(program, &t) : NULL;
}

char *
symbols_decode(const char *build, const char *line)
{
	struct trace t;
	char *program, *text;

	if (!trace_parse(&t, line))
		return NULL;
	program = symbols_program(build, t.name);
	if (program == NULL)
		return NULL;
	text = trace_decode(program, &t);
	free(program);
	return text;
}
