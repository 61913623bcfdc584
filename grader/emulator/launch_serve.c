/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * launch serve: a command of this machine talks to the guest by its second
 * serial line. The command is started when a program in the guest says on the
 * console that it waits, and the machine ends with the command.
 *
 * The machine runs in a child; the command has this terminal, where the
 * guest's console is printed between its own lines, unless that has a terminal
 * or a file of its own.
 */
#include "grader/emulator/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "grader/emulator/line.h"

#define IPS      50000000
#define WAITS    "waits for gdb" /* what src/cmd/gdbstub says when it does */
#define QUIET    0.3 /* seconds in which a line of the console goes out */
#define PATIENCE 3.0 /* seconds that it has for all of them */
#define NO_RUN   3   /* exit status */

/** The machine, in its process. */
struct machine {
	const struct launch_options *options;
	int console;   /* where its console is */
	bool is_typed; /* the console has a keyboard */
	int ready;     /* a byte in this pipe: it waits; or -1: has been said */
	size_t matched; /* bytes of WAITS */
	double talked;  /* when the console was written to last */
	double asked;   /* when it was asked to end; 0: not yet */
};

static volatile sig_atomic_t asked;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
on_signal(int number)
{
	asked = number;
}

/* Does the console say that the command may begin? */
static void
watch(struct machine *m, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n && m->ready >= 0; i++) {
		if (bytes[i] != WAITS[m->matched])
			m->matched = 0;
		if (bytes[i] == WAITS[m->matched])
			m->matched++;
		if (WAITS[m->matched] != '\0')
			continue;
		(void)!write(m->ready, "r", 1);
		close(m->ready);
		m->ready = -1;
	}
}

