/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * symlink: a file that says where to look instead; the first argument is what
 * it says.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

int
symlink(const char *from, const char *to)
{
	struct vfs_symlink_req req = {
		.old_path = (vir_bytes)from,
		.old_len = strlen(from) + 1,
		.new_path = (vir_bytes)to,
		.new_len = strlen(to) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_SYMLINK, &req, sizeof req, NULL, 0));
}
