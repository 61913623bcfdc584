/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * umask: permissions that new files do not get. It cannot fail.
 */
#include "lib/libc/port.h"

#include <sys/stat.h>

#include <proto/vfs.h>

mode_t
umask(mode_t mask)
{
	struct vfs_umask_req req = { .mask = mask };
	struct vfs_umask_rep rep = { 0 };

	(void)msg_call(VFS_PROC_NR, VFS_UMASK, &req, sizeof req, &rep,
	    sizeof rep);
	return rep.old;
}
