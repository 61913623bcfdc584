/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * launch run: the guest's serial console in this terminal.
 *
 * A terminal is put into raw mode, so that the guest sees every key; Ctrl-]
 * is ours. Emulated time then follows real time. Input from a pipe or file is
 * given line by line, each when the guest has answered the one before and is
 * quiet, because a guest that is still starting would lose it; at its end the
 * guest gets one Ctrl-D. It is asked to give such a session one shell only, and
 * to halt after it: then it is the guest that says when all is done, however
 * long it has been silent, and a limit is one of emulated progress (--budget).
 */
#include "grader/emulator/launch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define KEY_LEAVE  0x1D /* Ctrl-] */
#define KEY_END    0x04 /* Ctrl-D */
#define IPS        50000000
#define QUIET      0.15 /* seconds without output: the guest waits */
#define ANSWER_MAX 5.0  /* a line may have no answer */

struct console {
	struct launch_options *options;
	bool raw;           /* standard input is a terminal */
	bool over;          /* end of input was passed on */
	bool answered;      /* output since the last line of input */
	bool left;          /* the user asked for the end */
	double last_output; /* 0: none yet */
	double last_input;
};

static struct termios terminal_before;
static volatile sig_atomic_t signalled;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
terminal_restore(void)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
}

static void
on_signal(int number)
{
	signalled = number;
}

static bool
terminal_raw(void)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &terminal_before) != 0)
		return false;
	t = terminal_before;
	cfmakeraw(&t);
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &t) != 0)
		return false;
	atexit(terminal_restore);
	return true;
}

static void
on_output(void *ctx, const char *bytes, size_t n)
{
	struct console *c = ctx;
	ssize_t done;

	c->last_output = now();
	c->answered = true;
	while (n > 0) {
		done = write(STDOUT_FILENO, bytes, n);
		if (done <= 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
}

static int
on_line(void *ctx, const char *line)
{
	struct console *c = ctx;

	if (c->options->verbose || strstr(line, "panic: ") != NULL ||
	    strncmp(line, "trace ", 6) == 0)
		launch_line(c->options, line, c->raw ? "\r\n" : "\n");
	return 0;
}

static bool
input_waits(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

static size_t
keys_read(struct console *c, char *bytes, size_t room)
{
	ssize_t n;
	char *leave;

	if (!input_waits())
		return 0;
	n = read(STDIN_FILENO, bytes, room);
	if (n <= 0) {
		c->left = true;
		return 0;
	}
	leave = memchr(bytes, KEY_LEAVE, (size_t)n);
	if (leave == NULL)
		return (size_t)n;
	c->left = true;
	return (size_t)(leave - bytes);
}

/* The guest has begun to talk, has answered the last line, and is quiet. */
static bool
guest_waits(const struct console *c)
{
	double t = now();

	if (c->last_output == 0 || t - c->last_output < QUIET)
		return false;
	return c->answered || t - c->last_input > ANSWER_MAX;
}

/* One line of the pipe, or the part of it that fits. */
static size_t
line_read(struct console *c, char *bytes, size_t room)
{
	size_t n = 0;

	if (c->over || !guest_waits(c) || !input_waits())
		return 0;
	while (n < room && read(STDIN_FILENO, bytes + n, 1) == 1)
		if (bytes[n++] == '\n')
			break;
	if (n == 0) {
		c->over = true;
		bytes[n++] = KEY_END;
	}
	c->answered = false;
	c->last_input = now();
	return n;
}

static size_t
on_input(void *ctx, char *bytes, size_t room)
{
	struct console *c = ctx;

	return c->raw ? keys_read(c, bytes, room) : line_read(c, bytes, room);
}

static int
on_idle(void *ctx)
{
	const struct console *c = ctx;

	return c->left || signalled;
}

static void
window_prepare(struct bochs_config *config)
{
	if (getenv("DISPLAY") == NULL && getenv("WAYLAND_DISPLAY") == NULL) {
		fputs("launch: --window needs a graphical session "
		      "(DISPLAY is not set)\n",
		    stderr);
		exit(2);
	}
	config->real_time = true;
	fputs("Lacuna in Bochs: close the window or halt to leave.\n", stderr);
}

/* The serial line becomes the console; the user's own parameters win. */
static void
console_prepare(struct console *c, char *params, size_t size)
{
	struct bochs_config *config = &c->options->config;

	c->raw = terminal_raw();
	snprintf(params, size, "console=com1\n%s%s", c->raw ? "" : "shells=1\n",
	    c->options->params);
	params[BOCHS_PARAMS_MAX] = '\0';
	config->params = params;
	config->on_output = on_output;
	config->on_input = on_input;
	config->com1_in = c->raw ? STDIN_FILENO : -1;
	config->real_time = c->raw;
	if (c->raw)
		fputs("Lacuna in Bochs: Ctrl-] leaves the machine.\r\n",
		    stderr);
}

static int
report(const struct console *c, const struct bochs_result *r)
{
	const char *eol = c->raw ? "\r\n" : "\n";

	if (c->left || signalled || r->end == BOCHS_DONE ||
	    r->end == BOCHS_SHUTDOWN)
		return signalled ? 128 + signalled : 0;
	fprintf(stderr, "%slaunch: the machine ended: %s%s%s%s", eol,
	    bochs_end_name(r->end), *r->reason != '\0' ? ": " : "", r->reason,
	    eol);
	return 1;
}

int
launch_run(struct launch_options *o)
{
	struct bochs_config *config = &o->config;
	struct console c = { .options = o };
	char params[BOCHS_PARAMS_MAX + 32];
	struct sigaction action = { .sa_handler = on_signal };
	struct bochs_result r;
	int e;

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	if (config->ips == 0)
		config->ips = IPS;
	if (config->cpu_ms == 0)
		config->cpu_ms = UINT32_MAX;
	if (config->window)
		window_prepare(config);
	else
		console_prepare(&c, params, sizeof params);
	config->ctx = &c;
	config->on_line = on_line;
	config->on_idle = on_idle;
	e = bochs_run(config, &r);
	if (e != 0) {
		fprintf(stderr, "launch: cannot run Bochs: %s\r\n",
		    strerror(-e));
		return 3;
	}
	e = report(&c, &r);
	bochs_result_free(&r);
	return e;
}
