/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * launch COMMAND IMAGE [option]...: start the system in an emulator.
 *
 * The command line, and the two commands that need no terminal: `headless`
 * and `debug`. What it takes to run Bochs is in the emulator library.
 */
#include "grader/emulator/launch.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"

static const char usage_text[] =
    "usage: launch COMMAND IMAGE [option]... [-- PROGRAM [argument]...]\n"
    "\n"
    "commands:\n"
    "  run       console of the system in this terminal (Ctrl-] leaves it);\n"
    "            input may also come from a pipe or file: then the system has\n"
    "            one shell, and halts when that, or what `run=' names, ends\n"
    "  headless  print the system's diagnostic lines, then how the run ended\n"
    "  debug     the debugger of Bochs (lb \"kernel_main\", c, r, bt, q)\n"
    "  gdb       gdb, on the same image in QEMU\n"
    "  serve     PROGRAM, when one in the system waits for a debugger on its\n"
    "            second serial line; make gdb makes use of it\n"
    "\n"
    "options:\n"
    "  -p, --param KEY=VALUE  a boot parameter; may be repeated\n"
    "  -w, --write            let the system's writes reach the image file\n"
    "      --image2 FILE      a second disk\n"
    "      --window           screen and keyboard in a window\n"
    "      --build DIR        decode stack traces with the programs in DIR\n"
    "      --trace FILE       IPC trace records (with -p trace=ipc) to FILE\n"
    "      --com1 FILE        serial line to FILE (headless, debug, gdb)\n"
    "      --socket PATH      second serial line, for PROGRAM (serve)\n"
    "      --console FILE     console to a terminal or file (serve)\n"
    "      --budget N         end after N instructions\n"
    "      --timeout MS       end after MS milliseconds of processor time\n"
    "      --ips N            instructions per emulated second, and schedule\n"
    "      --memory MIB       memory of the machine\n"
    "      --symbols FILE     symbols for the debugger: for debug lines of\n"
    "                         nm(1), for gdb a program; may be repeated\n"
    "      --screen, --state  at the end print text screen, registers\n"
    "  -v, --verbose          show all diagnostic lines (run)\n"
    "  -h, --help             this text\n";

enum {
	OPT_IMAGE2 = 256,
	OPT_WINDOW,
	OPT_BUILD,
	OPT_TRACE,
	OPT_COM1,
	OPT_SOCKET,
	OPT_CONSOLE,
	OPT_BUDGET,
	OPT_TIMEOUT,
	OPT_IPS,
	OPT_MEMORY,
	OPT_SYMBOLS,
	OPT_SCREEN,
	OPT_STATE
};

static const struct option option_list[] = {
	{ "param", required_argument, NULL, 'p' },
	{ "write", no_argument, NULL, 'w' },
	{ "image2", required_argument, NULL, OPT_IMAGE2 },
	{ "window", no_argument, NULL, OPT_WINDOW },
	{ "build", required_argument, NULL, OPT_BUILD },
	{ "trace", required_argument, NULL, OPT_TRACE },
	{ "com1", required_argument, NULL, OPT_COM1 },
	{ "socket", required_argument, NULL, OPT_SOCKET },
	{ "console", required_argument, NULL, OPT_CONSOLE },
	{ "budget", required_argument, NULL, OPT_BUDGET },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "ips", required_argument, NULL, OPT_IPS },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "symbols", required_argument, NULL, OPT_SYMBOLS },
	{ "screen", no_argument, NULL, OPT_SCREEN },
	{ "state", no_argument, NULL, OPT_STATE },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static _Noreturn void
die(const char *what, const char *why)
{
	fprintf(stderr, "launch: %s: %s\n", what, why);
	exit(2);
}

static uint64_t
number(const char *text, uint64_t max)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(text, &end, 0);
	if (*text == '\0' || *text == '-' || *end != '\0' || errno != 0 ||
	    n > max)
		die(text, "not a number, or too large");
	return n;
}

static void
param_add(struct launch_options *o, const char *param)
{
	size_t used = strlen(o->params), n = strlen(param);

	if (used + n + 1 > BOCHS_PARAMS_MAX)
		die(param, "too many boot parameters");
	memcpy(o->params + used, param, n);
	memcpy(o->params + used + n, "\n", 2);
}

/* Options with a value or meaning for the machine; false if it is none. */
static bool
machine_option(struct launch_options *o, int option, const char *value)
{
	struct bochs_config *c = &o->config;

	switch (option) {
	case 'w':
		c->write_through = true;
		return true;
	case OPT_IMAGE2:
		c->image2 = value;
		return true;
	case OPT_WINDOW:
		c->window = true;
		return true;
	case OPT_TRACE:
		c->parport_file = value;
		return true;
	case OPT_COM1:
		c->com1_file = value;
		return true;
	case OPT_BUDGET:
		c->budget = number(value, INT64_MAX);
		return true;
	case OPT_TIMEOUT:
		c->cpu_ms = (uint32_t)number(value, UINT32_MAX);
		return true;
	case OPT_IPS:
		c->ips = (uint32_t)number(value, 1000000000);
		return true;
	case OPT_MEMORY:
		c->memory = (uint32_t)number(value, 2048);
		return true;
	default:
		return false;
	}
}

