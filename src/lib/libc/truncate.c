/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * truncate: set the size of the file at a path.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
truncate(const char *path, off_t size)
{
	struct vfs_truncate_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.size = size,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_TRUNCATE, &req, sizeof req, NULL, 0));
}
