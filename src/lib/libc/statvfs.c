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

static void
convert(const struct abi_statvfs *from, struct statvfs *to)
{
	memset(to, 0, sizeof *to);
	to->f_bsize = from->f_bsize;
	to->f_frsize = from->f_bsize;
	to->f_blocks = from->f_blocks;
	to->f_bfree = from->f_bfree;
	to->f_bavail = from->f_bavail;
	to->f_files = from->f_files;
	to->f_ffree = from->f_ffree;
	to->f_favail = from->f_ffree;
	to->f_flag = from->f_readonly ? ST_RDONLY : 0;
	to->f_namemax = from->f_namemax;
}

int
statvfs(const char *__restrict path, struct statvfs *__restrict buf)
{
	struct abi_statvfs abi = { 0 };
	struct vfs_statvfs_req req = {
		.path = (vir_bytes)path,
		.path_len = strlen(path) + 1,
		.addr = (vir_bytes)&abi,
	};
	int r;

	r = msg_call(VFS_PROC_NR, VFS_STATVFS, &req, sizeof req, NULL, 0);
	if (r == OK)
		convert(&abi, buf);
	return errno_return(r);
}

int
fstatvfs(int fd, struct statvfs *buf)
{
	struct abi_statvfs abi = { 0 };
	struct vfs_statvfs_req req = {
		.path_len = 0,
		.fd = fd,
		.addr = (vir_bytes)&abi,
	};
	int r;

	r = msg_call(VFS_PROC_NR, VFS_STATVFS, &req, sizeof req, NULL, 0);
	if (r == OK)
		convert(&abi, buf);
	return errno_return(r);
}
