/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * read: VFS lets the file server or driver put the bytes straight into the
 * caller's buffer.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

ssize_t
read(int fd, void *buf, size_t size)
{
	struct vfs_read_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = size,
	};
	struct vfs_read_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_READ, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? (ssize_t)rep.bytes : errno_return(r);
}
