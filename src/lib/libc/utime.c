/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * utime: times of access and change of a file; now, if none are given.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <utime.h>

#include <abi/stat.h>
#include <proto/vfs.h>

int
utime(const char *path, const struct utimbuf *times)
{
	struct vfs_utime_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.atime = times != NULL ? times->actime : UTIME_AT_NOW,
		.mtime = times != NULL ? times->modtime : UTIME_AT_NOW,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_UTIME, &req, sizeof req, NULL, 0));
}
