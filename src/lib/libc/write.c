/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * write: VFS lets the file server or driver fetch the bytes straight from the
 * caller's buffer.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

ssize_t
write(int fd, const void *buf, size_t size)
{
	struct vfs_write_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = size,
	};
	struct vfs_write_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_WRITE, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? (ssize_t)rep.bytes : errno_return(r);
}
