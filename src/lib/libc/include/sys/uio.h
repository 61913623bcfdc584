/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading into and writing from several buffers.
 */
#ifndef LACUNA_SYS_UIO_H
#define LACUNA_SYS_UIO_H

#include <sys/types.h>

struct iovec {
	void *iov_base;
	size_t iov_len;
};

_BEGIN_STD_C

ssize_t readv(int __fd, const struct iovec *__iov, int __n);
ssize_t writev(int __fd, const struct iovec *__iov, int __n);

_END_STD_C

#endif
