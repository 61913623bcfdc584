/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Disk, pipes, terminal and programs are worked as hard as eight processes
 * can, for longer than a service may be silent: all of them are pinged in the
 * middle of their work, and none is ended for it. Proves C3.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define SECONDS 13 /* a ping, its answer, and the next one */
#define DIR     "/tmp/busy"

static const char *const label[] = { "vm", "pm", "vfs", "ds", "tty", "memory",
	"log", "ata", "ext2", "pipe", "is" };

#define LABELS (sizeof label / sizeof label[0])

static time_t end;

/* Write and reach the disk, again and again. */
static int
work_disk(int who)
{
	static char data[32768];
	char name[32];
	int fd, n;

	snprintf(name, sizeof name, DIR "/%d", who);
	while (time(NULL) < end) {
		fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
		for (n = 0; n < 4; n++)
			if (write(fd, data, sizeof data) != sizeof data)
				return 1;
		if (fsync(fd) != 0 || close(fd) != 0 || unlink(name) != 0)
			return 2;
	}
	return 0;
}

/* Read the disk itself, past the cache. */
static int
work_device(int who)
{
	static char data[65536];
	int fd = open("/dev/c0d0", O_RDONLY);
	int n = 0;

	(void)who;
	while (fd >= 0 && time(NULL) < end) {
		if (lseek(fd, n++ % 64 * 65536, SEEK_SET) < 0 ||
		    read(fd, data, sizeof data) != sizeof data)
			return 3;
	}
	return fd >= 0 ? 0 : 4;
}

static int
work_programs(int who)
{
	(void)who;
	while (time(NULL) < end)
		if (shell("echo one two three | wc -w | grep -q 3 &&"
			  " cat /dev/klog >/dev/null") != 0)
			return 5;
	return 0;
}

static int
work_terminal(int who)
{
	int fd = open("/dev/console", O_WRONLY | O_NOCTTY);
	char line[64];
	int n = 0;

	while (fd >= 0 && time(NULL) < end) {
		snprintf(line, sizeof line, "busy %d, line %d\n", who, n++);
		if (write(fd, line, strlen(line)) != (ssize_t)strlen(line))
			return 6;
	}
	return fd >= 0 ? 0 : 7;
}

static int
work(int who)
{
	static int (*const kind[])(
	    int) = { work_disk, work_device, work_programs, work_terminal };

	return kind[who % 4](who);
}

int
main(int argc, char **argv)
{
	static struct rs_info before[LABELS];
	struct rs_info now;
	pid_t pid[8];
	size_t i;

	(void)report_begin("rs-busy", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < LABELS; i++)
		CHECK(agent_info(label[i], &before[i]));
	CHECK(mkdir(DIR, 0700) == 0);
	end = time(NULL) + SECONDS;
	for (i = 0; i < 8; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(work((int)i));
	}
	for (i = 0; i < 8; i++)
		CHECK(child_end(pid[i]) == 0);
	CHECK(rmdir(DIR) == 0);
	for (i = 0; i < LABELS; i++) {
		(void)report_note("%s", label[i]);
		CHECK(agent_info(label[i], &now) &&
		    now.pub.endpoint == before[i].pub.endpoint);
		CHECK(now.last_alive > before[i].last_alive);
	}
	return report_end();
}
