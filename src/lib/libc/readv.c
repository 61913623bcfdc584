/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * readv and writev: one read or write for the whole vector, through one
 * buffer, so that a record stays a record.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* Bytes of the whole vector, or a negative error. */
static ssize_t
total(const struct iovec *iov, int n)
{
	size_t sum = 0;

	if (n <= 0 || n > IOV_MAX)
		return -EINVAL;
	for (int i = 0; i < n; i++) {
		if (iov[i].iov_len > (size_t)INT_MAX - sum)
			return -EINVAL;
		sum += iov[i].iov_len;
	}
	return (ssize_t)sum;
}

ssize_t
readv(int fd, const struct iovec *iov, int n)
{
	ssize_t size = total(iov, n), got, left;
	char *buf, *p;

	if (size < 0)
		return errno_return(size);
	p = buf = malloc((size_t)size + 1);
	if (buf == NULL)
		return -1;
	got = left = read(fd, buf, (size_t)size);
	for (int i = 0; left > 0; i++) {
		size_t len = iov[i].iov_len;

		if (len > (size_t)left)
			len = (size_t)left;
		memcpy(iov[i].iov_base, p, len);
		p += len;
		left -= (ssize_t)len;
	}
	free(buf);
	return got;
}

ssize_t
writev(int fd, const struct iovec *iov, int n)
{
	ssize_t size = total(iov, n), put;
	char *buf, *p;

	if (size < 0)
		return errno_return(size);
	p = buf = malloc((size_t)size + 1);
	if (buf == NULL)
		return -1;
	for (int i = 0; i < n; i++) {
		memcpy(p, iov[i].iov_base, iov[i].iov_len);
		p += iov[i].iov_len;
	}
	put = write(fd, buf, (size_t)size);
	free(buf);
	return put;
}
