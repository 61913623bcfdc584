/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Record locks: readers share, writers do not, ranges split and
 * merge, who waits gets its turn, a circle is EDEADLK or at least no hang,
 * and a process's locks go with it or with any of its descriptors.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

static int fd;

static int
lock(int cmd, int type, int start, int len)
{
	struct flock l = { .l_type = (short)type,
		.l_whence = SEEK_SET,
		.l_start = start,
		.l_len = len };

	return fcntl(fd, cmd, &l);
}

/* From another process: is a byte free for writing? */
static int
is_free(int at)
{
	return lock(F_SETLK, F_WRLCK, at, 1) == 0;
}

static int
readable(int at)
{
	return lock(F_SETLK, F_RDLCK, at, 1) == 0;
}

static int
holder(int at)
{
	struct flock l = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = at,
		.l_len = 1 };

	return fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK &&
		l.l_pid == getppid()
	    ? 1
	    : 0;
}

static void
ranges(void)
{
	CHECK(lock(F_SETLK, F_WRLCK, 10, 10) == 0);
	CHECK(child_with(is_free, 9) && child_with(is_free, 20));
	CHECK(!child_with(is_free, 10) && !child_with(is_free, 19));
	CHECK(!child_with(readable, 15) && child_with(holder, 15));
	CHECK(!child_with(holder, 20));
	CHECK(lock(F_SETLK, F_UNLCK, 13, 4) == 0); /* a hole */
	CHECK(child_with(is_free, 13) && child_with(is_free, 16));
	CHECK(!child_with(is_free, 12) && !child_with(is_free, 17));
	CHECK(lock(F_SETLK, F_RDLCK, 10, 10) == 0);
	CHECK(child_with(readable, 15) && !child_with(is_free, 15));
	CHECK(lock(F_SETLK, F_WRLCK, 100, 0) == 0); /* to the end */
	CHECK(!child_with(is_free, 1000000) && child_with(is_free, 99));
	CHECK(lock(F_SETLK, F_UNLCK, 0, 0) == 0);
	CHECK(child_with(is_free, 10) && child_with(is_free, 1000000));
	CHECK(lock(F_SETLK, 99, 0, 1) == -1 && errno == EINVAL);
}

/* Hold a lock, say so, let go after a while by ending. */
static int
hold(int out)
{
	if (lock(F_SETLK, F_WRLCK, 0, 1) != 0 || write(out, "h", 1) != 1)
		return 1;
	pause_ms(150);
	return 0;
}

static void
turns(void)
{
	int ends[2];
	char c;
	pid_t pid;

	CHECK(pipe(ends) == 0);
	pid = fork();
	if (pid == 0)
		_exit(hold(ends[1]));
	CHECK(read(ends[0], &c, 1) == 1);
	CHECK(lock(F_SETLK, F_WRLCK, 0, 1) == -1 &&
	    (errno == EAGAIN || errno == EACCES));
	CHECK(lock(F_SETLKW, F_WRLCK, 0, 1) == 0);
	CHECK(child_end(pid) == 0 && lock(F_SETLK, F_UNLCK, 0, 1) == 0);
	pid = fork();
	if (pid == 0)
		_exit(hold(ends[1]));
	CHECK(read(ends[0], &c, 1) == 1 && kill(pid, SIGKILL) == 0);
	CHECK(lock(F_SETLKW, F_WRLCK, 0, 1) == 0);
	CHECK(child_end(pid) == SIGNALLED + SIGKILL);
	close(ends[0]);
	close(ends[1]);
}

int
main(int argc, char **argv)
{
	int twin;

	(void)report_begin("vfs-locks", argc > 1 ? argv[1] : NULL);
	fd = open("/tmp/vfs.lock", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0);
	ranges();
	turns();
	CHECK(lock(F_SETLK, F_WRLCK, 5, 1) == 0 && !child_with(is_free, 5));
	twin = open("/tmp/vfs.lock", O_RDONLY);
	CHECK(twin >= 0 && close(twin) == 0); /* takes all locks along */
	CHECK(child_with(is_free, 5));
	close(fd);
	CHECK(unlink("/tmp/vfs.lock") == 0);
	return report_end();
}
