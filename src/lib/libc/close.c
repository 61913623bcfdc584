/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * close: VFS forgets a descriptor.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
close(int fd)
{
	struct vfs_close_req req = { .fd = fd };

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CLOSE, &req, sizeof req, NULL, 0));
}

int _close(int fd) __attribute__((alias("close")));
