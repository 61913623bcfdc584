/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sh: the shell. main() and the loop over the lines of a source.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/job.h"
#include "cmd/sh/parse.h"
#include "cmd/sh/trap.h"
#include "cmd/sh/var.h"

#include <lacuna/cmd.h>

static const char usage[] =
    "sh [-efinux] [-c COMMANDS | FILE] [NAME or ARGUMENT...]\n"
    "Run commands from a text (-c), a file, or the standard input. "
    "-e: end at a failing command; -f: no file name patterns; "
    "-i: interactive; -n: only check the syntax; -u: unset variables are "
    "errors; -x: show commands. See sh(1).\n";

struct shell sh;

void
sh_exit(int status)
{
	char *command = trap_exit();

	if (command != NULL) {
		sh.leave = LEAVE_NOT;
		sh.status = status;
		sh_run_text(command);
		status = sh.leave == LEAVE_EXIT ? sh.status : status;
	}
	_exit(status);
}

/* Parse a line and run it. Gives whether there may be more. */
static bool
run_line(struct source *from)
{
	struct region *tree = heap_take(sizeof *tree), *before = sh.tree;
	enum parse_result r;
	struct node *n = NULL;
	bool last;

	memset(tree, 0, sizeof *tree);
	tree->references = 1;
	sh.tree = tree;
	r = parse_line(from, tree, &n);
	if (r == PARSE_ERROR) {
		sh_leave(2);
	} else if (r == PARSE_OK) {
		last = !sh.interactive && sh.calls == 0 && from->fd < 0 &&
		    from->next == from->end;
		exec_node(n, last);
	}
	sh.tree = before;
	region_drop(tree);
	return r != PARSE_END && sh.leave == LEAVE_NOT;
}

void
sh_run(struct source *from)
{
	const char *before = sh.script;

	sh.script = from->name;
	while (run_line(from))
		continue;
	sh.script = before;
}

void
sh_run_text(const char *text)
{
	struct source s;
	int line = sh.line;

	if (sh.calls >= SH_CALLS_MAX) {
		sh_abort("eval", "too many calls within calls");
		return;
	}
	source_string(&s, text);
	s.name = sh.script;
	s.line = line;
	sh.calls++;
	sh_run(&s);
	sh.calls--;
	sh.line = line;
}

/* Prepare to read commands from a file. */
static int
source_open(struct source *s, const char *path)
{
	int fd = open(path, O_RDONLY), own;

	if (fd < 0)
		return -1;
	own = fcntl(fd, F_DUPFD, SH_FD_OWN);
	(void)close(fd);
	if (own < 0)
		return -1;
	(void)fcntl(own, F_SETFD, FD_CLOEXEC);
	source_string(s, "");
	s->fd = own;
	s->name = path;
	s->buffer = heap_take(SOURCE_BUFFER);
	return 0;
}

int
sh_run_file(const char *path)
{
	struct source s;
	int line = sh.line;

	if (sh.calls >= SH_CALLS_MAX) {
		errno = ELOOP;
		return -1;
	}
	if (source_open(&s, path) != 0)
		return -1;
	sh.calls++;
	sh_run(&s);
	sh.calls--;
	sh.line = line;
	(void)close(s.fd);
	free(s.buffer);
	if (sh.leave == LEAVE_RETURN)
		sh.leave = LEAVE_NOT;
	return 0;
}

/* Commands typed by somebody. */
static _Noreturn void
run_interactive(struct source *s)
{
	(void)setpgid(0, 0); /* a session's leader cannot, and need not */
	sh.job_control = sh.opt[OPT_M] = job_terminal();
	trap_interactive();
	if (var_get("PS1") == NULL)
		(void)var_set("PS1", geteuid() == 0 ? "# " : "$ ");
	if (var_get("PS2") == NULL)
		(void)var_set("PS2", "> ");
	s->interactive = true;
	while (!s->ended && sh.leave != LEAVE_EXIT) {
		struct mark empty = { NULL, 0 };

		job_notify();
		sh.leave = LEAVE_NOT;
		sh.calls = sh.loops = sh.quiet = 0;
		(void)run_line(s);
		region_release(&sh.now, empty);
		if (sh.interrupted) {
			(void)cmd_write(STDERR_FILENO, "\n", 1);
			s->ended = false;
		}
		sh.interrupted = 0;
	}
	if (sh.leave != LEAVE_EXIT)
		(void)cmd_write(STDERR_FILENO, "\n", 1);
	sh_exit(sh.status);
}

static void
set_option(char c)
{
	const char *at = strchr(SHELL_OPTIONS, c);

	if (at == NULL)
		cmd_usage();
	sh.opt[at - SHELL_OPTIONS] = true;
	sh.job_control = sh.opt[OPT_M];
}

/* Options before the operands; not getopt(), whose messages need stdio.
 * Gives the index of the first operand. */
static int
options(char **argv, bool *command, bool *interactive)
{
	const char *c;
	int i;

	for (i = 1; argv[i] != NULL && argv[i][0] == '-' && !*command; i++) {
		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		for (c = argv[i] + 1; *c != '\0'; c++) {
			if (*c == 'c')
				*command = true;
			else if (*c == 'i')
				*interactive = true;
			else if (*c != 's')
				set_option(*c);
		}
	}
	return i;
}

int
main(int argc, char *argv[], char *envp[])
{
	static char buffer[SOURCE_BUFFER];
	struct source s;
	bool text = false, interactive = false;
	const char *command = NULL;
	int first;

	cmd_init(argv, usage);
	var_init(envp);
	(void)var_unset("IFS"); /* nobody else's business */
	sh.pid = getpid();
	first = options(argv, &text, &interactive);
	sh.name = argv[0];
	sh.argv = argv + first;
	sh.argc = argc - first;
	if (text) {
		if (sh.argc == 0)
			cmd_usage();
		command = *sh.argv++;
		sh.argc--;
	}
	if (command == NULL && sh.argc == 0) {
		source_string(&s, "");
		s.fd = STDIN_FILENO;
		s.buffer = buffer;
		sh.interactive = interactive || isatty(STDIN_FILENO);
		if (sh.interactive)
			run_interactive(&s);
		sh_run(&s);
		sh_exit(sh.status);
	}
	if (sh.argc > 0) {
		sh.name = *sh.argv++;
		sh.argc--;
	}
	if (command != NULL) {
		source_string(&s, command);
	} else if (source_open(&s, sh.name) != 0) {
		sh_warn(sh.name, NULL);
		return 127;
	}
	sh_run(&s);
	sh_exit(sh.status);
}
