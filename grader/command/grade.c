/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The program `grade`: one engine for students, teachers and the project's
 * own tests.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/command/cmd.h"
#include "grader/command/key.h"

static const struct {
	const char *name;
	int (*run)(int, char **);
	const char *args, *help;
	const char *takes; /* letters of options, as below */
} commands[] = {
	{ "run", cmd_run, "LAB [WHAT]",
	    "grade a directory, an archive, `stub', `solution' or a patch",
	    "oOknutvlSp" },
	{ "replay", cmd_replay, "TOKEN",
	    "repeat a failing run (-s WHAT: of these files; -d: debug it)",
	    "oOsudp" },
	{ "verify", cmd_verify, "LAB [NAME...]",
	    "grade stub, solution and variants; compare with the verdicts",
	    "Oknu" },
	{ "submit", cmd_submit, "[LAB]",
	    "make an archive of just the editable files", "oO" },
	{ "fence", cmd_fence, "LAB...",
	    "can anything made of the solution be reached in a build?", "O" },
	{ "crashes", cmd_crashes, "[FUNCTION...]",
	    "does a report tell where something crashed?", "O" },
	{ "suite", cmd_suite, "[AREA...]", "boot the system's own tests",
	    "OStP" },
	{ "mutants", cmd_mutants, "LAB",
	    "small mistakes that no test notices (--help says more)", "" },
	{ "bench", cmd_bench, "", "measure, and compare with the budgets",
	    "Oq" },
	{ "requirements", cmd_requirements, "",
	    "the requirements, and what proves and explains each", "O" },
};

static const struct {
	char letter; /* what option_take() knows it by */
	const char *form, *help;
} options[] = {
	{ 'o', "-o PATH", "where results go" },
	{ 'O', "-O DIR", "build directory" },
	{ 'n', "-n N", "schedules to run" },
	{ 'k', "-k FILE", "file with staff's key" },
	{ 's', "-s WHAT", "the submission that is run again" },
	{ 't', "-t TEST", "only this test (--only), given once or more" },
	{ 'v', "-v", "explain every failure (--verbose)" },
	{ 'l', "-l TEXT", "what to call it (--label)" },
	{ 'p', "--stage PATH", "grade against this exported stage" },
	{ 'S', "--shuffle N", "tests in the order of that seed" },
	{ 'P', "--params TEXT", "tests that ask for none, with these" },
	{ 'd', "-d", "debug it" },
	{ 'u', "-u", "build without a fence" },
	{ 'q', "-q", "only what is quick" },
};

/* The options whose letters are among these. */
static void
show_options(FILE *f, const char *letters)
{
	size_t i;

	fprintf(f, "\n");
	for (i = 0; i < sizeof options / sizeof options[0]; i++)
		if (strchr(letters, options[i].letter) != NULL)
			fprintf(f, "  %-13s %s\n", options[i].form,
			    options[i].help);
}

static void
usage(FILE *f)
{
	size_t i;

	fprintf(f, "usage: grade COMMAND [OPTION...] [ARGUMENT...]\n\n");
	for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(f, "  %-12s %-14s %s\n", commands[i].name,
		    commands[i].args, commands[i].help);
	show_options(f, "oOnkstvlpSPduq");
	fprintf(f,
	    "\n"
	    "grade COMMAND --help tells which of them a command takes.\n\n"
	    "Exit status: 0 a score was reached, or the tests of -t were\n"
	    "judged, 1 a check of the project failed, 2 wrong usage, 3 the\n"
	    "machine failed or the run was interrupted, 4 the submission\n"
	    "was refused.\n");
}

/* How one command is used; of none of that name, how all are. */
static void
usage_of(FILE *f, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].name, name) == 0)
			break;
	if (i == sizeof commands / sizeof commands[0]) {
		usage(f);
		return;
	}
	fprintf(f, "usage: grade %s [OPTION...] %s\n\n%s\n", name,
	    commands[i].args, commands[i].help);
	show_options(f, commands[i].takes);
}

/* The key's text, kept for the rest of the program. */
static const char *
read_key(const char *path)
{
	const char *fault;
	char *key;
	size_t n;

	if (file_read(path, &key, &n) < 0)
		die(EXIT_USAGE, "cannot read the key %s", path);
	fault = key_fault(key, n);
	if (fault != NULL)
		die(EXIT_USAGE,
		    "the key %s %s; make one, once: "
		    "head -c 32 /dev/urandom | base64 > key",
		    path, fault);
	return key;
}

