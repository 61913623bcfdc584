/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * chroot: VFS moves the root directory, for root only.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
chroot(const char *path)
{
	struct vfs_chroot_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHROOT, &req, sizeof req, NULL, 0));
}
