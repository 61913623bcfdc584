/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mount: join a file system to the tree. The type is the label of a file
 * server; without one it is ext2.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/mount.h>

#include <proto/vfs.h>

_Static_assert(MS_RDONLY == VFS_MOUNT_RDONLY, "flags of mount");

int
mount(const char *device, const char *dir, const char *type, int flags)
{
	struct vfs_mount_req req = {
		.special = (vir_bytes)device,
		.special_len = strlen(device) + 1,
		.path = (vir_bytes)dir,
		.path_len = strlen(dir) + 1,
		.flags = (uint32_t)flags,
		.type = (vir_bytes)type,
		.type_len = type != NULL ? strlen(type) + 1 : 0,
	};

	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_MOUNT, &req, sizeof req, NULL, 0));
}
