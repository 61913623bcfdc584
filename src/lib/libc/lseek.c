/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * lseek: VFS moves the position. Positions have 64 bits in the system and 32
 * here.
 */
#include "lib/libc/port.h"

#include <limits.h>
#include <unistd.h>

#include <proto/vfs.h>

off_t
lseek(int fd, off_t offset, int whence)
{
	struct vfs_lseek_req req = {
		.fd = fd,
		.whence = whence,
		.offset = offset,
	};
	struct vfs_lseek_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_LSEEK, &req, sizeof req, &rep,
	    sizeof rep);
	if (r == OK && rep.position > LONG_MAX)
		r = -EOVERFLOW;
	return r == OK ? (off_t)rep.position : errno_return(r);
}
