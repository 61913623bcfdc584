/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Builtins about variables and arguments, and kill.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/builtin.h"
#include "cmd/sh/exec.h"
#include "cmd/sh/job.h"
#include "cmd/sh/parse.h"
#include "cmd/sh/var.h"

#include <lacuna/cmd.h>

static int
show_vars(const char *before, bool exported, bool readonly)
{
	const struct var *v;
	struct text t;

	text_init(&t, &sh.now);
	for (v = var_first(); v != NULL; v = v->next) {
		if (v->value == NULL || (exported && !v->exported) ||
		    (readonly && !v->readonly))
			continue;
		text_puts(&t, before);
		text_puts(&t, v->name);
		text_puts(&t, "='");
		text_puts(&t, v->value);
		text_puts(&t, "'\n");
	}
	return sh_out(text_end(&t));
}

/* NAME or NAME=VALUE: the variable, set; NULL after a complaint. */
static struct var *
declare(char *word)
{
	char *equals = strchr(word, '=');
	size_t n = equals != NULL ? (size_t)(equals - word) : strlen(word);

	if (!is_name(word, n)) {
		sh_warn(word, "not a name");
		return NULL;
	}
	word[n] = '\0';
	if (equals != NULL && var_set(word, equals + 1) != 0)
		return NULL;
	return var_find(word);
}

int
builtin_export(int argc, char **argv)
{
	struct var *v;
	int i, status = 0;

	if (argc < 2 || strcmp(argv[1], "-p") == 0)
		return show_vars("export ", true, false);
	for (i = 1; i < argc; i++) {
		v = declare(argv[i]);
		if (v != NULL)
			v->exported = true;
		else
			status = 1;
	}
	return status;
}

int
builtin_readonly(int argc, char **argv)
{
	struct var *v;
	int i, status = 0;

	if (argc < 2)
		return show_vars("readonly ", false, true);
	for (i = 1; i < argc; i++) {
		v = declare(argv[i]);
		if (v != NULL)
			v->readonly = true;
		else
			status = 1;
	}
	return status;
}

int
builtin_local(int argc, char **argv)
{
	char *name;
	int i;

	for (i = 1; i < argc; i++) {
		name = region_copy(&sh.now, argv[i]);
		name[strcspn(name, "=")] = '\0';
		if (function_local(name) != 0) {
			sh_warn("local", "only within functions");
			return 1;
		}
		if (declare(argv[i]) == NULL)
			return 1;
	}
	return 0;
}

int
builtin_unset(int argc, char **argv)
{
	bool functions = argc > 1 && strcmp(argv[1], "-f") == 0;
	int i = 1, status = 0;

	if (argc > 1 && (functions || strcmp(argv[1], "-v") == 0))
		i++;
	for (; i < argc; i++) {
		if (functions)
			function_unset(argv[i]);
		else
			status |= var_unset(argv[i]) != 0;
	}
	return status;
}

/* New arguments: one block with the pointers and the strings. */
static void
set_arguments(int argc, char **argv)
{
	size_t size = (size_t)(argc + 1) * sizeof *argv, n;
	char **block, *to;
	int i;

	for (i = 0; i < argc; i++)
		size += strlen(argv[i]) + 1;
	block = heap_take(size);
	to = (char *)(block + argc + 1);
	for (i = 0; i < argc; i++) {
		n = strlen(argv[i]) + 1;
		block[i] = memcpy(to, argv[i], n);
		to += n;
	}
	block[argc] = NULL;
	free(sh.owned);
	sh.owned = sh.argv = block;
	sh.argc = argc;
}

static int
set_options(const char *word)
{
	const char *at, *c;

	for (c = word + 1; *c != '\0'; c++) {
		at = strchr(SHELL_OPTIONS, *c);
		if (at == NULL) {
			sh_warn(word, "no such option");
			return 2;
		}
		sh.opt[at - SHELL_OPTIONS] = word[0] == '-';
		if (*c == 'm')
			sh.job_control = sh.opt[OPT_M];
	}
	return 0;
}

int
builtin_set(int argc, char **argv)
{
	int i, r;

	if (argc == 1)
		return show_vars("", false, false);
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			set_arguments(argc - i - 1, argv + i + 1);
			return 0;
		}
		if ((argv[i][0] != '-' && argv[i][0] != '+') ||
		    argv[i][1] == '\0')
			break;
		r = set_options(argv[i]);
		if (r != 0)
			return r;
	}
	if (i < argc)
		set_arguments(argc - i, argv + i);
	return 0;
}

