/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A file server and a driver lie: about the number of the request, about how
 * it went, about how much they moved, about nodes. Each field, each direction,
 * both sides of each limit: what cannot be true is EIO, what can be is taken.
 * Nothing in VFS is disturbed by it, and RS hears of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/dirent.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <abi/errno.h>
#include <proto/cdev.h>
#include <proto/fs.h>
#include <proto/rs.h>

#include "test/program/program.h"
#include "test/rs/client.h"
#include "test/vfs/lying.h"

#define ROOM 4 /* bytes that are read and written */

static char buf[64];

static int
file_open(int flags)
{
	return open(LIAR_DIR "/file", flags);
}

/* What a program does that makes VFS send one request of interest; 0 or more
 * is success. The file is opened before it is lied about. */
static int
act(int type, int fd)
{
	switch (type) {
	case FS_LOOKUP:
		return access(LIAR_DIR "/file", F_OK);
	case FS_READ:
	case CDEV_READ:
		return (int)read(fd, buf, ROOM);
	case FS_WRITE:
	case CDEV_WRITE:
		return (int)write(fd, buf, ROOM);
	case FS_GETDENTS:
		return (int)getdents(fd, buf, sizeof buf);
	case FS_CREATE:
		return mkdir(LIAR_DIR "/new", 0700);
	case FS_READLINK:
		return (int)readlink(LIAR_DIR "/link", buf, ROOM);
	case FS_CHMOD:
		return fchmod(fd, 0644);
	case FS_CHOWN:
		return fchown(fd, 0, 0);
	case FS_SYNC:
		return fsync(fd);
	case FS_TRUNCATE:
		return ftruncate(fd, LIAR_SIZE);
	case FS_UNLINK:
		return unlink(LIAR_DIR "/gone");
	case CDEV_IOCTL:
		return ioctl(fd, TIOCGPGRP, buf);
	default:
		return 0;
	}
}

/* What is lied about a file server, and whether it can be true. The node of a
 * reply begins at word 0: ino, mode; its size is at words 8 and 9. */
static const struct untruth {
	int type;
	enum lie how;
	uint32_t word, value;
	bool can_be;
} untruths[] = {
	{ FS_LOOKUP, LIE_STATUS, 0, 1, false },
	{ FS_LOOKUP, LIE_STATUS, 0, (uint32_t)-9281128, false },
	{ FS_LOOKUP, LIE_NUMBER, 0, 0, false },
	{ FS_LOOKUP, LIE_WORD, 1, 0644, false },
	{ FS_LOOKUP, LIE_WORD, 1, S_IFDIR | 0755, false },
	{ FS_LOOKUP, LIE_WORD, 1, S_IFREG | 07777, true },
	{ FS_LOOKUP, LIE_WORD, 9, 0x80000000, false },
	{ FS_LOOKUP, LIE_WORD, 9, 0x7fffffff, true },
	{ FS_READ, LIE_STATUS, 0, (uint32_t)-140, false },
	{ FS_READ, LIE_NUMBER, 0, 0, false },
	{ FS_READ, LIE_WORD, 0, ROOM, true },
	{ FS_READ, LIE_WORD, 0, ROOM + 1, false },
	{ FS_READ, LIE_WORD, 0, 0x7fffffff, false },
	{ FS_READ, LIE_WORD, 0, (uint32_t)-1, false },
	{ FS_READ, LIE_WORD, 3, (uint32_t)-1, false },
	{ FS_WRITE, LIE_NUMBER, 0, 0, false },
	{ FS_WRITE, LIE_WORD, 0, 1, true },
	{ FS_WRITE, LIE_WORD, 0, 0, false },
	{ FS_WRITE, LIE_WORD, 0, ROOM + 1, false },
	{ FS_CREATE, LIE_NUMBER, 0, 0, false },
	{ FS_CREATE, LIE_WORD, 1, S_IFREG | 0700, false },
	{ FS_READLINK, LIE_WORD, 0, ROOM, true },
	{ FS_READLINK, LIE_WORD, 0, ROOM + 1, false },
	{ FS_CHMOD, LIE_WORD, 0, S_IFREG | 0600, true },
	{ FS_CHMOD, LIE_WORD, 0, S_IFDIR | 0644, false },
	{ FS_CHOWN, LIE_WORD, 0, S_IFREG | 0644, true },
	{ FS_CHOWN, LIE_WORD, 0, 0, false },
	{ FS_SYNC, LIE_STATUS, 0, 7, false },
	{ FS_SYNC, LIE_NUMBER, 0, 0, false },
	{ FS_TRUNCATE, LIE_STATUS, 0, (uint32_t)-35, false },
	{ FS_UNLINK, LIE_STATUS, 0, (uint32_t)-2000, false },
};

