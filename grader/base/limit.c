/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * limit COMMAND...: run a command that may not go on for ever. For scripts,
 * which only have timeout(1), and that counts time on the wall.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/job.h"

#define STATUS_LIMIT  124 /* as timeout(1) */
#define STATUS_SIGNAL 128
#define SECONDS_MAX   1000000

static const char usage_text[] =
    "usage: limit [-c SECONDS] [-i SECONDS] COMMAND [ARGUMENT...]\n"
    "\n"
    "Runs COMMAND and ends it after so many seconds of processor time (-c,\n"
    "600), its own and its descendants', or without any sign of life (-i,\n"
    "300). Says so then in a last line, and exits with 124.\n";

static void
pass_on(void *ctx, int stream, const char *bytes, size_t n)
{
	FILE *f = stream == 1 ? stdout : stderr;

	(void)ctx;
	fwrite(bytes, 1, n, f);
	fflush(f);
}

static uint32_t
seconds(const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s == '\0' || *end != '\0' || n == 0 || n > SECONDS_MAX)
		die(EXIT_USAGE, "%s is not a number of seconds", s);
	return (uint32_t)(n * 1000);
}

static void
options(int argc, char **argv, struct job *job)
{
	int c;

	while ((c = getopt(argc, argv, "+c:i:h")) != -1)
		switch (c) {
		case 'c':
			job->limits.cpu_ms = seconds(optarg);
			break;
		case 'i':
			job->limits.idle_ms = seconds(optarg);
			break;
		default:
			fputs(usage_text, c == 'h' ? stdout : stderr);
			exit(c == 'h' ? EXIT_SCORED : EXIT_USAGE);
		}
}

int
main(int argc, char **argv)
{
	static const struct job_calls calls = { .output = pass_on,
		.apart = true };
	struct job job = { .calls = &calls };
	struct job_result r;
	char *why;
	int e;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage_text, stdout);
		return EXIT_SCORED;
	}
	options(argc, argv, &job);
	if (optind == argc) {
		fputs(usage_text, stderr);
		return EXIT_USAGE;
	}
	job.argv = (const char *const *)&argv[optind];
	e = job_run(&job, &r);
	if (e < 0)
		die(EXIT_INFRA, "%s: %s", argv[optind], strerror(-e));
	free(r.output);
	why = job_limit_text(&job, &r);
	if (why == NULL)
		return r.signal != 0 ? STATUS_SIGNAL + r.signal : r.status;
	fprintf(stderr, "limit: %s\n", why);
	free(why);
	return STATUS_LIMIT;
}
