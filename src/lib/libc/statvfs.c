/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * statvfs and fstatvfs: figures of a file system, named by one of its files.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/statvfs.h>

#include <abi/stat.h>
#include <proto/vfs.h>

static int
ask(struct vfs_statvfs_req *req, struct statvfs *buf)
{
	struct abi_statvfs abi;
	int r;

	req->addr = (vir_bytes)&abi;
	r = msg_call(VFS_PROC_NR, VFS_STATVFS, req, sizeof *req, NULL, 0);
	if (r != OK)
		return errno_return(r);
	memset(buf, 0, sizeof *buf);
	buf->f_bsize = abi.f_bsize;
	buf->f_frsize = abi.f_bsize;
	buf->f_blocks = abi.f_blocks;
	buf->f_bfree = abi.f_bfree;
	buf->f_bavail = abi.f_bavail;
	buf->f_files = abi.f_files;
	buf->f_ffree = abi.f_ffree;
	buf->f_favail = abi.f_ffree;
	buf->f_flag = abi.f_readonly ? ST_RDONLY : 0;
	buf->f_namemax = abi.f_namemax;
	return 0;
}

int
statvfs(const char *__restrict path, struct statvfs *__restrict buf)
{
	struct vfs_statvfs_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
	};

	return ask(&req, buf);
}

int
fstatvfs(int fd, struct statvfs *buf)
{
	struct vfs_statvfs_req req = { .path_len = 0, .fd = fd };

	return ask(&req, buf);
}
