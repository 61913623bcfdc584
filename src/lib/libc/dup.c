/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * dup: another descriptor for the same open file, the lowest that is free.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
dup(int fd)
{
	struct vfs_dup_req req = { .fd = fd, .to = -1 };
	struct vfs_dup_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_DUP, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? rep.fd : errno_return(r);
}
