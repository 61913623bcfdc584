/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fchdir: VFS moves the working directory to an open one.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
fchdir(int fd)
{
	struct vfs_fchdir_req req = { .fd = fd };

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_FCHDIR, &req, sizeof req, NULL, 0));
}
