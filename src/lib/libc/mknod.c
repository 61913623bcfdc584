/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mknod: a new special file.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/stat.h>

#include <proto/vfs.h>

int
mknod(const char *path, mode_t mode, dev_t dev)
{
	struct vfs_mknod_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.mode = mode,
		.dev = dev,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_MKNOD, &req, sizeof req, NULL, 0));
}
