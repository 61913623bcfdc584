/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * unlink: take a name away; the file goes with its last name.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
unlink(const char *path)
{
	struct vfs_unlink_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_UNLINK, &req, sizeof req, NULL, 0));
}