/* A lie to the driver's callers; words of struct cdev_rep. */
static const struct untruth driver_untruths[] = {
	{ CDEV_READ, LIE_STATUS, 0, 1, false },
	{ CDEV_READ, LIE_STATUS, 0, (uint32_t)-9281128, false },
	{ CDEV_READ, LIE_NUMBER, 0, 0, false },
	{ CDEV_READ, LIE_WORD, 1, 6, false },
	{ CDEV_READ, LIE_WORD, 3, ROOM, true },
	{ CDEV_READ, LIE_WORD, 3, ROOM + 1, false },
	{ CDEV_READ, LIE_WORD, 3, 0x7fffffff, false },
	{ CDEV_READ, LIE_WORD, 3, (uint32_t)-1, false },
	{ CDEV_WRITE, LIE_STATUS, 0, (uint32_t)-2000, false },
	{ CDEV_WRITE, LIE_NUMBER, 0, 0, false },
	{ CDEV_WRITE, LIE_WORD, 3, 1, true },
	{ CDEV_WRITE, LIE_WORD, 3, ROOM + 1, false },
	{ CDEV_IOCTL, LIE_STATUS, 0, 1, false },
	{ CDEV_IOCTL, LIE_NUMBER, 0, 0, false },
	{ CDEV_IOCTL, LIE_WORD, 1, 8, false },
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Tell one lie about an open file, and see what comes of it. */
static void
try(const struct untruth *u, int fd)
{
	int r;

	liar_order(u->type, u->how, u->word, u->value, 1);
	errno = 0;
	r = act(u->type, fd);
	liar_truth();
	if (!CHECK(liar.told == 1) ||
	    !CHECK(u->can_be ? r >= 0 : r == -1 && errno == EIO))
		(void)report_note("type 0x%x, lie %d, word %u: 0x%x, %d",
		    (unsigned)u->type, (int)u->how, (unsigned)u->word,
		    (unsigned)u->value, r);
}

static void
test_files(void)
{
	size_t i;
	int fd;

	CHECK(liar_mount() == 0);
	for (i = 0; i < COUNT(untruths); i++) {
		if (!CHECK(liar_settled()))
			return;
		fd = file_open(O_RDWR);
		CHECK(fd >= 0);
		try(&untruths[i], fd);
		CHECK(close(fd) == 0);
	}
}

/* Of a directory the position must advance with what is read. */
static void
test_entries(void)
{
	static const struct untruth lies[] = {
		{ FS_GETDENTS, LIE_WORD, 0, 0, true },
		{ FS_GETDENTS, LIE_WORD, 0, sizeof buf + 1, false },
		{ FS_GETDENTS, LIE_WORD, 0, 1, false },
		{ FS_GETDENTS, LIE_WORD, 3, 0x80000000, false },
	};
	size_t i;
	int fd;

	for (i = 0; i < COUNT(lies); i++) {
		CHECK(liar_settled());
		fd = open(LIAR_DIR, O_RDONLY);
		CHECK(fd >= 0);
		try(&lies[i], fd);
		CHECK(close(fd) == 0);
	}
	CHECK(liar_settled() && umount(LIAR_DIR) == 0);
}

/* The root of a file system is a directory. */
static void
test_mounting(void)
{
	liar_order(FS_MOUNT, LIE_WORD, 1, S_IFREG | 0644, 1);
	CHECK(liar_mount() == -1 && errno == EIO);
	liar_order(FS_MOUNT, LIE_STATUS, 0, 5, 1);
	CHECK(liar_mount() == -1 && errno == EIO);
	liar_order(FS_MOUNT, LIE_NUMBER, 0, 0, 1);
	CHECK(liar_mount() == -1 && errno == EIO);
	CHECK(access(LIAR_DIR "/file", F_OK) == -1 && errno == ENOENT);
}

/* Opening, too; and a select whose answer makes no sense does not wait. */
static void
test_opening(void)
{
	struct timeval tv = { 20, 0 };
	fd_set set;
	int fd;

	liar_order(CDEV_OPEN, LIE_STATUS, 0, 1, 1);
	CHECK(open(LIAR_DEV, O_RDWR) == -1 && errno == EIO);
	liar_order(CDEV_OPEN, LIE_NUMBER, 0, 0, 1);
	CHECK(open(LIAR_DEV, O_RDWR) == -1 && errno == EIO);
	fd = open(LIAR_DEV, O_RDWR);
	CHECK(fd >= 0);
	FD_ZERO(&set);
	FD_SET(fd, &set);
	liar_order(CDEV_SELECT, LIE_WORD, 3, 0x80000000, 1);
	CHECK(select(fd + 1, &set, NULL, NULL, &tv) == 1);
	CHECK(close(fd) == 0);
}

static void
test_driver(void)
{
	size_t i;
	int fd;

	for (i = 0; i < COUNT(driver_untruths); i++) {
		fd = open(LIAR_DEV, O_RDWR);
		CHECK(fd >= 0);
		try(&driver_untruths[i], fd);
		CHECK(read(fd, buf, ROOM) == ROOM);
		CHECK(close(fd) == 0);
	}
}

/* One lie is enough for RS. */
static void
test_complaint(void)
{
	struct rs_info info;
	int fd = open(LIAR_DEV, O_RDWR);

	CHECK(fd >= 0 && agent_info(LIAR_LABEL, &info));
	liar_order(CDEV_READ, LIE_WORD, 3, ROOM + 1, 1);
	CHECK(read(fd, buf, ROOM) == -1 && errno == EIO);
	CHECK(agent_again(LIAR_LABEL, &info));
	CHECK(read(fd, buf, ROOM) == ROOM);
	CHECK(close(fd) == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-lies", argc > 1 ? argv[1] : NULL);
	if (!CHECK(liar_up()))
		return report_end();
	test_complaint();
	test_opening();
	test_driver();
	test_mounting();
	test_files();
	test_entries();
	liar_down();
	CHECK(system_alive());
	return report_end();
}