/** A line read, and beside each character whether it was escaped. */
struct line {
	struct text chars, escaped;
	bool ended; /**< no newline came */
};

static void
line_read(struct line *l, bool raw)
{
	bool escape = false;
	ssize_t n;
	char c;

	text_init(&l->chars, &sh.now);
	text_init(&l->escaped, &sh.now);
	for (;;) {
		n = read(STDIN_FILENO, &c, 1);
		l->ended = n <= 0;
		if (n <= 0 || (c == '\n' && !escape))
			break;
		if (c == '\\' && !raw && !escape) {
			escape = true;
			continue;
		}
		if (!(c == '\n' && escape) && c != '\0') {
			text_add(&l->chars, c);
			text_add(&l->escaped, (char)escape);
		}
		escape = false;
	}
	(void)text_end(&l->chars);
}

static bool
separates(const struct line *l, size_t i, const char *ifs, bool blank)
{
	char c = l->chars.s[i];

	return i < l->chars.n && !l->escaped.s[i] && strchr(ifs, c) != NULL &&
	    (!blank || c == ' ' || c == '\t');
}

/* Set one variable to the next field, or to the rest. */
static int
line_take(const struct line *l, size_t *at, const char *name, bool rest)
{
	const char *ifs = var_get("IFS");
	size_t i = *at, end;
	char *value;

	if (ifs == NULL)
		ifs = " \t\n";
	while (separates(l, i, ifs, true))
		i++;
	value = region_copy(&sh.now, l->chars.s + i);
	for (end = i; end < l->chars.n; end++) {
		if (!rest && separates(l, end, ifs, false))
			break;
	}
	*at = end;
	if (rest) {
		while (end > i && separates(l, end - 1, ifs, true))
			end--;
	} else {
		while (separates(l, *at, ifs, true))
			++*at;
		if (separates(l, *at, ifs, false))
			++*at;
	}
	value[end - i] = '\0';
	return var_set(name, value);
}

int
builtin_read(int argc, char **argv)
{
	struct line l;
	size_t at = 0;
	bool raw;
	int i = 1;

	raw = argc > 1 && strcmp(argv[1], "-r") == 0;
	i += raw;
	if (i == argc || !is_name(argv[i], strlen(argv[i]))) {
		sh_warn("read", "the name of a variable is missing");
		return 2;
	}
	line_read(&l, raw);
	for (; i < argc; i++) {
		if (!is_name(argv[i], strlen(argv[i])) ||
		    line_take(&l, &at, argv[i], i == argc - 1) != 0)
			return 2;
	}
	return l.ended;
}

/* kill: %N or a process. */
static int
kill_one(const char *name, int sig)
{
	bool group = name[0] == '-';
	struct job *job = NULL;
	long pid;

	if (name[0] == '%') {
		job = job_find(name);
		if (job == NULL)
			return 1;
		pid = sh.job_control ? -(long)job->group : (long)job->last;
	} else if (cmd_number(name + group, &pid) != 0) {
		sh_warn(name, "not a process");
		return 1;
	} else if (group) {
		pid = -pid;
	}
	if (kill((pid_t)pid, sig) == 0) {
		/* One that is stopped takes the signal when it goes on. */
		if (job != NULL && sig != SIGSTOP && sig != SIGTSTP &&
		    sig != SIGTTIN && sig != SIGTTOU && sig != 0)
			job_continue(job);
		return 0;
	}
	sh_warn(name, NULL);
	return 1;
}

int
builtin_kill(int argc, char **argv)
{
	int i, sig, status = 0;

	if (argc == 2 && strcmp(argv[1], "-l") == 0) {
		cmd_signal_list();
		return 0;
	}
	sig = cmd_kill_signal(argc, argv, &i);
	if (sig < 0) {
		sh_warn(argv[i], "no such signal; kill -l lists them");
		return 2;
	}
	if (i == argc) {
		sh_warn("kill",
		    "which process? kill [-SIGNAL | -s SIGNAL] PID...");
		return 2;
	}
	for (; i < argc; i++)
		status |= kill_one(argv[i], sig);
	return status;
}
