/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * make prints a line for each file it makes, and `make -n' the same lines
 * beforehand, so what is to be done can be counted.
 */
#include "grader/stage/progress.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uv.h>

#define SAY_NS    10000000000ull /* between two lines, not on a terminal */
#define SHOWN_MAX 50             /* of what is being made, on one */

struct progress {
	const char *what;
	bool terminal, begun;
	size_t done, all; /* lines; all: 0 if not counted */
	uint64_t said;
	char line[SHOWN_MAX + 1]; /* the last one, as far as it has come */
	size_t length;
};

static void
say(struct progress *p)
{
	char of[40] = "";

	if (p->all != 0)
		snprintf(of, sizeof of, " of %zu", p->all);
	if (p->terminal)
		fprintf(stderr, "\r%s: %zu%s%-*.*s", p->what, p->done, of,
		    SHOWN_MAX, SHOWN_MAX, p->line);
	else if (p->done > 0)
		fprintf(stderr, "%s: %zu%s files\n", p->what, p->done, of);
	p->said = uv_hrtime();
	p->begun = true;
}

static void
on_output(void *ctx, int stream, const char *bytes, size_t n)
{
	struct progress *p = ctx;
	bool whole = false;
	size_t i;

	(void)stream;
	for (i = 0; i < n; i++) {
		if (bytes[i] == '\n') {
			p->done++;
			p->line[p->length] = '\0';
			p->length = 0;
			whole = true;
		} else if (p->length < SHOWN_MAX) {
			p->line[p->length++] = isprint((unsigned char)bytes[i])
			    ? bytes[i]
			    : ' '; /* a submission may have made it print */
		}
	}
	if (whole && (p->terminal || uv_hrtime() - p->said > SAY_NS))
		say(p);
}

/* Does a line say that something is being made? "  CC  kernel/main.c" */
static bool
tells(const char *line)
{
	return strncmp(line, "  ", 2) == 0 && isupper((unsigned char)line[2]) &&
	    isupper((unsigned char)line[3]);
}

/* How many lines there will be. */
static size_t
count(const struct job *job)
{
	struct strings argv = { 0 };
	struct job dry = *job;
	struct job_result r;
	char *line, *rest;
	size_t i, n = 0;

	for (i = 0; job->argv[i] != NULL; i++)
		strings_add(&argv, job->argv[i]);
	strings_add(&argv, "-n");
	dry.argv = ARGS(&argv);
	dry.limits.output = 16u << 20;
	if (job_run(&dry, &r) == 0) {
		for (line = strtok_r(r.output, "\n", &rest); line != NULL;
		     line = strtok_r(NULL, "\n", &rest))
			n += tells(line);
		free(r.output);
	}
	strings_free(&argv);
	return n;
}

int
progress_make(const struct job *job, const char *what, bool first,
    struct job_result *result)
{
	static const struct job_calls calls = { .output = on_output };
	struct progress p = { .what = what,
		.terminal = isatty(STDERR_FILENO) != 0,
		.said = uv_hrtime() };
	struct job own = *job;
	int e;

	if (first) {
		fprintf(stderr, "%s, once; later only what has changed.\n",
		    what);
		p.all = count(job);
	}
	own.calls = &calls;
	own.ctx = &p;
	e = job_run(&own, result);
	if (p.begun && p.terminal)
		fprintf(stderr, "\r%*s\r", (int)strlen(what) + SHOWN_MAX + 30,
		    "");
	return e;
}
