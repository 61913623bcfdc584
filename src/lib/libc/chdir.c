/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * chdir: VFS moves the working directory.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
chdir(const char *path)
{
	struct vfs_chdir_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHDIR, &req, sizeof req, NULL, 0));
}
