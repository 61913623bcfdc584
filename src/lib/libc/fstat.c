/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fstat: attributes of an open file.
 */
#include "lib/libc/port.h"
#include "lib/libc/stat.h"

#include <proto/vfs.h>

int
fstat(int fd, struct stat *st)
{
	struct abi_stat abi;
	struct vfs_fstat_req req = { .fd = fd, .addr = (vir_bytes)&abi };
	int r;

	r = msg_call(VFS_PROC_NR, VFS_FSTAT, &req, sizeof req, NULL, 0);
	return errno_return(r == OK ? __stat_convert(&abi, st) : r);
}
