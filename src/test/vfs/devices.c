/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Devices and file systems: /dev/null, /dev/zero and the like do
 * what they should, nodes without a driver answer ENXIO or ENODEV, the disk
 * can be read past its file system, statvfs tells figures that change as
 * files do, and mounting what is none fails.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <termios.h>
#include <unistd.h>

#include "test/program/program.h"

static void
memory_devices(void)
{
	char buf[64];
	struct stat st;
	int fd = open("/dev/null", O_RDWR), i, zero = 1;

	CHECK(fd >= 0 && write(fd, buf, 64) == 64 && read(fd, buf, 64) == 0);
	CHECK(fstat(fd, &st) == 0 && S_ISCHR(st.st_mode));
	CHECK(isatty(fd) == 0 && close(fd) == 0);
	memset(buf, 1, sizeof buf);
	fd = open("/dev/zero", O_RDONLY);
	CHECK(fd >= 0 && read(fd, buf, 64) == 64 && close(fd) == 0);
	for (i = 0; i < 64; i++)
		zero = zero && buf[i] == 0;
	CHECK(zero);
	fd = open("/dev/console", O_RDWR | O_NOCTTY);
	CHECK(fd >= 0 && isatty(fd) == 1 && close(fd) == 0);
}

static void
no_driver(void)
{
	int fd;

	CHECK(mknod("/tmp/vfs.node", S_IFCHR | 0600, 60 << 8 | 1) == 0);
	fd = open("/tmp/vfs.node", O_RDONLY);
	CHECK(fd == -1 && (errno == ENXIO || errno == ENODEV));
	CHECK(unlink("/tmp/vfs.node") == 0);
	CHECK(mknod("/tmp/vfs.node", S_IFCHR | 0600, 1 << 8 | 200) == 0);
	fd = open("/tmp/vfs.node", O_RDONLY);
	CHECK(fd == -1 && (errno == ENXIO || errno == ENODEV));
	CHECK(unlink("/tmp/vfs.node") == 0);
}

/* A driver of characters behind a node that says blocks: it is not asked for
 * what it does not know, and not blamed for that. */
static void
wrong_kind(void)
{
	static char sector[512];
	int fd;

	CHECK(mknod("/tmp/vfs.node", S_IFBLK | 0600, 1 << 8 | 3) == 0);
	fd = open("/tmp/vfs.node", O_RDWR);
	CHECK(fd >= 0 && read(fd, sector, 512) == -1 && errno == EIO);
	CHECK(write(fd, sector, 512) == -1 && errno == EIO);
	CHECK(close(fd) == 0);
	CHECK(unlink("/tmp/vfs.node") == 0);
}

static void
disk(void)
{
	static unsigned char sector[512];
	int fd = open("/dev/c0d0", O_RDONLY);

	CHECK(fd >= 0 && read(fd, sector, 512) == 512);
	CHECK(sector[510] == 0x55 && sector[511] == 0xaa);
	CHECK(pread(fd, sector, 512, 0) == 512 && sector[511] == 0xaa);
	CHECK(pread(fd, sector, 2, 510) == -1 && errno == EINVAL);
	CHECK(pread(fd, sector, 512, 0x7ffffe00) == 0);
	close(fd);
}

static void
figures(void)
{
	struct statvfs before, after;
	int fd;

	CHECK(statvfs("/", &before) == 0 && before.f_bsize == 4096);
	CHECK(before.f_bfree <= before.f_blocks && before.f_namemax == 255);
	fd = open("/tmp/vfs.figures", O_WRONLY | O_CREAT, 0600);
	CHECK(write(fd, "x", 1) == 1 && fsync(fd) == 0);
	CHECK(fstatvfs(fd, &after) == 0);
	CHECK(after.f_bfree + 1 == before.f_bfree);
	CHECK(after.f_ffree + 1 == before.f_ffree);
	CHECK(close(fd) == 0 && unlink("/tmp/vfs.figures") == 0);
	CHECK(statvfs("/", &after) == 0 && after.f_bfree == before.f_bfree);
	CHECK(after.f_ffree == before.f_ffree);
}

static void
mounting(void)
{
	CHECK(mkdir("/tmp/vfs.mnt", 0700) == 0);
	CHECK(mount("/dev/none", "/tmp/vfs.mnt", "ext2", 0) == -1);
	CHECK(mount("/bin/sh", "/tmp/vfs.mnt", "ext2", 0) == -1);
	CHECK(mount("/dev/null", "/tmp/vfs.mnt", "ext2", 0) == -1);
	CHECK(mount("/dev/c0d0", "/tmp/vfs.mnt", "ext2", 0) == -1);
	CHECK(mount("/dev/c0d1", "/tmp/vfs.mnt", "none", 0) == -1);
	CHECK(umount("/tmp/vfs.mnt") == -1 && errno == EINVAL);
	CHECK(umount("/") == -1);
	CHECK(rmdir("/tmp/vfs.mnt") == 0);
}

/* A buffer that is none is told as that, and so is every other reason. */
static void
entropy(void)
{
	static const char zeros[256];
	char buf[256] = "";
	int fd = -1, first = -1;

	CHECK(getentropy(buf, sizeof buf) == 0 &&
	    memcmp(buf, zeros, sizeof buf) != 0);
	CHECK(getentropy(buf, 0) == 0);
	CHECK(getentropy(buf, 257) == -1 && errno == EIO);
	CHECK(getentropy((void *)8, 16) == -1 && errno == EFAULT);
	CHECK(getentropy((void *)0xC0000000u, 1) == -1 && errno == EFAULT);
	while ((fd = dup(0)) >= 0)
		first = first < 0 ? fd : first;
	CHECK(getentropy(buf, 16) == -1 && errno == EMFILE);
	for (fd = first; close(fd) == 0; fd++)
		;
	CHECK(getentropy(buf, 16) == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-devices", argc > 1 ? argv[1] : NULL);
	memory_devices();
	entropy();
	no_driver();
	wrong_kind();
	disk();
	figures();
	mounting();
	return report_end();
}