static unsigned int
read_number(const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s == '\0' || *end != '\0' || n == 0 || n > 1000)
		die(EXIT_USAGE, "%s is not a number from 1 to 1000", s);
	return (unsigned int)n;
}

/* An option's argument that may not be empty, as of a variable that is not set
 * in a script. */
static const char *
filled(int c)
{
	if (*optarg == '\0')
		die(EXIT_USAGE, "%s has an empty argument",
		    c == 'o'       ? "-o"
			: c == 'O' ? "-O"
			: c == 's' ? "-s"
			: c == 'P' ? "--params"
				   : "--stage");
	return optarg;
}

/* Take one option, whose argument is in optarg; false: there is none such. */
static bool
option_take(int c, struct options *o)
{
	switch (c) {
	case 'o':
		o->out = filled(c);
		return true;
	case 'O':
		o->objects = filled(c);
		return true;
	case 'k':
		o->key = read_key(optarg);
		return true;
	case 's':
		o->what = filled(c);
		return true;
	case 'n':
		o->schedules = read_number(optarg);
		return true;
	case 'S':
		o->shuffle = read_number(optarg);
		return true;
	case 'u':
		o->unfenced = true;
		return true;
	case 'd':
		o->debug = true;
		return true;
	case 'q':
		o->quick = true;
		return true;
	case 't':
		o->only =
		    o->only != NULL ? text("%s,%s", o->only, optarg) : optarg;
		return true;
	case 'p':
		o->stage = filled(c);
		return true;
	case 'P':
		o->params = filled(c);
		return true;
	case 'l':
		o->label = optarg;
		return true;
	case 'v':
		o->verbose = true;
		return true;
	default:
		return false;
	}
}

void
options_parse(int argc, char **argv, int least, int most, struct options *o)
{
	static const struct option names[] = {
		{ "only", required_argument, NULL, 't' },
		{ "label", required_argument, NULL, 'l' },
		{ "stage", required_argument, NULL, 'p' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "params", required_argument, NULL, 'P' },
		{ "shuffle", required_argument, NULL, 'S' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	memset(o, 0, sizeof *o);
	optind = 1;
	while ((c = getopt_long(argc, argv, "o:O:k:s:n:t:l:udqv", names,
		    NULL)) != -1) {
		if (!option_take(c, o)) {
			usage_of(stderr, argv[0]);
			exit(EXIT_USAGE);
		}
	}
	o->first = optind;
	if (argc - optind >= least && argc - optind <= most)
		return;
	if (argc - optind > most)
		fprintf(stderr, "grade %s: '%s' is one argument too many\n\n",
		    argv[0], argv[optind + most]);
	else
		fprintf(stderr, "grade %s: an argument is missing\n\n",
		    argv[0]);
	usage_of(stderr, argv[0]);
	exit(EXIT_USAGE);
}

struct lab *
lab_or_die(const struct site *site, const char *id)
{
	struct lab *lab;
	char *why;

	lab = lab_load(site->root, id, &why);
	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	return lab;
}

/*
 * Started from a Makefile, we inherit its variables; the builds we start must
 * not: LAB=ds there names what to grade, here a tree to build.
 */
static void
forget_make(void)
{
	static const char *const inherited[] = { "MAKEFLAGS", "MFLAGS",
		"MAKEOVERRIDES", "MAKELEVEL", "LAB", "O" };
	size_t i;

	for (i = 0; i < sizeof inherited / sizeof inherited[0]; i++)
		(void)unsetenv(inherited[i]); /* these are proper names */
}

/* A signal that comes between two jobs is noted, too, and heeded by the next:
 * what is at work leaves nothing behind. */
static int
guarded(int (*run)(int argc, char **argv), int argc, char **argv)
{
	int status;

	job_guard();
	status = run(argc, argv);
	job_unguard();
	return status;
}

int
main(int argc, char **argv)
{
	size_t i;

	forget_make();
	(void)signal(SIGPIPE, SIG_IGN); /* cannot fail for SIGPIPE */
	for (i = 1; i < (size_t)argc && strcmp(argv[1], "mutants") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0) {
			usage_of(stdout, argv[1]);
			return EXIT_SCORED;
		}
	for (i = 0; argc >= 2 && i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return guarded(commands[i].run, argc - 1, argv + 1);
	if (argc >= 2)
		fprintf(stderr, "grade: %s is no command\n\n", argv[1]);
	usage(stderr);
	return EXIT_USAGE;
}
