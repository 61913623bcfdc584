/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C3. The drivers and the root's file server are killed in turn, some
 * number of times each (2, or as the second argument says), while processes
 * work with files, pipes and the terminal. What fsync() has said is on the disk
 * is there, whole, and nothing else is taken for it; a request may fail, but
 * then it says so. Afterwards nothing has been leaked: not a process, slot,
 * grant, mapping, vnode, block or inode.
 *
 * A writer makes each version of its file under another name, synchronises it,
 * renames it, and synchronises the directory. Between any two steps the file is
 * one version as a whole: the last that was synchronised, or one that was tried
 * since.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define DIR     "/tmp/kills"
#define WRITERS 3
#define OTHERS  2
#define FRAMES  12 /* that do not count: fewer than any leak would make */
#define PARTS   30 /* of a file: each is one number, many times */

static const char *const label[] = { "ata", "ext2", "tty", "memory", "log",
	"pipe" };

PROTO_STUB(VM_INFO, vm_info)

#define LABELS (sizeof label / sizeof label[0])

static volatile sig_atomic_t over;

static void
on_term(int sig)
{
	(void)sig;
	over = 1;
}

/* A version of a file: its size, and what it has where. */
static size_t
version_size(uint32_t version)
{
	return (version * 2654435761u >> 16) % PARTS + 1;
}

/* Write a version; is it on the disk? */
static bool
version_write(const char *name, uint32_t version)
{
	static uint32_t part[256];
	size_t i, n = version_size(version);
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	bool ok = fd >= 0;

	for (i = 0; i < n && ok; i++) {
		for (size_t k = 0; k < 256; k++)
			part[k] = version * 1000 + (uint32_t)i;
		ok = write(fd, part, sizeof part) == sizeof part;
	}
	if (fd < 0)
		return false;
	ok = ok && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

/* Read a whole file, which is whole. @retval -1 it cannot be read now
 * @retval -2 it is not there, or damaged @return else its version */
static int64_t
version_read(const char *name)
{
	static uint32_t part[256];
	uint32_t version = 0;
	int fd = open(name, O_RDONLY);
	size_t i, k;
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT ? -2 : -1;
	for (i = 0; (n = read(fd, part, sizeof part)) == sizeof part; i++) {
		version = part[0] / 1000;
		for (k = 0; k < 256; k++)
			if (part[k] != version * 1000 + i)
				n = -2;
		if (n == -2)
			break;
	}
	if (n == -1 || close(fd) != 0)
		return -1;
	return n == 0 && i == version_size(version) ? (int64_t)version : -2;
}

/* Read until it can be read. */
static int64_t
version_there(const char *name)
{
	int64_t version;
	int i;

	for (i = 0; i < 600; i++) {
		version = version_read(name);
		if (version != -1)
			return version;
		pause_ms(100);
	}
	return -1;
}

static int
writer(int who)
{
	char name[32], next[32];
	int64_t safe = 0, tried = 0, there;
	int dir = open(DIR, O_RDONLY); /* so that it is told of its losses */

	snprintf(name, sizeof name, DIR "/w%d", who);
	snprintf(next, sizeof next, DIR "/w%d.next", who);
	while (!over) {
		tried++;
		if (version_write(next, (uint32_t)tried) &&
		    rename(next, name) == 0 && fsync(dir) == 0)
			safe = tried;
		if (safe == 0)
			continue;
		there = version_there(name);
		if (there < safe || there > tried)
			return 100 + (int)(there < 0 ? -there : 10);
	}
	(void)close(dir); /* it has written nothing */
	return safe > 0 ? 0 : 99;
}

/* Bytes go through a pipe, or somebody says that they do not. */
static int
piper(int who)
{
	unsigned char c;
	int fd[2], i, r = 0;

	(void)who;
	while (!over && r == 0) {
		if (pipe(fd) != 0) {
			pause_ms(50);
			continue;
		}
		for (i = 0; i < 200 && r == 0; i++) {
			c = (unsigned char)i;
			if (write(fd[1], &c, 1) != 1 || read(fd[0], &c, 1) != 1)
				break;
			if (c != (unsigned char)i)
				r = 1;
		}
		close(fd[0]);
		close(fd[1]);
	}
	return r;
}

/* The terminal, the log and memory. */
static int
talker(int who)
{
	static const char *const device[] = { "/dev/console", "/dev/klog",
		"/dev/null" };
	char zero[64];
	int fd, n = 0;
	ssize_t r;

	(void)who;
	while (!over) {
		fd = open(device[n++ % 3], O_WRONLY | O_NOCTTY);
		if (fd >= 0) {
			(void)write(fd, "kills\n", 6);
			close(fd);
		}
		fd = open("/dev/zero", O_RDONLY);
		r = fd >= 0 ? read(fd, zero, sizeof zero) : 0;
		while (r > 0)
			if (zero[--r] != 0)
				return 1;
		if (fd >= 0)
			close(fd);
		pause_ms(20);
	}
	return 0;
}

static void
begin(pid_t pid[WRITERS + OTHERS])
{
	static int (*const other[OTHERS])(int) = { piper, talker };
	int i;

	for (i = 0; i < WRITERS + OTHERS; i++) {
		pid[i] = fork();
		if (pid[i] != 0)
			continue;
		(void)signal(SIGTERM, on_term);
		_exit(i < WRITERS ? writer(i) : other[i - WRITERS](i));
	}
}

/* Let the work end; has everything been as it should? */
static void
end(const pid_t pid[WRITERS + OTHERS])
{
	int i, r;

	for (i = 0; i < WRITERS + OTHERS; i++)
		CHECK(kill(pid[i], SIGTERM) == 0);
	for (i = 0; i < WRITERS + OTHERS; i++) {
		r = child_end(pid[i]);
		if (!CHECK(r == 0))
			(void)report_note("worker %d: %d", i, r);
	}
}

/* Kill it, and do not wait as long as RS would before it starts it again. */
static void
murder(const char *victim)
{
	struct rs_info info, now;
	int i;

	if (!CHECK(agent_info(victim, &info)) ||
	    !CHECK(kill(info.pid, SIGKILL) == 0))
		return;
	for (i = 0; i < 100; i++) {
		if (agent_info(victim, &now) &&
		    now.pub.endpoint != info.pub.endpoint)
			break;
		pause_ms(10);
	}
	if (agent_info(victim, &now) && now.pub.endpoint == NONE)
		(void)label_request(RS_RESTART, victim); /* unless it is up */
	CHECK(agent_again(victim, &info));
}

static void
murders(int times)
{
	uint32_t state = 12345;
	int i;
	size_t k;

	for (i = 0; i < times; i++)
		for (k = 0; k < LABELS; k++) {
			state = state * 1664525 + 1013904223;
			pause_ms(20 + (state >> 16) % 150);
			murder(label[k]);
		}
}

static uint32_t
frames_free(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep = { 0 };

	CHECK(call_vm_info(VM_PROC_NR, &req, &rep) == OK);
	return rep.frames_free;
}

/* What is in use, from new services: their memory depends on what they have
 * done. Frames are apart: those of a program may be shared with the cache that
 * it was read from. */
static uint32_t
look(const char *to)
{
	static const char *const all[] = { "log", "memory", "ds", "is", "pipe",
		"ata", "tty", "ext2" };
	char command[128];
	size_t i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++)
		CHECK(label_request(RS_REFRESH, all[i]) == OK);
	pause_ms(1000);
	snprintf(command, sizeof command,
	    "sysinfo >/tmp/all; df /tmp >>/tmp/all; "
	    "grep -v frames /tmp/all >%s",
	    to);
	CHECK(shell(command) == 0);
	return frames_free();
}

