/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pread: read at a position, in one request; the file's own position stays
 * where it is.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

ssize_t
pread(int fd, void *buf, size_t size, off_t position)
{
	struct vfs_read_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = size,
		.at = 1,
		.position = position,
	};
	struct vfs_read_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_READ, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? (ssize_t)rep.bytes : errno_return(r);
}
