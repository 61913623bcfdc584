/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rmdir: remove an empty directory.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
rmdir(const char *path)
{
	struct vfs_rmdir_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_RMDIR, &req, sizeof req, NULL, 0));
}
