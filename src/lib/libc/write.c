/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * write: VFS lets the file server or driver fetch the bytes straight from the
 * caller's buffer. A process that is stopped in the midst of a write goes on
 * with the rest; a handler ends the write with what has been written.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

ssize_t
__write(struct vfs_write_req *req)
{
	struct vfs_write_rep rep = { .bytes = 0 };
	size_t done = 0;
	int r;

	do {
		r = msg_call_once(VFS_PROC_NR, VFS_WRITE, req, sizeof *req,
		    &rep, sizeof rep);
		done += rep.bytes;
		req->addr += rep.bytes;
		req->bytes -= rep.bytes;
		req->position += rep.bytes;
		rep.bytes = 0;
	} while (r == -ECALLAGAIN);
	return r == OK || done > 0 ? (ssize_t)done : errno_return(r);
}

ssize_t
write(int fd, const void *buf, size_t size)
{
	struct vfs_write_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = size,
	};

	return __write(&req);
}
