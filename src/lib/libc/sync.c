/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sync: write everything out. There is nobody to tell about an error.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/vfs.h>

void
sync(void)
{
	(void)msg_call(VFS_PROC_NR, VFS_SYNC, NULL, 0, NULL, 0);
}
