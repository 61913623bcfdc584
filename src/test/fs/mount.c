/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A second disk: another file server mounts it, files go there and come back,
 * and it is unmounted again. Without a second disk, a remark.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/report/report.h"

#define DISK  "/dev/c0d1"
#define LABEL "ext2b"

static uint8_t data[40000], back[40000];

/* Run service(8); up to four arguments. */
static int
service(const char *const *args)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/service", "service", args[0], args[1], args[2],
		    args[3], (char *)NULL);
		_exit(1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return status;
}

static void
test_files(void)
{
	struct stat st;
	size_t i;
	int fd;

	CHECK(stat("/mnt/lost+found", &st) == 0);
	for (i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 3 + i / 256);
	fd = open("/mnt/file", O_RDWR | O_CREAT, 0644);
	CHECK(fd >= 0);
	CHECK(write(fd, data, sizeof data) == (ssize_t)sizeof data);
	CHECK(rename("/mnt/file", "/tmp/file") == -1 && errno == EXDEV);
	CHECK(umount("/mnt") == -1 && errno == EBUSY);
	CHECK(close(fd) == 0);
}

/* Its server ends under a mount, which is then given up; the next server is
 * not asked to mount what nobody wants any more. */
static void
test_given_up(const char *const *up, const char *const *down)
{
	struct stat st;

	CHECK(mount(DISK, "/mnt", LABEL, MS_RDONLY) == 0);
	CHECK(service(down) == 0);
	CHECK(umount("/mnt") == -1 && errno == EIO);
	CHECK(stat("/mnt/file", &st) == -1 && errno == ENOENT);
	CHECK(service(up) == 0);
	(void)sleep(2);
	CHECK(mount(DISK, "/mnt", LABEL, MS_RDONLY) == 0);
	CHECK(stat("/mnt/file", &st) == 0);
	CHECK(umount("/mnt") == 0);
}

int
main(int argc, char **argv)
{
	static const char *const up[] = { "up", "/sbin/ext2", "-label", LABEL };
	static const char *const down[] = { "down", LABEL, NULL, NULL };
	struct stat st;
	int fd;

	(void)report_begin("fs-mount", argc > 1 ? argv[1] : NULL);
	fd = open(DISK, O_RDONLY);
	if (fd == -1) {
		(void)report_note("no second disk");
		return report_end();
	}
	(void)close(fd);
	CHECK(service(up) == 0);
	CHECK(mount(DISK, "/mnt", "ext2", 0) == -1 && errno == EBUSY);
	CHECK(mount(DISK, "/mnt", LABEL, 0) == 0);
	test_files();
	CHECK(umount("/mnt") == 0);
	CHECK(stat("/mnt/file", &st) == -1 && errno == ENOENT);
	CHECK(mount(DISK, "/mnt", LABEL, MS_RDONLY) == 0);
	fd = open("/mnt/file", O_RDONLY);
	CHECK(read(fd, back, sizeof back) == (ssize_t)sizeof back);
	CHECK(memcmp(data, back, sizeof data) == 0);
	CHECK(
	    open("/mnt/new", O_WRONLY | O_CREAT, 0644) == -1 && errno == EROFS);
	CHECK(close(fd) == 0);
	CHECK(umount("/mnt") == 0);
	test_given_up(up, down);
	CHECK(service(down) == 0);
	return report_end();
}
