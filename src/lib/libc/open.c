/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * open: VFS walks the path and picks a descriptor. The mode counts only when
 * O_CREAT makes a file; creat() is newlib's, over this.
 */
#include "lib/libc/port.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>

#include <proto/vfs.h>

int
open(const char *path, int flags, ...)
{
	struct vfs_open_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.flags = (uint32_t)flags,
	};
	struct vfs_open_rep rep;
	va_list ap;
	int r;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		req.mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	r = msg_call(VFS_PROC_NR, VFS_OPEN, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? rep.fd : errno_return(r);
}

int _open(const char *path, int flags, ...) __attribute__((alias("open")));
