/* SPDX-License-Identifier: BSD-2-Clause */
/** @file How a request about an inode begins, see request.h. */
#include "fs/ext2/request.h"

#include "fs/ext2/clock.h"
#include "fs/ext2/sync.h"

struct inode *
request_inode(uint32_t ino)
{
	clock_begin();
	sync_relieve();
	return inode_find(ino);
}
