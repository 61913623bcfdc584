/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fchmod: the permissions of an open file; a path of length 0 means that.
 */
#include "lib/libc/port.h"

#include <sys/stat.h>

#include <proto/vfs.h>

int
fchmod(int fd, mode_t mode)
{
	struct vfs_chmod_req req = { .path_len = 0, .fd = fd, .mode = mode };

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHMOD, &req, sizeof req, NULL, 0));
}