static void
option_take(struct launch_options *o, int option, const char *value)
{
	if (machine_option(o, option, value))
		return;
	switch (option) {
	case 'p':
		param_add(o, value);
		break;
	case OPT_BUILD:
		o->build = value;
		break;
	case OPT_SYMBOLS:
		if (o->nsymbols == LAUNCH_SYMBOLS_MAX)
			die(value, "too many symbol files");
		o->symbols[o->nsymbols++] = value;
		break;
	case OPT_SOCKET:
		o->socket = value;
		break;
	case OPT_CONSOLE:
		o->console = value;
		break;
	case OPT_SCREEN:
		o->screen = o->config.screen = true;
		break;
	case OPT_STATE:
		o->state = true;
		break;
	case 'v':
		o->verbose = true;
		break;
	case 'h':
		fputs(usage_text, stdout);
		exit(0);
	default:
		fputs(usage_text, stderr);
		exit(2);
	}
}

void
launch_line(const struct launch_options *o, const char *line, const char *eol)
{
	char *text = o->build != NULL ? symbols_decode(o->build, line) : NULL;
	char *at = text, *next;

	printf("%s%s", line, eol);
	while (at != NULL && *at != '\0') {
		next = strchr(at, '\n');
		printf("%.*s%s", (int)(next - at), at, eol);
		at = next + 1;
	}
	fflush(stdout);
	free(text);
}

static int
on_line(void *ctx, const char *line)
{
	launch_line(ctx, line, "\n");
	return 0;
}

static void
cannot_run(int error)
{
	if (error == -ENOENT)
		die("bochs-bin", "not installed (Debian: bochs, bochs-term)");
	die("cannot run Bochs", strerror(-error));
}

int
launch_headless(struct launch_options *o)
{
	struct bochs_config *c = &o->config;
	struct bochs_result r;
	int e;

	c->ctx = o;
	c->on_line = on_line;
	e = bochs_run(c, &r);
	if (e != 0)
		cannot_run(e);
	if (o->screen)
		fputs(r.screen, stdout);
	if (o->state)
		fputs(r.state, stdout);
	printf("end=%s ticks=%llu wall=%.3f%s%s\n", bochs_end_name(r.end),
	    (unsigned long long)r.ticks, r.wall, *r.reason != '\0' ? " " : "",
	    r.reason);
	e = r.end == BOCHS_DONE || r.end == BOCHS_SHUTDOWN ? 0 : 1;
	bochs_result_free(&r);
	return e;
}

int
launch_debug(struct launch_options *o)
{
	struct bochs_config *c = &o->config;
	char lines[LAUNCH_SYMBOLS_MAX][PATH_MAX + 32], path[PATH_MAX];
	const char *before[LAUNCH_SYMBOLS_MAX + 1] = { NULL };
	int e;

	for (int i = 0; i < o->nsymbols; i++) {
		if (realpath(o->symbols[i], path) == NULL)
			die(o->symbols[i], strerror(errno));
		snprintf(lines[i], sizeof lines[i], "ldsym global \"%s\"",
		    path);
		before[i] = lines[i];
	}
	c->before = before;
	if (getenv("DISPLAY") != NULL || getenv("WAYLAND_DISPLAY") != NULL)
		c->window = true;
	fprintf(stderr,
	    "Bochs' debugger: lb \"function\" sets a breakpoint, c runs, s and "
	    "n step,\nprint-stack shows callers, Ctrl-C stops, help helps, q "
	    "leaves%s%s\n",
	    c->com1_file != NULL ? "; serial line goes to " : "",
	    c->com1_file != NULL ? c->com1_file : "");
	signal(SIGINT, SIG_IGN); /* meant for Bochs */
	signal(SIGHUP, SIG_IGN); /* Bochs ends by it, then we do */
	e = bochs_debug(c);
	if (e != 0)
		cannot_run(e);
	return 0;
}

/* What is no option: COMMAND IMAGE, and behind -- a program of this machine.
 * They may stand between options, so getopt has put them at the end. */
static void
words_take(struct launch_options *o, int argc, char **argv)
{
	if (argc - optind < 2)
		option_take(o, '?', NULL);
	o->name = argv[optind];
	o->config.image = argv[optind + 1];
	if (argc - optind > 2)
		o->command = argv + optind + 2;
	if (o->command != NULL && strcmp(o->name, "serve") != 0)
		option_take(o, '?', NULL);
}

int
main(int argc, char **argv)
{
	static struct launch_options o;

	static const struct {
		const char *name;
		int (*start)(struct launch_options *);
	} commands[] = { { "run", launch_run }, { "headless", launch_headless },
		{ "debug", launch_debug }, { "gdb", launch_gdb },
		{ "serve", launch_serve } };

	int option;

	o.config.com1_in = -1;
	while ((option = getopt_long(argc, argv, "p:wvh", option_list, NULL)) !=
	    -1)
		option_take(&o, option, optarg);
	words_take(&o, argc, argv);
	if (o.params[0] != '\0')
		o.config.params = o.params;
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(o.name, commands[i].name) == 0)
			return commands[i].start(&o);
	die(o.name, "unknown command; see launch --help");
}
