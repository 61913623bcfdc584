/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * chmod: VFS changes permissions, of the file at a path.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/stat.h>

#include <proto/vfs.h>

int
chmod(const char *path, mode_t mode)
{
	struct vfs_chmod_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.mode = mode,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHMOD, &req, sizeof req, NULL, 0));
}
