/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pwrite: write at a position, in one request; the file's own position stays
 * where it is.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

ssize_t
pwrite(int fd, const void *buf, size_t size, off_t position)
{
	struct vfs_write_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = size,
		.at = 1,
		.position = position,
	};

	return __write(&req);
}
