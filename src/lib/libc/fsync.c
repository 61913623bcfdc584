/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fsync: wait until a file is on its disk.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
fsync(int fd)
{
	struct vfs_fsync_req req = { .fd = fd };

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_FSYNC, &req, sizeof req, NULL, 0));
}
