/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fchown: owner and group of an open file.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

int
fchown(int fd, uid_t owner, gid_t group)
{
	struct vfs_chown_req req = {
		.path_len = 0,
		.fd = fd,
		.uid = owner,
		.gid = group,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_CHOWN, &req, sizeof req, NULL, 0));
}
