/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A file server or driver says nothing. Nobody but its callers waits: others
 * go on, sync ends, a caller can be killed, and after a minute the wait is
 * over. A late answer is not taken for another, and what it gives is given
 * back. Only file servers are asked to mount.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/cdev.h>
#include <proto/fs.h>
#include <proto/vfs.h>

#include "test/program/program.h"
#include "test/vfs/lying.h"

PROTO_STUB(VFS_USAGE, vfs_usage)

#define FOR_EVER 1000 /* requests that are not answered */
#define SOON     10   /* seconds in which what is killed must end */
#define IN_TIME  90   /* seconds in which every wait must end */

static time_t
now(void)
{
	struct timespec t;

	return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? t.tv_sec : 0;
}

/* Each does what waits for the service, and returns its errno. */
static int
do_mount(void)
{
	return liar_mount() == 0 ? 0 : errno;
}

static int
do_lookup(void)
{
	return access(LIAR_DIR "/file", F_OK) == 0 ? 0 : errno;
}

static int
do_open(void)
{
	return open(LIAR_DEV, O_RDWR) >= 0 ? 0 : errno;
}

static int
do_read(void)
{
	char c;
	int fd = open(LIAR_DEV, O_RDONLY);

	return fd >= 0 && read(fd, &c, 1) == 1 ? 0 : errno;
}

/* Start one of them at a service that says nothing to this request; returns
 * when the service has it. */
static pid_t
begin(int type, int (*what)(void))
{
	pid_t pid;

	liar_order(type, LIE_SILENT, 0, 0, FOR_EVER);
	pid = fork();
	if (pid == 0)
		_exit(what());
	while (pid > 0 && liar.told == 0)
		pause_ms(20);
	return pid;
}

/* Requests that VFS works on, beside this one. */
static int
requests(void)
{
	struct vfs_usage_req req = { 0 };
	struct vfs_usage_rep rep;

	if (call_vfs_usage(VFS_PROC_NR, &req, &rep) != OK)
		return -1;
	return (int)rep.workers - 1;
}

/* One caller waits for an answer, and perhaps another for its turn; others do
 * not. Both are killed. */
static void
test_killed(int type, int (*what)(void), bool two)
{
	const int before = requests();
	pid_t first = begin(type, what), second = two ? fork() : 0;
	time_t start;

	if (two && second == 0)
		_exit(what());
	pause_ms(100);
	CHECK(requests() == before + 1 + two);
	CHECK(system_alive());
	start = now();
	CHECK(kill(first, SIGKILL) == 0);
	CHECK(child_end(first) == SIGNALLED + SIGKILL);
	if (two) {
		CHECK(kill(second, SIGKILL) == 0);
		CHECK(child_end(second) == SIGNALLED + SIGKILL);
	}
	while (requests() > before && now() - start <= SOON)
		pause_ms(100);
	CHECK(requests() == before);
	liar_truth();
	pause_ms(200);
}

static void
handler(int sig)
{
	(void)sig;
}

/* A signal ends a read, though the driver does not even say that. */
static int
interrupted_read(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (sigaction(SIGALRM, &sa, NULL) != 0)
		return -1;
	(void)alarm(1);
	return do_read();
}

/* Without a signal the wait ends, too; and it is not for ever. */
static void
test_patience(int type, int (*what)(void))
{
	time_t start = now();
	pid_t pid = begin(type, what);

	CHECK(child_end(pid) == EIO);
	CHECK(now() - start <= IN_TIME);
	liar_truth();
	pause_ms(200);
}

/* Services that are no file servers. */
static void
test_no_file_server(void)
{
	static const char *const others[] = { "tty", "log", "pipe", "ds",
		"is" };
	size_t i;

	for (i = 0; i < sizeof others / sizeof others[0]; i++)
		CHECK(mount(LIAR_DISK, LIAR_DIR, others[i], 0) == -1 &&
		    errno == ENODEV);
	CHECK(mount(LIAR_DISK, LIAR_DIR, "nobody", 0) == -1);
	CHECK(mount("/etc/rc", LIAR_DIR, LIAR_LABEL, 0) == -1 &&
	    errno == ENOTBLK && strlen(strerror(errno)) > 0);
}

/* The mount that nobody waits for is not made; then the next one is. */
static void
test_mounting(void)
{
	struct stat st;
	pid_t pid = begin(FS_MOUNT, do_mount);

	sync(); /* a file system that is not there yet need not be written */
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(child_end(pid) == SIGNALLED + SIGKILL);
	liar_truth();
	(void)liar_settled(); /* the mount may have been faster */
	(void)umount(LIAR_DIR);
	test_killed(FS_MOUNT, do_mount, false);
	CHECK(stat(LIAR_DIR "/file", &st) == -1 && errno == ENOENT);
	CHECK(liar_mount() == 0 && liar_settled());
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-silent", argc > 1 ? argv[1] : NULL);
	if (!CHECK(liar_up()))
		return report_end();
	test_no_file_server();
	test_mounting();
	test_killed(FS_LOOKUP, do_lookup, true);
	CHECK(liar_settled());
	test_killed(CDEV_OPEN, do_open, true);
	test_killed(CDEV_READ, do_read, true);
	CHECK(child_end(begin(CDEV_READ, interrupted_read)) == EINTR);
	liar_truth();
	test_patience(CDEV_OPEN, do_open);
	CHECK(liar_settled());
	test_patience(FS_LOOKUP, do_lookup);
	CHECK(liar_settled() && umount(LIAR_DIR) == 0);
	test_patience(FS_MOUNT, do_mount);
	liar_down();
	CHECK(system_alive());
	return report_end();
}
