/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * access: may the caller do this, as the user who started it?
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
access(const char *path, int mode)
{
	struct vfs_access_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.mode = mode,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_ACCESS, &req, sizeof req, NULL, 0));
}
