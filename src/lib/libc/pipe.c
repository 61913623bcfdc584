/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pipe: VFS makes both ends and tells their descriptors.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
pipe2(int fd[2], int flags)
{
	struct vfs_pipe_req req = { .flags = (uint32_t)flags };
	struct vfs_pipe_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_PIPE, &req, sizeof req, &rep, sizeof rep);
	if (r == OK) {
		fd[0] = rep.fd[0];
		fd[1] = rep.fd[1];
	}
	return errno_return(r);
}

int
pipe(int fd[2])
{
	return pipe2(fd, 0);
}
