/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of builtins, and those that are about running commands.
 */
#include "cmd/sh/builtin.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/simple.h"
#include "cmd/sh/var.h"

#include <lacuna/cmd.h>

static int
builtin_true(int argc, char **argv)
{
	(void)argc, (void)argv;
	return 0;
}

static int
builtin_false(int argc, char **argv)
{
	(void)argc, (void)argv;
	return 1;
}

static int
builtin_echo(int argc, char **argv)
{
	struct text t;
	int first = 1 + (argc > 1 && strcmp(argv[1], "-n") == 0), i;

	text_init(&t, &sh.now);
	for (i = first; i < argc; i++) {
		if (i > first)
			text_add(&t, ' ');
		text_puts(&t, argv[i]);
	}
	if (first == 1)
		text_add(&t, '\n');
	return sh_out(text_end(&t));
}

/* A number argument, or what to take without one. Negative after a
 * complaint. */
static int
number_argument(int argc, char **argv, int otherwise)
{
	long n;

	if (argc < 2)
		return otherwise;
	if (cmd_number(argv[1], &n) != 0 || n > INT_MAX) {
		sh_warn(argv[0], "not a number");
		return -1;
	}
	return (int)n;
}

static int
builtin_exit(int argc, char **argv)
{
	int n = number_argument(argc, argv, sh.status);

	sh.leave = LEAVE_EXIT;
	return n < 0 ? 2 : n & 0xff;
}

static int
builtin_return(int argc, char **argv)
{
	int n = number_argument(argc, argv, sh.status);

	sh.leave = sh.calls > 0 ? LEAVE_RETURN : LEAVE_EXIT;
	return n < 0 ? 2 : n & 0xff;
}

/* break and continue. */
static int
builtin_break(int argc, char **argv)
{
	int n = number_argument(argc, argv, 1);

	if (n < 1 || sh.loops == 0)
		return n < 1;
	sh.levels = n < sh.loops ? n : sh.loops;
	sh.leave = argv[0][0] == 'b' ? LEAVE_BREAK : LEAVE_CONTINUE;
	return 0;
}

static int
builtin_shift(int argc, char **argv)
{
	int n = number_argument(argc, argv, 1);

	if (n < 0 || n > sh.argc)
		return 1;
	sh.argc -= n;
	sh.argv += n;
	return 0;
}

static int
builtin_eval(int argc, char **argv)
{
	struct text t;
	int i;

	text_init(&t, &sh.now);
	for (i = 1; i < argc; i++) {
		text_puts(&t, argv[i]);
		text_add(&t, ' ');
	}
	sh.status = 0;
	sh_run_text(text_end(&t));
	return sh.status;
}

static int
builtin_dot(int argc, char **argv)
{
	if (argc < 2) {
		sh_warn(argv[0], "which file?");
		return 2;
	}
	sh.status = 0;
	if (sh_run_file(argv[1]) != 0) {
		sh_warn(argv[1], NULL);
		return 1;
	}
	return sh.status;
}

static int
builtin_cd(int argc, char **argv)
{
	static char path[PATH_MAX];
	const char *to = argc > 1 ? argv[1] : var_get("HOME");
	const char *old = var_get("PWD");
	bool back = to != NULL && strcmp(to, "-") == 0;

	if (old == NULL && getcwd(path, sizeof path) != NULL)
		old = region_copy(&sh.now, path);
	if (back)
		to = var_get("OLDPWD");
	if (to == NULL || chdir(to) != 0) {
		sh_warn(to != NULL ? to : "cd",
		    to != NULL ? NULL : "no place to go");
		return 1;
	}
	if (old != NULL)
		(void)var_set("OLDPWD", old); /* complains itself */
	if (getcwd(path, sizeof path) == NULL)
		return 0; /* it is there all the same */
	(void)var_set("PWD", path);
	if (back) {
		(void)sh_out(path);
		(void)sh_out("\n");
	}
	return 0;
}

static int
builtin_pwd(int argc, char **argv)
{
	static char path[PATH_MAX];

	(void)argc, (void)argv;
	if (getcwd(path, sizeof path) == NULL) {
		sh_warn("pwd", NULL);
		return 1;
	}
	return sh_out(path) | sh_out("\n");
}

