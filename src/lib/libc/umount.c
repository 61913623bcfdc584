/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * umount: take a file system off the tree.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/mount.h>

#include <proto/vfs.h>

int
umount(const char *path)
{
	struct vfs_umount_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_UMOUNT, &req, sizeof req, NULL, 0));
}
