/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * poll: a face of select, which VFS knows.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>

/** The three sets of a select(), and one more than its highest member. */
struct sets {
	fd_set in, out, except;
	int n;
};

/* Descriptors that are none, or that select() cannot ask about: how many. */
static int
sets_fill(struct sets *s, struct pollfd *fds, nfds_t n, bool check)
{
	int bad = 0;

	FD_ZERO(&s->in);
	FD_ZERO(&s->out);
	FD_ZERO(&s->except);
	s->n = 0;
	for (nfds_t i = 0; i < n; i++) {
		int fd = fds[i].fd;

		fds[i].revents = 0;
		if (fd < 0)
			continue;
		if (fd >= FD_SETSIZE || (check && fcntl(fd, F_GETFD) < 0)) {
			fds[i].revents = POLLNVAL;
			bad++;
			continue;
		}
		if (fds[i].events & POLLIN)
			FD_SET(fd, &s->in);
		if (fds[i].events & POLLOUT)
			FD_SET(fd, &s->out);
		if (fds[i].events & POLLPRI)
			FD_SET(fd, &s->except);
		if (fd >= s->n)
			s->n = fd + 1;
	}
	return bad;
}

static int
sets_read(const struct sets *s, struct pollfd *fds, nfds_t n)
{
	int ready = 0;

	for (nfds_t i = 0; i < n; i++) {
		int fd = fds[i].fd, events = fds[i].revents;

		if (fd >= 0 && fd < FD_SETSIZE) {
			if (FD_ISSET(fd, &s->in))
				events |= POLLIN;
			if (FD_ISSET(fd, &s->out))
				events |= POLLOUT;
			if (FD_ISSET(fd, &s->except))
				events |= POLLPRI;
		}
		fds[i].revents = (short)events;
		ready += events != 0;
	}
	return ready;
}

int
poll(struct pollfd *fds, nfds_t n, int timeout)
{
	struct timeval tv = {
		.tv_sec = timeout / 1000,
		.tv_usec = (suseconds_t)(timeout % 1000) * 1000,
	};
	struct sets s;
	int bad, r;

	bad = sets_fill(&s, fds, n, false);
	if (bad != 0)
		tv = (struct timeval){ .tv_sec = 0 };
	r = select(s.n, &s.in, &s.out, &s.except,
	    timeout < 0 && bad == 0 ? NULL : &tv);
	if (r < 0 && errno == EBADF && bad == 0) { /* seldom: look for it */
		(void)sets_fill(&s, fds, n, true);
		tv = (struct timeval){ .tv_sec = 0 };
		r = select(s.n, &s.in, &s.out, &s.except, &tv);
	}
	return r < 0 ? r : sets_read(&s, fds, n);
}