static int
builtin_umask(int argc, char **argv)
{
	struct text t;
	unsigned mask = 0;
	const char *s;
	int shift;

	if (argc < 2) {
		mask = (unsigned)umask(0);
		(void)umask((mode_t)mask);
		text_init(&t, &sh.now);
		for (shift = 9; shift >= 0; shift -= 3)
			text_add(&t, (char)('0' + ((mask >> shift) & 7)));
		text_add(&t, '\n');
		return sh_out(text_end(&t));
	}
	for (s = argv[1]; *s >= '0' && *s <= '7' && mask <= 0777; s++)
		mask = mask * 8 + (unsigned)(*s - '0');
	if (*s != '\0' || mask > 0777) {
		sh_warn(argv[1], "not an octal number");
		return 1;
	}
	(void)umask((mode_t)mask);
	return 0;
}

static void
put_time(struct text *t, clock_t ticks, char after)
{
	long hz = sysconf(_SC_CLK_TCK), n = (long)ticks;

	text_number(t, n / hz);
	text_add(t, '.');
	text_number(t, n % hz * 10 / hz);
	text_add(t, 's');
	text_add(t, after);
}

static int
builtin_times(int argc, char **argv)
{
	struct tms tms;
	struct text t;

	(void)argc, (void)argv;
	if (times(&tms) == (clock_t)-1) {
		sh_warn("times", NULL);
		return 1;
	}
	text_init(&t, &sh.now);
	put_time(&t, tms.tms_utime, ' ');
	put_time(&t, tms.tms_stime, '\n');
	put_time(&t, tms.tms_cutime, ' ');
	put_time(&t, tms.tms_cstime, '\n');
	return sh_out(text_end(&t));
}

int
builtin_exec(int argc, char **argv)
{
	if (argc > 1)
		exec_program(argv + 1);
	return 0;
}

/* What a name means: for people, or how to find it. */
static int
tell(const char *name, bool people)
{
	const char *what = " is a program: ", *path = NULL;
	struct text t;

	if (function_find(name) != NULL)
		what = " is a function";
	else if (builtin_find(name) != NULL)
		what = " is a builtin of the shell";
	else if ((path = exec_find(name)) == NULL) {
		if (people)
			sh_warn(name, "not found");
		return 1;
	}
	text_init(&t, &sh.now);
	if (people || path == NULL)
		text_puts(&t, name);
	if (people)
		text_puts(&t, what);
	if (path != NULL)
		text_puts(&t, path);
	text_add(&t, '\n');
	return sh_out(text_end(&t));
}

int
builtin_type(int argc, char **argv)
{
	int i, status = 0;

	for (i = 1; i < argc; i++)
		status |= tell(argv[i], true);
	return status;
}

int
builtin_command(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "-v") == 0)
		return tell(argv[2], false);
	if (argc > 1) {
		simple_command(argc - 1, argv + 1);
		return sh.status;
	}
	return 0;
}

static const struct builtin builtins[] = {
	{ ":", builtin_true, true },
	{ "true", builtin_true, false },
	{ "false", builtin_false, false },
	{ "test", cmd_test, false },
	{ "[", cmd_test, false },
	{ "echo", builtin_echo, false },
	{ "exit", builtin_exit, true },
	{ "return", builtin_return, true },
	{ "break", builtin_break, true },
	{ "continue", builtin_break, true },
	{ "shift", builtin_shift, true },
	{ "eval", builtin_eval, true },
	{ ".", builtin_dot, true },
	{ "exec", builtin_exec, true },
	{ "export", builtin_export, true },
	{ "readonly", builtin_readonly, true },
	{ "unset", builtin_unset, true },
	{ "set", builtin_set, true },
	{ "local", builtin_local, true },
	{ "read", builtin_read, false },
	{ "cd", builtin_cd, false },
	{ "pwd", builtin_pwd, false },
	{ "trap", builtin_trap, true },
	{ "wait", builtin_wait, false },
	{ "jobs", builtin_jobs, false },
	{ "fg", builtin_fg, false },
	{ "bg", builtin_bg, false },
	{ "kill", builtin_kill, false },
	{ "umask", builtin_umask, false },
	{ "ulimit", builtin_ulimit, false },
	{ "times", builtin_times, true },
	{ "type", builtin_type, false },
	{ "command", builtin_command, false },
	{ "service", builtin_service, false },
};

const struct builtin *
builtin_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
		if (builtins[i].name[0] == name[0] &&
		    strcmp(builtins[i].name, name) == 0)
			return &builtins[i];
	}
	return NULL;
}

const struct builtin *
builtin_for(int argc, char **argv)
{
	const struct builtin *b = builtin_find(argv[0]);

	if (b != NULL && b->run == builtin_service &&
	    !service_needs_no_file(argc, argv))
		return NULL;
	return b;
}
