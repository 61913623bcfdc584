/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * lstat: attributes of what a path names, even if that is a link.
 */
#include "lib/libc/port.h"
#include "lib/libc/stat.h"

#include <string.h>

#include <proto/vfs.h>

int
lstat(const char *__restrict path, struct stat *__restrict st)
{
	struct abi_stat abi;
	struct vfs_stat_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.addr = (vir_bytes)&abi,
		.flags = VFS_NOFOLLOW,
	};
	int r;

	r = msg_call(VFS_PROC_NR, VFS_STAT, &req, sizeof req, NULL, 0);
	return errno_return(r == OK ? __stat_convert(&abi, st) : r);
}