static void
round_of(int times)
{
	pid_t pid[WRITERS + OTHERS];

	CHECK(mkdir(DIR, 0700) == 0);
	begin(pid);
	pause_ms(300);
	murders(times);
	end(pid);
	CHECK(shell("rm -r " DIR) == 0);
}

int
main(int argc, char **argv)
{
	uint32_t before, after;
	int times = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 2, i;

	(void)report_begin("robust-kills", argc > 1 ? argv[1] : NULL);
	CHECK(shell(">/tmp/before; >/tmp/after; >/tmp/all") == 0);
	for (i = 0; i < 20; i++) /* tables grow: RS's of what DS is told */
		CHECK(label_request(RS_REFRESH, "log") == OK);
	round_of(1); /* and all others */
	(void)look("/tmp/after");
	(void)look("/tmp/before"); /* now all three take a block */
	before = look("/tmp/before");
	round_of(times);
	after = look("/tmp/after");
	if (!CHECK(after + FRAMES >= before))
		(void)report_note("frames %u, %u", before, after);
	if (!CHECK(shell("cmp /tmp/before /tmp/after") == 0))
		(void)shell("cat /tmp/before /tmp/after; sysinfo -s");
	CHECK(shell("rm /tmp/before /tmp/after /tmp/all") == 0);
	CHECK(system_alive());
	printf("%d kills of each\n", times);
	return report_end();
}
