/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The ext2 file server: one file system at a time. A server that was started
 * again has none, and waits for a mount.
 */
#include <abi/signal.h>
#include <lacuna/printf.h>

#include "fs/ext2/driver.h"
#include "fs/ext2/inode.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/volume.h"

/* Asked to end: nothing that was written shall be lost. VFS finds what it
 * has in use again in the next server. */
static void
on_signal(int signo)
{
	if (signo != SIGTERM)
		return;
	(void)ext2_unmount(); /* there is nobody to tell */
	sef_exit(OK);
}

/* For debugging: what is mounted, and how full it is. */
static void
dump(void)
{
	if (!fs.active) {
		printf("ext2: nothing is mounted\n");
		return;
	}
	printf("ext2: device %#x%s: %u of %u blocks, %u of %u inodes free\n",
	    fs.dev, fs.readonly ? " (read only)" : "",
	    fs.super.free_blocks_count, fs.super.blocks_count,
	    fs.super.free_inodes_count, fs.super.inodes_count);
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type;
	driver_table_set(info->rproctab_gid);
	inode_init(); /* so that lookups before a mount find nothing */
	return OK;
}

int
main(void)
{
	static const struct fsserver ext2 = {
		.name = "ext2",
		.init_fresh = init,
		.init_restart = init,
		.mount = ext2_mount,
		.was_clean = ext2_was_clean,
		.unmount = ext2_unmount,
		.lookup = ext2_lookup,
		.getnode = ext2_getnode,
		.putnode = ext2_putnode,
		.stat = ext2_stat,
		.read = ext2_read,
		.write = ext2_write,
		.getdents = ext2_getdents,
		.create = ext2_create,
		.link = ext2_link,
		.unlink = ext2_unlink,
		.rename = ext2_rename,
		.symlink = ext2_symlink,
		.readlink = ext2_readlink,
		.truncate = ext2_truncate,
		.chmod = ext2_chmod,
		.chown = ext2_chown,
		.utime = ext2_utime,
		.sync = ext2_sync,
		.statvfs = ext2_statvfs,
		.newdriver = ext2_newdriver,
		.signal = on_signal,
		.dump = dump,
	};

	return fsserver_run(&ext2);
}
