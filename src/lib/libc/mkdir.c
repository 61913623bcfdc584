/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mkdir: a new directory.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/stat.h>

#include <proto/vfs.h>

int
mkdir(const char *path, mode_t mode)
{
	struct vfs_mkdir_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.mode = mode,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_MKDIR, &req, sizeof req, NULL, 0));
}
