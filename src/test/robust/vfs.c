/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Every call of VFS that takes a pointer answers EFAULT to a wild
 * one, whether it points to nothing, into the kernel or past the end, and
 * loses nothing: descriptors, positions and data are as before.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/vfs.h>

#include "test/program/program.h"

static const uint32_t wild[] = { 0, 0x10, 0x30000000, 0xbffffffe, 0xc0000000,
	0xc0100000, 0xfffffff8 };
#define NWILD (sizeof wild / sizeof wild[0])

/* Calls whose payload begins with a path and its length. */
static const int path_calls[] = { VFS_OPEN, VFS_STAT, VFS_ACCESS, VFS_CHDIR,
	VFS_CHROOT, VFS_MKDIR, VFS_LINK, VFS_UNLINK, VFS_RMDIR, VFS_RENAME,
	VFS_SYMLINK, VFS_READLINK, VFS_CHMOD, VFS_CHOWN, VFS_UTIME,
	VFS_TRUNCATE, VFS_STATVFS, VFS_MOUNT, VFS_UMOUNT };
#define NCALLS (sizeof path_calls / sizeof path_calls[0])

static int
call(int nr, const uint32_t *words, size_t n)
{
	return msg_call(VFS_PROC_NR, nr, words, n * sizeof *words, NULL, 0);
}

static void
paths(void)
{
	uint32_t words[6] = { 0 };
	size_t i, k;

	for (i = 0; i < NCALLS; i++) {
		for (k = 0; k < NWILD; k++) {
			words[0] = words[2] = wild[k];
			words[1] = words[3] = 8;
			if (path_calls[i] == VFS_ACCESS)
				words[2] = 0; /* the mode */
			if (call(path_calls[i], words, 6) != -EFAULT)
				(void)report_obs("failed", "call 0x%x 0x%x",
				    path_calls[i], (unsigned)wild[k]);
			CHECK(call(path_calls[i], words, 6) == -EFAULT);
		}
		words[1] = words[3] = 0;
		CHECK(call(path_calls[i], words, 6) < 0);
		words[1] = words[3] = 0xffffffff;
		CHECK(call(path_calls[i], words, 6) < 0);
	}
}

/* The second of two paths; a good path, but the result has no place. */
static void
seconds(uint32_t bad)
{
	const uint32_t dot = (uint32_t)(uintptr_t) ".";
	const uint32_t two[] = { dot, 2, bad, 8 };
	const uint32_t stat[] = { dot, 2, bad, 0 };
	const uint32_t statvfs[] = { dot, 2, 0, bad };
	const uint32_t link[] = { (uint32_t)(uintptr_t) "/tmp/wild.link", 15,
		bad, 16 };

	CHECK(call(VFS_LINK, two, 4) == -EFAULT);
	CHECK(call(VFS_RENAME, two, 4) == -EFAULT);
	CHECK(call(VFS_SYMLINK, two, 4) == -EFAULT);
	CHECK(call(VFS_STAT, stat, 4) == -EFAULT);
	CHECK(call(VFS_STATVFS, statvfs, 4) == -EFAULT);
	CHECK(call(VFS_READLINK, link, 4) == -EFAULT);
}

/* Data goes nowhere and comes from nowhere. */
static void
buffers(int fd, int pipe_in, int pipe_out, uint32_t bad)
{
	const uint32_t rw[] = { (uint32_t)fd, bad, 4, 0, 0, 0 };
	const uint32_t from[] = { (uint32_t)pipe_in, bad, 4, 0, 0, 0 };
	const uint32_t to[] = { (uint32_t)pipe_out, bad, 4, 0, 0, 0 };
	const uint32_t stat[] = { (uint32_t)fd, bad };
	char buf[8];

	CHECK(lseek(fd, 4, SEEK_SET) == 4);
	CHECK(call(VFS_READ, rw, 6) == -EFAULT);
	CHECK(call(VFS_WRITE, rw, 6) == -EFAULT);
	CHECK(call(VFS_FSTAT, stat, 2) == -EFAULT);
	CHECK(lseek(fd, 0, SEEK_CUR) == 4);
	CHECK(write(pipe_out, "pipe", 4) == 4);
	CHECK(call(VFS_READ, from, 6) == -EFAULT);
	CHECK(call(VFS_WRITE, to, 6) == -EFAULT);
	CHECK(read(pipe_in, buf, 8) == 4 && memcmp(buf, "pipe", 4) == 0);
}

static void
directory(uint32_t bad)
{
	int fd = open("/", O_RDONLY);
	uint32_t words[] = { (uint32_t)fd, bad, 512 };

	CHECK(fd >= 0);
	CHECK(call(VFS_GETDENTS, words, 3) == -EFAULT);
	close(fd);
}

/* The buffer begins well, but its end is not there. */
static void
past_the_end(int fd)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	uint32_t path[4] = { 0, 16, 0, 0 };
	char buf[8] = "";

	if (!CHECK(page != MAP_FAILED && munmap(page + 4096, 4096) == 0))
		return;
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK(read(fd, page + 4092, 8) < 8);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK(write(fd, page + 4092, 8) < 8);
	memset(page + 4088, 'x', 8);
	path[0] = (uint32_t)(uintptr_t)page + 4088;
	CHECK(call(VFS_OPEN, path, 4) == -EFAULT); /* without an end */
	CHECK(pwrite(fd, "contents", 8, 0) == 8 && pread(fd, buf, 8, 0) == 8);
	CHECK(memcmp(buf, "contents", 8) == 0);
	munmap(page, 4096);
}

int
main(int argc, char **argv)
{
	int fd, ends[2];
	size_t i;

	(void)report_begin("robust-vfs", argc > 1 ? argv[1] : NULL);
	fd = open("/tmp/wild", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && write(fd, "contents", 8) == 8);
	CHECK(symlink("target", "/tmp/wild.link") == 0);
	CHECK(pipe(ends) == 0);
	paths();
	for (i = 0; i < NWILD; i++) {
		(void)report_note("0x%x", (unsigned)wild[i]);
		seconds(wild[i]);
		buffers(fd, ends[0], ends[1], wild[i]);
		directory(wild[i]);
	}
	past_the_end(fd);
	CHECK(unlink("/tmp/wild") == 0 && unlink("/tmp/wild.link") == 0);
	CHECK(system_alive());
	return report_end();
}
