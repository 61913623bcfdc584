/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ftruncate: set the size of an open file.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
ftruncate(int fd, off_t size)
{
	struct vfs_ftruncate_req req = { .fd = fd, .size = size };

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_FTRUNCATE, &req, sizeof req, NULL, 0));
}
