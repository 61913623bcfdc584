/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * dup2: a chosen descriptor for the same open file.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <unistd.h>

#include <proto/vfs.h>

int
dup2(int fd, int to)
{
	struct vfs_dup_req req = { .fd = fd, .to = to };
	struct vfs_dup_rep rep;
	int r;

	if (to < 0)
		return errno_return(-EBADF); /* VFS would take it for dup() */
	r = msg_call(VFS_PROC_NR, VFS_DUP, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? rep.fd : errno_return(r);
}
