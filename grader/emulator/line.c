/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See line.h. */
#include "grader/emulator/line.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/** Sockets; those that listen, and what has connected there, or -1. */
struct line {
	int for_guest, for_program;
	int guest, program;
};

/* A port that only this machine can connect to. */
static int
guest_listen(uint16_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), e;

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 1) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &n) != 0) {
		e = errno;
		close(fd);
		return -e;
	}
	*port = ntohs(a.sin_port);
	return fd;
}

static int
program_listen(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd, e;

	if (strlen(path) >= sizeof a.sun_path)
		return -ENAMETOOLONG;
	strcpy(a.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(fd, 1) != 0) {
		e = errno;
		close(fd);
		return -e;
	}
	return fd;
}

/* Move what has come; false: there is nothing more to come. */
static bool
move(int from, int to)
{
	char bytes[4096];
	ssize_t n = read(from, bytes, sizeof bytes), done = 0, m;

	if (n < 0)
		return errno == EINTR;
	while (to >= 0 && done < n) {
		m = write(to, bytes + done, (size_t)(n - done));
		if (m < 0 && errno != EINTR)
			break; /* it is gone, which its own end tells */
		if (m > 0)
			done += m;
	}
	return n > 0;
}

static bool
can_read(const struct pollfd *p)
{
	return (p->revents & (POLLIN | POLLHUP | POLLERR)) != 0;
}

/* Wait and do what can be done; false: the machine is gone. */
static bool
turn(struct line *l)
{
	/* A descriptor of -1 is not waited for. */
	struct pollfd p[] = {
		{ .fd = l->guest < 0 ? l->for_guest : -1, .events = POLLIN },
		{ .fd = l->program < 0 ? l->for_program : -1,
		    .events = POLLIN },
		{ .fd = l->guest, .events = POLLIN },
		{ .fd = l->guest < 0 ? -1 : l->program, .events = POLLIN },
	};

	if (poll(p, sizeof p / sizeof p[0], -1) < 0)
		return errno == EINTR;
	if (can_read(&p[0]))
		l->guest = accept(l->for_guest, NULL, NULL);
	if (can_read(&p[1]))
		l->program = accept(l->for_program, NULL, NULL);
	if (can_read(&p[2]) && !move(l->guest, l->program))
		return false;
	if (can_read(&p[3]) && !move(l->program, l->guest)) {
		close(l->program);
		l->program = -1;
	}
	return true;
}

static _Noreturn void
serve(struct line *l, pid_t parent)
{
	setsid(); /* what the keyboard says is not for it */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	while (getppid() == parent && turn(l))
		continue;
	_exit(0);
}

int
line_start(const char *path, uint16_t *port, pid_t *pid)
{
	struct line l = { .guest = -1, .program = -1 };
	pid_t parent = getpid();
	int e = 0;

	l.for_guest = guest_listen(port);
	if (l.for_guest < 0)
		return l.for_guest;
	l.for_program = program_listen(path);
	if (l.for_program < 0) {
		close(l.for_guest);
		return l.for_program;
	}
	*pid = fork();
	if (*pid == 0)
		serve(&l, parent);
	if (*pid < 0) {
		e = -errno;
		unlink(path);
	}
	close(l.for_guest);
	close(l.for_program);
	return e;
}
