/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rename: a new name in place of the old.
 */
#include "lib/libc/port.h"

#include <stdio.h>
#include <string.h>

#include <proto/vfs.h>

int
rename(const char *from, const char *to)
{
	struct vfs_rename_req req = {
		.old_path = (vir_bytes)from,
		.old_len = strlen(from) + 1,
		.new_path = (vir_bytes)to,
		.new_len = strlen(to) + 1,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_RENAME, &req, sizeof req, NULL, 0));
}