static void
on_output(void *ctx, const char *bytes, size_t n)
{
	struct machine *m = ctx;
	ssize_t done;

	watch(m, bytes, n);
	m->talked = now();
	while (n > 0) {
		done = write(m->console, bytes, n);
		if (done <= 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
}

/* Keys for the guest; only called for when there are some, or now and then. */
static size_t
on_input(void *ctx, char *bytes, size_t room)
{
	struct machine *m = ctx;
	ssize_t n = m->is_typed ? read(m->console, bytes, room) : 0;

	return n > 0 ? (size_t)n : 0;
}

static int
on_line(void *ctx, const char *line)
{
	struct machine *m = ctx;

	if (m->options->verbose || strstr(line, "panic: ") != NULL)
		launch_line(m->options, line, "\n");
	return 0;
}

/* The end comes when it is asked for, and the last words have been said; but
 * some go on for ever. */
static int
on_idle(void *ctx)
{
	struct machine *m = ctx;
	double t = now();

	if (asked == 0)
		return 0;
	if (m->asked == 0)
		m->asked = t;
	return t - m->talked > QUIET || t - m->asked > PATIENCE;
}

/* The console's own terminal or file; without one, standard output. */
static bool
console_open(struct machine *m, const char *path)
{
	struct termios t;

	m->console = STDOUT_FILENO;
	if (path == NULL)
		return true;
	m->console = open(path, O_RDWR | O_NOCTTY | O_CREAT | O_CLOEXEC, 0666);
	if (m->console < 0) {
		fprintf(stderr, "launch: %s: %s\n", path, strerror(errno));
		return false;
	}
	m->is_typed = tcgetattr(m->console, &t) == 0;
	if (m->is_typed) {
		cfmakeraw(&t);
		t.c_cc[VMIN] = 0; /* reads do not wait */
		t.c_cc[VTIME] = 0;
		tcsetattr(m->console, TCSANOW, &t);
	} else {
		(void)!ftruncate(m->console, 0);
	}
	return true;
}

static void
machine_configure(struct machine *m, struct bochs_config *c, char *params,
    size_t size)
{
	bool people = isatty(STDIN_FILENO);

	snprintf(params, size, "console=com1\n%s", m->options->params);
	params[BOCHS_PARAMS_MAX] = '\0';
	c->params = params;
	c->ctx = m;
	c->on_output = on_output;
	c->on_input = on_input;
	c->on_line = on_line;
	c->on_idle = on_idle;
	c->com1_in = m->is_typed ? m->console : -1;
	c->real_time = people;
	if (c->ips == 0)
		c->ips = IPS;
	if (c->cpu_ms == 0 && people)
		c->cpu_ms = UINT32_MAX;
}

/* Run the machine until it ends itself, or SIGTERM asks for the end. */
static _Noreturn void
machine_run(struct machine *m, struct bochs_config *c)
{
	char params[BOCHS_PARAMS_MAX + 32];
	struct sigaction action = { .sa_handler = on_signal };
	struct termios before;
	struct bochs_result r;
	int e;

	setsid(); /* what the keyboard says is for the command */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigaction(SIGTERM, &action, NULL);
	if (!console_open(m, m->options->console))
		_exit(NO_RUN);
	if (m->is_typed)
		tcgetattr(m->console, &before);
	machine_configure(m, c, params, sizeof params);
	e = bochs_run(c, &r);
	if (m->is_typed)
		tcsetattr(m->console, TCSANOW, &before);
	if (e != 0) {
		fprintf(stderr, "launch: cannot run Bochs: %s\n", strerror(-e));
		_exit(NO_RUN);
	}
	if (!asked && r.end != BOCHS_DONE && r.end != BOCHS_SHUTDOWN)
		fprintf(stderr, "launch: the machine ended: %s%s%s\n",
		    bochs_end_name(r.end), *r.reason != '\0' ? ": " : "",
		    r.reason);
	_exit(0);
}

/* Start it; returns the pipe that tells when the guest waits. */
static int
machine_start(struct launch_options *o, pid_t *pid)
{
	struct machine m = { .options = o };
	int fd[2];

	if (pipe2(fd, O_CLOEXEC) != 0)
		return -1;
	m.ready = fd[1];
	fflush(NULL);
	*pid = fork();
	if (*pid == 0) {
		close(fd[0]);
		machine_run(&m, &o->config);
	}
	close(fd[1]);
	return fd[0];
}

/* Who has the keyboard, if there is one: a process group. */
static void
keyboard_give(pid_t group)
{
	if (isatty(STDIN_FILENO))
		tcsetpgrp(STDIN_FILENO, group);
}

/* The command is suspended: so are we and our make, until it is to go on. */
static void
suspend_all(pid_t command)
{
	keyboard_give(getpgrp());
	kill(0, SIGSTOP);
	keyboard_give(command);
	kill(-command, SIGCONT);
}

/* Run the command in a group of its own: what the keyboard says is for it
 * alone, and not for make, which would be interrupted. */
static int
command_run(char **command)
{
	int status = NO_RUN << 8;
	pid_t pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		keyboard_give(getpgrp());
		signal(SIGTTOU, SIG_DFL);
		execvp(command[0], command);
		fprintf(stderr, "launch: %s: %s\n", command[0],
		    strerror(errno));
		_exit(127);
	}
	if (pid < 0)
		return NO_RUN;
	while (waitpid(pid, &status, WUNTRACED) < 0 || WIFSTOPPED(status))
		if (WIFSTOPPED(status))
			suspend_all(pid);
	keyboard_give(getpgrp());
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
launch_serve(struct launch_options *o)
{
	pid_t line, machine = -1;
	int e, ready, status = NO_RUN;
	char byte;

	if (o->socket == NULL || o->command == NULL) {
		fputs("launch: serve needs --socket PATH and -- COMMAND\n",
		    stderr);
		return 2;
	}
	e = line_start(o->socket, &o->config.com2_port, &line);
	if (e != 0) {
		fprintf(stderr, "launch: %s: %s\n", o->socket, strerror(-e));
		return NO_RUN;
	}
	signal(SIGTTOU, SIG_IGN); /* the keyboard is given and taken back */
	signal(SIGHUP, SIG_IGN);  /* the command ends by it, then we do */
	ready = machine_start(o, &machine);
	if (ready >= 0 && read(ready, &byte, 1) == 1)
		status = command_run(o->command);
	else
		fputs("launch: nothing in the system waits for a debugger; "
		      "what it said is above\n",
		    stderr);
	if (machine > 0) {
		kill(machine, SIGTERM);
		waitpid(machine, NULL, 0);
	}
	kill(line, SIGKILL);
	waitpid(line, NULL, 0);
	unlink(o->socket);
	return status;
}
