/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * lchown: owner and group of what a path names, even if that is a link.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
lchown(const char *path, uid_t owner, gid_t group)
{
	struct vfs_chown_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.uid = owner,
		.gid = group,
		.flags = VFS_NOFOLLOW,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHOWN, &req, sizeof req, NULL, 0));
}
