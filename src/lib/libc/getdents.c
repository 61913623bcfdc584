/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getdents: VFS fills a buffer with directory entries, whose form is that of
 * struct dirent. opendir() and its family are newlib's, over this.
 */
#include "lib/libc/port.h"

#include <dirent.h>
#include <stddef.h>

#include <abi/stat.h>
#include <proto/vfs.h>

#define SAME_PLACE(field)                                                      \
	_Static_assert(offsetof(struct dirent, field) ==                       \
		offsetof(struct abi_dirent, field),                            \
	    #field)

SAME_PLACE(d_ino);
SAME_PLACE(d_off);
SAME_PLACE(d_reclen);
SAME_PLACE(d_type);
SAME_PLACE(d_name);

int
getdents(int fd, void *buf, int size)
{
	struct vfs_getdents_req req = {
		.fd = fd,
		.addr = (vir_bytes)buf,
		.bytes = (uint32_t)size,
	};
	struct vfs_getdents_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_GETDENTS, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? (int)rep.bytes : errno_return(r);
}
