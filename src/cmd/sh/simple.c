/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Simple commands: assignments, functions, builtins, programs.
 */
#include "cmd/sh/simple.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/sh/builtin.h"
#include "cmd/sh/expand.h"
#include "cmd/sh/job.h"
#include "cmd/sh/var.h"

static int substituted; /* status of the last command substitution */

void
simple_substituted(int status)
{
	substituted = status;
}

/* Set what stands before a command. With a list they can be put back. */
static int
assign(const struct assign *a, struct saved_var **saved, bool export)
{
	for (; a != NULL && sh.leave == LEAVE_NOT; a = a->next) {
		const char *value = expand_string(a->parts);

		if (sh.leave != LEAVE_NOT)
			return -1;
		if (saved != NULL)
			var_save(saved, a->name);
		if (var_set(a->name, value) != 0)
			return -1;
		if (export)
			var_find(a->name)->exported = true;
	}
	return sh.leave == LEAVE_NOT ? 0 : -1;
}

/* The next directory of PATH, with a slash and the name behind it. */
static char *
path_next(const char **path, const char *name)
{
	struct text t;
	size_t n = strcspn(*path, ":");

	text_init(&t, &sh.now);
	while (n-- > 0)
		text_add(&t, *(*path)++);
	if (t.n > 0)
		text_add(&t, '/');
	text_puts(&t, name);
	*path = **path == ':' ? *path + 1 : NULL;
	return text_end(&t);
}

char *
exec_find(const char *name)
{
	const char *path = var_get("PATH");
	struct stat st;
	char *file;

	if (strchr(name, '/') != NULL)
		return access(name, X_OK) == 0 ? region_copy(&sh.now, name)
					       : NULL;
	while (path != NULL) {
		file = path_next(&path, name);
		if (stat(file, &st) == 0 && S_ISREG(st.st_mode) &&
		    access(file, X_OK) == 0)
			return file;
	}
	return NULL;
}

/* execve(), and a shell for a text without #!. */
static void
try(char *file, char *const argv[], char **env)
{
	char **args, name[] = "sh";
	int n = 0;

	(void)execve(file, argv, env);
	if (errno != ENOEXEC)
		return;
	while (argv[n] != NULL)
		n++;
	args = region_take(&sh.now, (size_t)(n + 2) * sizeof *args);
	args[0] = name;
	args[1] = file;
	memcpy(args + 2, argv + 1, (size_t)n * sizeof *args);
	(void)execve("/bin/sh", args, env);
	errno = ENOEXEC;
}

void
exec_program(char *const argv[])
{
	char **env = var_environment(&sh.now);
	const char *path = var_get("PATH");
	int reason = ENOENT;

	if (strchr(argv[0], '/') != NULL) {
		try(argv[0], argv, env);
		reason = errno;
	} else {
		while (path != NULL) {
			try(path_next(&path, argv[0]), argv, env);
			if (errno != ENOENT && errno != ENOTDIR)
				reason = errno;
		}
	}
	errno = reason;
	if (reason == ENOENT && strchr(argv[0], '/') == NULL)
		sh_warn(argv[0], "not found");
	else
		sh_warn(argv[0], NULL);
	_exit(reason == ENOENT ? 127 : 126);
}

/* In a process that is to be the program. */
static _Noreturn void
become(const struct node *n, char **argv)
{
	if (redirect_apply(n->redirects, NULL) != 0 ||
	    assign(n->assigns, NULL, true) != 0)
		_exit(1);
	exec_program(argv);
}

static void
run_program(const struct node *n, char **argv, bool last)
{
	struct job *job;

	if (last)
		become(n, argv);
	job = job_new(1);
	if (job_fork(job, false) == 0)
		become(n, argv);
	sh.status = job_wait(job, n);
}

/* No command: redirections happen and are over, assignments stay. */
static void
run_nothing(const struct node *n)
{
	struct saved_fd *saved = NULL;
	int r = redirect_apply(n->redirects, &saved);

	redirect_undo(saved);
	if (r == 0)
		r = assign(n->assigns, NULL, false);
	if (sh.leave == LEAVE_NOT)
		sh.status = r == 0 ? substituted : 1;
}

/* A builtin, or a function when b is NULL, in this process. */
static void
run_inside(const struct node *n, const struct builtin *b, int argc, char **argv)
{
	struct saved_var *vars = NULL;
	struct saved_fd *saved = NULL;
	bool stay = b != NULL && b->special;

	if (redirect_apply(n->redirects, &saved) != 0 ||
	    assign(n->assigns, stay ? NULL : &vars, !stay) != 0)
		sh.status = 1;
	else if (b != NULL)
		sh.status = b->run(argc, argv);
	else
		function_call(function_find(argv[0]), argc, argv);
	var_restore(&vars);
	if (b != NULL && b->run == builtin_exec && sh.status == 0)
		redirect_keep(saved);
	else
		redirect_undo(saved);
}

static void
trace(char **argv)
{
	struct text t;

	text_init(&t, &sh.now);
	text_add(&t, '+');
	for (; *argv != NULL; argv++) {
		text_add(&t, ' ');
		text_puts(&t, *argv);
	}
	text_add(&t, '\n');
	(void)!write(STDERR_FILENO, text_end(&t), t.n);
}

void
simple_run(struct node *n, bool last)
{
	struct mark m = region_mark(&sh.now);
	const struct builtin *b;
	char **argv;
	int argc;

	sh.line = n->line;
	substituted = 0;
	argv = expand_words(n->words, &argc);
	if (sh.opt[OPT_X] && argc > 0 && sh.leave == LEAVE_NOT)
		trace(argv);
	if (sh.leave != LEAVE_NOT) {
		/* An expansion has complained. */
	} else if (argc == 0) {
		run_nothing(n);
	} else if (function_find(argv[0]) != NULL) {
		run_inside(n, NULL, argc, argv);
	} else if ((b = builtin_for(argc, argv)) != NULL) {
		run_inside(n, b, argc, argv);
	} else {
		run_program(n, argv, last);
	}
	region_release(&sh.now, m);
}

void
simple_command(int argc, char **argv)
{
	const struct builtin *b = builtin_for(argc, argv);
	struct node n;

	if (b != NULL) {
		sh.status = b->run(argc, argv);
	} else {
		memset(&n, 0, sizeof n);
		run_program(&n, argv, false);
	}
}
