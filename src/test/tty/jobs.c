/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. Job control at a terminal: what a process of the background may
 * do with it, by what it does about the signal, by its group, for each request.
 * The input is the screen's answers to questions for the cursor's place.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <abi/dev.h>

#include "test/program/program.h"

#define NODE   "/dev/test-jobs"
#define ASK    "\033[H\033[6n"
#define LENGTH 6 /* bytes in the answer */

/* What a request came to, if not to an error. */
#define DONE    0
#define STOPPED 1000 /* and the signal */
#define HANDLED 77   /* a handler has run */

#define NO_GROUP 29999 /* nobody is in it */

static int fd;
static struct termios before;

/* Requests. 0, or the error. */
static int
result(int r)
{
	return r < 0 ? errno : DONE;
}

static int
try_read(void)
{
	char buf[32];

	return result((int)read(fd, buf, sizeof buf));
}

static int
try_write(void)
{
	return result((int)write(fd, "\r", 1));
}

static int
try_set(void)
{
	return result(tcsetattr(fd, TCSANOW, &before));
}

static int
try_set_later(void)
{
	return result(tcsetattr(fd, TCSADRAIN, &before));
}

static int
try_drain(void)
{
	return result(tcdrain(fd));
}

static int
try_flush(void)
{
	return result(tcflush(fd, TCIFLUSH));
}

static int
try_flow(void)
{
	return result(tcflow(fd, TCOON));
}

static int
try_group(void)
{
	return result(tcsetpgrp(fd, getpgrp()));
}

static int
try_get(void)
{
	struct termios t;

	return result(tcgetattr(fd, &t));
}

static int
try_get_group(void)
{
	return tcgetpgrp(fd) > 0 ? DONE : errno;
}

static int
try_size(void)
{
	struct winsize size;

	return result(ioctl(fd, TIOCGWINSZ, &size));
}

static int
try_unknown(void)
{
	return result(ioctl(fd, 0x1234567));
}

/* By request: the signal of the background, and what comes without it. */
static const struct request {
	const char *name;
	int (*make)(void);
	int sig;      /* 0: none */
	int plain;    /* in the foreground, or if it may */
	int deaf;     /* where the signal is ignored or blocked */
	bool by_stop; /* only with TOSTOP */
} requests[] = {
	{ "read", try_read, SIGTTIN, DONE, EIO, false },
	{ "write", try_write, SIGTTOU, DONE, DONE, true },
	{ "set", try_set, SIGTTOU, DONE, DONE, false },
	{ "set later", try_set_later, SIGTTOU, DONE, DONE, false },
	{ "drain", try_drain, SIGTTOU, DONE, DONE, false },
	{ "flush", try_flush, SIGTTOU, DONE, DONE, false },
	{ "flow", try_flow, SIGTTOU, DONE, DONE, false },
	{ "set group", try_group, SIGTTOU, DONE, DONE, false },
	{ "get", try_get, 0, DONE, DONE, false },
	{ "get group", try_get_group, 0, DONE, DONE, false },
	{ "size", try_size, 0, DONE, DONE, false },
	{ "unknown", try_unknown, 0, ENOTTY, ENOTTY, false },
};

#define REQUESTS ((int)(sizeof requests / sizeof requests[0]))

enum attitude {
	DEFAULT,
	IGNORED,
	BLOCKED,
	CAUGHT,
	ATTITUDES
};

static void
on_signal(int sig)
{
	(void)sig;
	_exit(HANDLED);
}

