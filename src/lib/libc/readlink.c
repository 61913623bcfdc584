/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * readlink: what a symbolic link says, without a NUL.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <unistd.h>

#include <proto/vfs.h>

ssize_t
readlink(const char *__restrict path, char *__restrict buf, size_t size)
{
	struct vfs_readlink_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.addr = (vir_bytes)buf,
		.bytes = size,
	};
	struct vfs_readlink_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_READLINK, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? (ssize_t)rep.bytes : errno_return(r);
}
