/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * stat: attributes of the file a path leads to.
 */
#include "lib/libc/stat.h"
#include "lib/libc/port.h"

#include <string.h>

#include <proto/vfs.h>

int
stat(const char *__restrict path, struct stat *__restrict st)
{
	struct abi_stat abi;
	struct vfs_stat_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.addr = (vir_bytes)&abi,
	};
	int r;

	r = msg_call(VFS_PROC_NR, VFS_STAT, &req, sizeof req, NULL, 0);
	return errno_return(r == OK ? __stat_convert(&abi, st) : r);
}