static void
take(enum attitude a, int sig)
{
	struct sigaction sa;
	sigset_t set;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = a == IGNORED ? SIG_IGN
	    : a == CAUGHT            ? on_signal
				     : SIG_DFL;
	sa.sa_flags = SA_RESTART;
	sigemptyset(&set);
	sigaddset(&set, sig);
	if (sig == 0)
		return;
	(void)sigaction(sig, &sa, NULL);
	(void)sigprocmask(a == BLOCKED ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* Have something to read, or not to stop for. */
static void
ask(void)
{
	CHECK_EQ(write(fd, ASK, sizeof ASK - 1), (int)sizeof ASK - 1);
}

static void
tostop(bool on)
{
	struct termios t = before;

	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	if (on)
		t.c_lflag |= TOSTOP;
	CHECK_EQ(tcsetattr(fd, TCSANOW, &t), 0);
}

/* A request of a process in a group of its own, in the background. */
static int
from_background(const struct request *r, enum attitude a)
{
	int status = 0, out;
	pid_t pid = fork();

	if (pid == 0) {
		(void)setpgid(0, 0);
		take(a, r->sig);
		_exit(r->make());
	}
	(void)setpgid(pid, pid);
	if (waitpid(pid, &status, WUNTRACED) != pid)
		return -1;
	if (!WIFSTOPPED(status))
		return WEXITSTATUS(status);
	/* As the shell brings it to the foreground: then it is served. */
	out = STOPPED + WSTOPSIG(status);
	CHECK_EQ(tcsetpgrp(fd, pid), 0);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_SAY(child_end(pid) == r->plain, "%s, in front", r->name);
	return out;
}

static int
wanted(const struct request *r, enum attitude a, bool stops)
{
	if (r->sig == 0 || (r->by_stop && !stops))
		return r->plain;
	if (a == DEFAULT)
		return STOPPED + r->sig;
	return a == CAUGHT ? HANDLED : r->deaf;
}

/* In the session's leader, which ignores SIGTTOU as a shell does. */
static void
background(void)
{
	int stops, i, a, got;

	for (stops = 0; stops < 2; stops++)
		for (i = 0; i < REQUESTS; i++)
			for (a = 0; a < ATTITUDES; a++) {
				tostop(stops != 0);
				(void)tcflush(fd, TCIFLUSH);
				ask();
				got = from_background(&requests[i],
				    (enum attitude)a);
				CHECK_SAY(got ==
					wanted(&requests[i], (enum attitude)a,
					    stops != 0),
				    "%s, attitude %d, tostop %d: %d",
				    requests[i].name, a, stops, got);
				CHECK_EQ(tcsetpgrp(fd, getpgrp()), 0);
			}
}

/* The whole group gets the signal, not the reader alone. */
static void
whole_group(void)
{
	int status;
	pid_t first = fork(), second;

	if (first == 0) {
		(void)setpgid(0, 0);
		for (;;)
			(void)pause();
	}
	(void)setpgid(first, first);
	second = fork();
	if (second == 0) {
		(void)setpgid(0, first);
		_exit(try_read());
	}
	(void)setpgid(second, first);
	CHECK_EQ(waitpid(first, &status, WUNTRACED), first);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTTIN);
	CHECK_EQ(waitpid(second, &status, WUNTRACED), second);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTTIN);
	CHECK_EQ(kill(-first, SIGKILL), 0);
	CHECK_EQ(child_end(first), SIGNALLED + SIGKILL);
	CHECK_EQ(child_end(second), SIGNALLED + SIGKILL);
}

/* In a child whose own child is left alone by its end: the request. */
static _Noreturn void
leave_orphan(const struct request *r, int to)
{
	int result;

	(void)setpgid(0, 0);
	take(DEFAULT, r->sig);
	if (fork() != 0)
		_exit(0);
	while (getppid() != 1)
		(void)usleep(1000);
	result = r->make();
	(void)!write(to, &result, sizeof result);
	_exit(0);
}

/* An orphaned group cannot be brought to the foreground: errors instead of
 * stops. */
static void
orphans(void)
{
	int i, p[2], got, want;
	pid_t pid;

	CHECK_EQ(pipe(p), 0);
	tostop(true);
	for (i = 0; i < REQUESTS; i++) {
		ask();
		pid = fork();
		if (pid == 0)
			leave_orphan(&requests[i], p[1]);
		CHECK_EQ(child_end(pid), 0);
		got = -1;
		(void)read(p[0], &got, sizeof got);
		want = requests[i].sig != 0 ? EIO : requests[i].plain;
		CHECK_SAY(got == want, "%s of an orphan: %d", requests[i].name,
		    got);
	}
	(void)close(p[0]);
	(void)close(p[1]);
	tostop(false);
}

/* Which groups may be put in front, and by whom. */
static void
groups(void)
{
	int other;

	CHECK(tcsetpgrp(fd, -5) < 0 && errno == EINVAL);
	CHECK(tcsetpgrp(fd, 0) < 0 && errno == EINVAL);
	CHECK(tcsetpgrp(fd, NO_GROUP) < 0 && errno == EPERM); /* none */
	CHECK(tcsetpgrp(fd, getppid()) < 0 && errno == EPERM);
	CHECK_EQ(tcsetpgrp(fd, getpgrp()), 0);
	other = open(NODE "x", O_RDWR | O_NOCTTY);
	CHECK(other >= 0);
	CHECK(tcsetpgrp(other, getpgrp()) < 0 && errno == ENOTTY);
	(void)close(other);
}

/* Lead a session, with the terminal. */
static void
session(void)
{
	CHECK_EQ(setsid(), getpid());
	(void)signal(SIGTTOU, SIG_IGN);
	fd = open(NODE, O_RDWR);
	CHECK(fd >= 0);
	CHECK_EQ(tcgetattr(fd, &before), 0);
	CHECK_EQ(tcgetpgrp(fd), getpid());
}

int
main(int argc, char **argv)
{
	const pid_t pid = fork();

	if (pid != 0) /* the leader of a group can begin no session */
		return child_end(pid);
	(void)report_begin("tty-jobs", argc > 1 ? argv[1] : NULL);
	(void)unlink(NODE);
	(void)unlink(NODE "x");
	CHECK_EQ(mknod(NODE, S_IFCHR | 0600, dev_make(TTY_MAJOR, VGA_MINOR)),
	    0);
	CHECK_EQ(
	    mknod(NODE "x", S_IFCHR | 0600, dev_make(TTY_MAJOR, CONSOLE_MINOR)),
	    0);
	session();
	background();
	whole_group();
	groups();
	orphans();
	CHECK_EQ(tcsetattr(fd, TCSADRAIN, &before), 0);
	CHECK_EQ(unlink(NODE), 0);
	CHECK_EQ(unlink(NODE "x"), 0);
	return report_end();
}
