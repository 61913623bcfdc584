/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A terminal as programs see it: settings, waiting reads and what
 * ends them, signals, wild arguments. The input is the screen's answers to
 * questions for the cursor's place: nobody has to type.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <abi/dev.h>

#include "test/report/report.h"

#define NODE   "/dev/test-vga"
#define ASK    "\033[H\033[6n"
#define ANSWER "\033[1;1R"
#define LENGTH 6 /* bytes in it */

static int fd;
static volatile sig_atomic_t caught;

static void
on_signal(int sig)
{
	caught = sig;
}

/* Have sig interrupt system calls. */
static void catch (int sig)
{
	struct sigaction act;

	memset(&act, 0, sizeof act);
	act.sa_handler = on_signal;
	CHECK(sigaction(sig, &act, NULL) == 0);
	caught = 0;
}

static void
ask(void)
{
	CHECK(write(fd, ASK, sizeof ASK - 1) == (ssize_t)sizeof ASK - 1);
}

static void
settings(int min, int time)
{
	struct termios t;

	CHECK(tcgetattr(fd, &t) == 0);
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	t.c_cc[VMIN] = (cc_t)min;
	t.c_cc[VTIME] = (cc_t)time;
	CHECK(tcsetattr(fd, TCSAFLUSH, &t) == 0);
}

/* Milliseconds since some time. */
static long
clock_ms(void)
{
	struct timespec t = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
reading(void)
{
	char buf[32];
	int n = -1;

	settings(1, 0);
	ask();
	CHECK(read(fd, buf, 2) == 2 && memcmp(buf, ANSWER, 2) == 0);
	CHECK(ioctl(fd, FIONREAD, &n) == 0 && n == LENGTH - 2);
	CHECK(read(fd, buf, sizeof buf) == LENGTH - 2);
	CHECK(memcmp(buf, ANSWER + 2, LENGTH - 2) == 0);
	ask();
	CHECK(tcflush(fd, TCIFLUSH) == 0);
	CHECK(ioctl(fd, FIONREAD, &n) == 0 && n == 0);
	CHECK(read(fd, buf, 0) == 0);
}

static void
waiting(void)
{
	char buf[32];
	long start;

	settings(0, 2);
	start = clock_ms();
	CHECK(read(fd, buf, sizeof buf) == 0);
	CHECK(clock_ms() - start >= 190);
	settings(0, 0);
	CHECK(read(fd, buf, sizeof buf) == 0);
	settings(LENGTH + 2, 1);
	ask();
	CHECK(read(fd, buf, sizeof buf) == LENGTH);
	settings(1, 0);
	CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
	CHECK(read(fd, buf, sizeof buf) < 0 && errno == EAGAIN);
	CHECK(fcntl(fd, F_SETFL, 0) == 0);
	catch (SIGALRM);
	(void)alarm(1); /* none was set */
	CHECK(read(fd, buf, sizeof buf) < 0 && errno == EINTR);
	CHECK(caught == SIGALRM);
}

/* A child asks after a while; select() and a read wait for it. */
static void
waking(void)
{
	struct timeval now = { 0, 0 }, soon = { 10, 0 };
	fd_set set;
	char buf[32];
	pid_t pid;
	int i;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	CHECK(select(fd + 1, &set, NULL, NULL, &now) == 0);
	for (i = 0; i < 2; i++) {
		pid = fork();
		if (pid == 0) {
			(void)usleep(100000); /* it may be longer */
			_exit(write(fd, ASK, sizeof ASK - 1) < 0);
		}
		CHECK(pid > 0);
		FD_SET(fd, &set);
		CHECK(i == 1 ||
		    (select(fd + 1, &set, NULL, NULL, &soon) == 1 &&
			FD_ISSET(fd, &set)));
		CHECK(read(fd, buf, sizeof buf) == LENGTH);
		CHECK(waitpid(pid, NULL, 0) == pid);
	}
}

static void
signals(void)
{
	struct winsize size, other;

	CHECK(ioctl(fd, TIOCGWINSZ, &size) == 0);
	CHECK(size.ws_row == 25 && size.ws_col == 80);
	CHECK(tcgetpgrp(fd) == getpgrp());
	catch (SIGWINCH);
	other = size;
	other.ws_row = 50;
	CHECK(ioctl(fd, TIOCSWINSZ, &other) == 0);
	if (caught == 0)
		(void)sleep(1); /* unless it comes */
	CHECK(caught == SIGWINCH);
	CHECK(ioctl(fd, TIOCSWINSZ, &size) == 0);
}

static void
nonsense(void)
{
	char *const nowhere = (char *)0xbadc0de0;
	int action = 77, pipe_fd[2];
	char buf[32];

	CHECK(ioctl(fd, 0x1234567) < 0 && errno == ENOTTY);
	CHECK(ioctl(fd, TCGETS, nowhere) < 0 && errno == EFAULT);
	CHECK(ioctl(fd, TCSETSW, nowhere) < 0 && errno == EFAULT);
	CHECK(ioctl(fd, TCFLSH, &action) < 0 && errno == EINVAL);
	CHECK(ioctl(fd, TCFLOW, &action) < 0 && errno == EINVAL);
	CHECK(tcsetpgrp(fd, -5) < 0 && errno == EINVAL);
	CHECK(write(fd, nowhere, 10) < 0 && errno == EFAULT);
	ask();
	CHECK(read(fd, nowhere, 10) < 0 && errno == EFAULT);
	CHECK(read(fd, buf, sizeof buf) == LENGTH); /* it was not lost */
	CHECK(pipe(pipe_fd) == 0 && !isatty(pipe_fd[0]) && errno == ENOTTY);
	CHECK(mknod(NODE "x", S_IFCHR | 0600, dev_make(TTY_MAJOR, 99)) == 0);
	CHECK(open(NODE "x", O_RDWR) < 0 && errno == ENXIO);
	CHECK(unlink(NODE "x") == 0);
}

int
main(int argc, char **argv)
{
	struct termios before;
	const pid_t pid = fork();
	int status;

	if (pid != 0) /* the leader of a group can begin no session */
		return waitpid(pid, &status, 0) != pid || status != 0;
	(void)report_begin("tty-terminal", argc > 1 ? argv[1] : NULL);
	(void)unlink(NODE); /* usually there is none */
	CHECK(mknod(NODE, S_IFCHR | 0600, dev_make(TTY_MAJOR, VGA_MINOR)) == 0);
	CHECK(setsid() == getpid()); /* to have a terminal */
	fd = open(NODE, O_RDWR);
	CHECK(fd >= 0 && isatty(fd));
	CHECK(tcgetattr(fd, &before) == 0);
	CHECK((before.c_lflag & ICANON) != 0 && before.c_ospeed == B115200);
	reading();
	waiting();
	waking();
	signals();
	nonsense();
	CHECK(tcsetattr(fd, TCSADRAIN, &before) == 0 && tcdrain(fd) == 0);
	CHECK(unlink(NODE) == 0);
	return report_end();
}
