/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C3. Drivers and the pipe server die, and are held back by RS. Who
 * needs one meanwhile waits; nothing that is written to the console is
 * refused, and what had been asked of the dead is asked of the living. A
 * signal ends the wait; so does the news that a service stays away.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/cdev.h>
#include <proto/fs.h>
#include <proto/rs.h>

#include "test/program/program.h"
#include "test/rs/client.h"
#include "test/vfs/lying.h"

#define DEATHS 3 /* in a row: from the second on RS waits before it starts it */

/* Kill a service, and do not wait until it is back. */
static void
murder(const char *label)
{
	struct rs_info info;

	CHECK(agent_info(label, &info));
	if (info.pid > 0)
		CHECK(kill(info.pid, SIGKILL) == 0);
}

static bool
is_held_back(const char *label)
{
	struct rs_info info;

	return agent_info(label, &info) && (info.flags & RSI_BACKOFF) != 0;
}

static bool
pipe_works(void)
{
	static char data[1000], back[1000]; /* too many for VFS itself */
	int fd[2];
	bool ok;

	if (pipe(fd) != 0)
		return false;
	ok = write(fd[1], data, sizeof data) == (ssize_t)sizeof data &&
	    read(fd[0], back, sizeof back) == (ssize_t)sizeof back;
	close(fd[0]);
	close(fd[1]);
	return ok;
}

static bool
device_works(const char *path, int flags)
{
	char c = '\n';
	int fd = open(path, flags | O_NOCTTY);
	bool ok = fd >= 0 &&
	    (flags == O_WRONLY ? write(fd, &c, 1) : read(fd, &c, 1)) == 1;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
console_works(void)
{
	return device_works("/dev/console", O_WRONLY);
}

static bool
memory_works(void)
{
	return device_works("/dev/zero", O_RDONLY);
}

static bool
disk_works(void)
{
	return device_works("/dev/c0d0", O_RDONLY) || errno == EINVAL;
}

/* Nothing fails, however often it dies and however long it stays away. */
static void
test_waits(const char *label, bool (*works)(void))
{
	int i, held = 0;

	(void)report_note("%s", label);
	for (i = 0; i < DEATHS; i++) {
		murder(label);
		pause_ms(50);
		held += is_held_back(label);
		CHECK(works());
	}
	CHECK(held > 0); /* or nobody had to wait */
}

/* A descriptor of a driver serves on with the next one. */
static void
test_descriptor(void)
{
	char buf[8];
	int fd = open(LIAR_DEV, O_RDWR);

	CHECK(fd >= 0);
	liar_order(CDEV_READ, LIE_DIE, 0, 0, 1);
	CHECK(read(fd, buf, sizeof buf) == (ssize_t)sizeof buf);
	liar_order(CDEV_WRITE, LIE_DIE, 0, 0, 1);
	CHECK(write(fd, buf, sizeof buf) == (ssize_t)sizeof buf);
	CHECK(liar.told == 1);
	CHECK(close(fd) == 0);
}

/* Reads until it can no longer; its errno. */
static int
reader(void)
{
	char c;
	int fd = open(LIAR_DEV, O_RDONLY);

	while (fd >= 0 && read(fd, &c, 1) == 1)
		continue;
	return errno;
}

static void
handler(int sig)
{
	(void)sig;
}

static int
interrupted(void)
{
	struct sigaction sa = { .sa_handler = handler };

	(void)sigaction(SIGALRM, &sa, NULL);
	(void)alarm(1);
	return reader();
}

/* The driver dies until RS holds it back for long. */
static void
hold_back(void)
{
	int i;

	for (i = 0; i < 50 && !is_held_back(LIAR_LABEL); i++) {
		murder(LIAR_LABEL);
		pause_ms(50);
	}
	murder(LIAR_LABEL);
	CHECK(is_held_back(LIAR_LABEL));
}

static void
test_interrupted(void)
{
	hold_back();
	CHECK(child(interrupted) == EINTR);
}

/* Who shall not block is told so; poll waits for the news. */
static void
test_no_blocking(void)
{
	int fd = open(LIAR_DEV, O_RDONLY | O_NONBLOCK);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char c;

	CHECK(fd >= 0);
	hold_back();
	CHECK(read(fd, &c, 1) == -1 && errno == EAGAIN);
	CHECK(poll(&p, 1, 100) == 0);
	CHECK(poll(&p, 1, 60000) == 1 && p.revents == POLLIN);
	CHECK(read(fd, &c, 1) == 1 && close(fd) == 0);
}

/* A file server dies over requests: those that only look are made again of the
 * next one; those that change something fail, for nobody knows how far they
 * came. When RS holds it back they wait, and when it stays away they do not. */
static void
test_files(void)
{
	CHECK(liar_mount() == 0);
	liar_order(FS_LOOKUP, LIE_DIE, 0, 0, 1);
	CHECK(access(LIAR_DIR "/file", F_OK) == 0 && liar.told == 1);
	liar_order(FS_CREATE, LIE_DIE, 0, 0, 1);
	CHECK(mkdir(LIAR_DIR "/new", 0700) == -1 && errno == EIO);
	CHECK(mkdir(LIAR_DIR "/new", 0700) == 0);
	hold_back();
	CHECK(access(LIAR_DIR "/file", F_OK) == 0);
	hold_back();
	CHECK(label_request(RS_DOWN, LIAR_LABEL) == OK);
	CHECK(access(LIAR_DIR "/file", F_OK) == -1 && errno == EIO);
	CHECK(umount(LIAR_DIR) == -1 && errno == EIO); /* it is given up */
	CHECK(access(LIAR_DIR "/file", F_OK) == -1 && errno == ENOENT);
}

/* It is told to stay away: the wait is over at once. */
static void
test_down(void)
{
	int fd = open(LIAR_DEV, O_RDONLY), status;
	pid_t pid;
	char c;

	CHECK(fd >= 0);
	hold_back();
	pid = fork();
	if (pid == 0)
		_exit(reader());
	pause_ms(100);
	CHECK(waitpid(pid, &status, WNOHANG) == 0); /* it waits */
	CHECK(label_request(RS_DOWN, LIAR_LABEL) == OK);
	CHECK(child_end(pid) == ENXIO);
	CHECK(read(fd, &c, 1) == -1 && errno == EIO);
	CHECK(open(LIAR_DEV, O_RDONLY) == -1 && errno == ENXIO);
	CHECK(close(fd) == 0);
}

/* A request of which each driver dies is not made for ever. */
static void
test_deadly(void)
{
	char c;
	int fd = open(LIAR_DEV, O_RDONLY);

	CHECK(fd >= 0);
	liar_order(CDEV_READ, LIE_DIE, 0, 0, 100);
	CHECK(read(fd, &c, 1) == -1 && errno == EIO);
	CHECK(liar.told >= 2 && liar.told <= 8);
	liar_truth();
	CHECK(read(fd, &c, 1) == 1);
	CHECK(close(fd) == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-returns", argc > 1 ? argv[1] : NULL);
	test_waits("pipe", pipe_works);
	test_waits("memory", memory_works);
	test_waits("tty", console_works);
	test_waits("ata", disk_works);
	if (!CHECK(liar_up()))
		return report_end();
	test_descriptor();
	test_interrupted();
	test_no_blocking();
	test_deadly();
	test_down();
	(void)unlink(LIAR_DEV);
	(void)unlink(LIAR_DISK);
	CHECK(liar_up());
	test_files();
	(void)unlink(LIAR_DEV);
	(void)unlink(LIAR_DISK);
	CHECK(system_alive());
	return report_end();
}
