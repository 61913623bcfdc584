/* SPDX-License-Identifier: BSD-2-Clause */
/** @file ulimit: what the shell and all that it starts may use. */
#include "cmd/sh/builtin.h"

#include <limits.h>
#include <string.h>
#include <sys/resource.h>

#include <lacuna/cmd.h>

#include "cmd/sh/mem.h"

#define SOFT 1u
#define HARD 2u

/* A limit as the command speaks of it. */
static const struct kind {
	char letter;
	int which;
	rlim_t unit; /* bytes, for those that are a size */
	const char *text;
} kinds[] = {
	{ 'c', RLIMIT_CORE, 512, "core file (512 bytes)    " },
	{ 'd', RLIMIT_DATA, 1024, "data (KiB)               " },
	{ 'f', RLIMIT_FSIZE, 512, "file written (512 bytes) " },
	{ 'n', RLIMIT_NOFILE, 1, "descriptors              " },
	{ 's', RLIMIT_STACK, 1024, "stack (KiB)              " },
	{ 't', RLIMIT_CPU, 1, "processor time (s)       " },
	{ 'u', RLIMIT_NPROC, 1, "processes of the user    " },
	{ 'v', RLIMIT_AS, 1024, "memory (KiB)             " },
};

#define KINDS (sizeof kinds / sizeof *kinds)

static const struct kind *
kind_of(char letter)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (kinds[i].letter == letter)
			return &kinds[i];
	return NULL;
}

static void
put(struct text *t, const struct kind *k, unsigned which)
{
	struct rlimit limit = { 0, 0 };
	rlim_t n;

	(void)getrlimit(k->which, &limit);
	n = which == HARD ? limit.rlim_max : limit.rlim_cur;
	if (n == RLIM_INFINITY)
		text_puts(t, "unlimited");
	else
		text_number(t, (long)(n / k->unit));
	text_add(t, '\n');
}

/* Show one limit, or all. */
static int
show(const struct kind *k, unsigned which, bool all)
{
	struct text t;
	size_t i;

	text_init(&t, &sh.now);
	for (i = 0; all && i < KINDS; i++) {
		text_puts(&t, kinds[i].text);
		put(&t, &kinds[i], which);
	}
	if (!all)
		put(&t, k, which);
	return sh_out(text_end(&t));
}

/* Read a limit in units; -1: it is none. */
static int
value(const struct kind *k, const char *text, const struct rlimit *now,
    rlim_t *n)
{
	long number;

	if (strcmp(text, "unlimited") == 0)
		*n = RLIM_INFINITY;
	else if (strcmp(text, "hard") == 0)
		*n = now->rlim_max;
	else if (strcmp(text, "soft") == 0)
		*n = now->rlim_cur;
	else if (cmd_number(text, &number) == 0 &&
	    (rlim_t)number < RLIM_INFINITY / k->unit)
		*n = (rlim_t)number * k->unit;
	else
		return -1;
	return 0;
}

static int
set(const struct kind *k, unsigned which, const char *text)
{
	struct rlimit limit;
	rlim_t n = 0;

	if (getrlimit(k->which, &limit) != 0 ||
	    value(k, text, &limit, &n) != 0) {
		sh_warn(text, "not a limit");
		return 1;
	}
	if (which & SOFT)
		limit.rlim_cur = n;
	if (which & HARD)
		limit.rlim_max = n;
	if (setrlimit(k->which, &limit) == 0)
		return 0;
	sh_warn("ulimit", NULL);
	return 1;
}

/* Take the letters of one word of options. False: one is none. */
static bool
options(const char *s, const struct kind **k, unsigned *which, bool *all)
{
	for (; *s != '\0'; s++) {
		if (*s == 'H' || *s == 'S')
			*which |= *s == 'H' ? HARD : SOFT;
		else if (*s == 'a')
			*all = true;
		else if ((*k = kind_of(*s)) == NULL)
			return false;
	}
	return true;
}

int
builtin_ulimit(int argc, char **argv)
{
	const struct kind *k = kind_of('f');
	unsigned which = 0;
	bool all = false;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++)
		if (!options(argv[i] + 1, &k, &which, &all))
			break;
	if (i < argc - 1 || (i < argc && (all || argv[i][0] == '-'))) {
		sh_warn("usage",
		    "ulimit [-HS] [-a | -cdfnstuv [LIMIT]]; LIMIT is a number, "
		    "unlimited, hard or soft");
		return 2;
	}
	if (i < argc)
		return set(k, which != 0 ? which : SOFT | HARD, argv[i]);
	return show(k, which, all);
}
