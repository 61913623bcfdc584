/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * poll(), a face of select().
 */
#ifndef LACUNA_SYS_POLL_H
#define LACUNA_SYS_POLL_H

#include <_ansi.h>

#define POLLIN   0x01 /* reading would not block */
#define POLLPRI  0x02 /* an exceptional condition */
#define POLLOUT  0x04 /* writing would not block */
#define POLLERR  0x08 /* reported only */
#define POLLHUP  0x10 /* reported only */
#define POLLNVAL 0x20 /* reported only: not an open descriptor */

#define POLLRDNORM POLLIN
#define POLLRDBAND POLLPRI
#define POLLWRNORM POLLOUT

typedef unsigned int nfds_t;

struct pollfd {
	int fd; /* negative: skip this entry */
	short events;
	short revents;
};

_BEGIN_STD_C

int poll(struct pollfd *__fds, nfds_t __n, int __timeout);

_END_STD_C

#endif
