/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Pipes and fifos: end of file and SIGPIPE when the other side
 * goes, writes up to PIPE_BUF in one piece whoever else writes, blocking in
 * both directions and not, and a fifo's opening.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/program/program.h"

static int
broken(void)
{
	int fd[2];

	if (pipe(fd) != 0 || close(fd[0]) != 0)
		return 1;
	(void)!write(fd[1], "x", 1);
	return 2; /* SIGPIPE did not come */
}

static void
ends(void)
{
	int fd[2];
	char buf[8];

	CHECK(pipe(fd) == 0 && write(fd[1], "last", 4) == 4);
	CHECK(close(fd[1]) == 0);
	CHECK(read(fd[0], buf, 8) == 4);
	CHECK(read(fd[0], buf, 8) == 0);
	CHECK(read(fd[0], buf, 8) == 0 && close(fd[0]) == 0);
	CHECK(child(broken) == SIGNALLED + SIGPIPE);
	(void)signal(SIGPIPE, SIG_IGN);
	CHECK(pipe(fd) == 0 && close(fd[0]) == 0);
	CHECK(write(fd[1], "x", 1) == -1 && errno == EPIPE);
	CHECK(close(fd[1]) == 0);
	(void)signal(SIGPIPE, SIG_DFL);
	CHECK(pipe(fd) == 0);
	CHECK(lseek(fd[0], 0, SEEK_SET) == -1 && errno == ESPIPE);
	CHECK(read(fd[1], buf, 1) == -1 && errno == EBADF);
	CHECK(write(fd[0], buf, 1) == -1 && errno == EBADF);
	CHECK(read(fd[0], buf, 0) == 0);
	close(fd[0]);
	close(fd[1]);
}

static void
not_blocking(void)
{
	static char big[PIPE_BUF];
	int fd[2], n, total = 0;

	CHECK(pipe(fd) == 0);
	CHECK(fcntl(fd[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK(fcntl(fd[1], F_SETFL, O_NONBLOCK) == 0);
	CHECK(read(fd[0], big, 1) == -1 && errno == EAGAIN);
	while ((n = (int)write(fd[1], big, sizeof big)) > 0)
		total += n;
	CHECK(n == -1 && errno == EAGAIN && total >= PIPE_BUF);
	CHECK(read(fd[0], big, 10) == 10);
	CHECK(write(fd[1], big, PIPE_BUF) == -1 && errno == EAGAIN);
	CHECK(read(fd[0], big, PIPE_BUF) == PIPE_BUF);
	CHECK(write(fd[1], big, PIPE_BUF) == PIPE_BUF);
	close(fd[0]);
	close(fd[1]);
}

#define WRITERS 4
#define RECORD  1000
#define RECORDS 60

static int
writer(int out)
{
	static char record[RECORD];
	int i;

	for (i = 0; i < RECORDS; i++) {
		memset(record, 'a' + getpid() % 26, sizeof record);
		if (write(out, record, sizeof record) != RECORD)
			return 1;
	}
	return 0;
}

static bool
whole(const char *p)
{
	int i;

	for (i = 1; i < RECORD; i++)
		if (p[i] != p[0])
			return false;
	return true;
}

/* Several writers: records come whole. */
static void
atomic(void)
{
	static char record[RECORD];
	int fd[2], i, n, got, broken_ones = 0, records = 0;
	pid_t pid[WRITERS];

	CHECK(pipe(fd) == 0);
	for (i = 0; i < WRITERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(writer(fd[1]));
	}
	close(fd[1]);
	for (;;) {
		for (n = 0; n < RECORD; n += got) {
			got =
			    (int)read(fd[0], record + n, (size_t)(RECORD - n));
			if (got <= 0)
				break;
		}
		if (n < RECORD)
			break;
		records++;
		broken_ones += !whole(record);
	}
	CHECK(n == 0 && records == WRITERS * RECORDS && broken_ones == 0);
	for (i = 0; i < WRITERS; i++)
		CHECK(child_end(pid[i]) == 0);
	close(fd[0]);
}

/* More than fits, in one write, to a slow reader. */
static void
large(void)
{
	static char out[100000], in[3000];
	int fd[2], n, total = 0, wrong = 0, i;
	pid_t pid;

	for (i = 0; i < (int)sizeof out; i++)
		out[i] = (char)(i * 7 + i / 256);
	CHECK(pipe(fd) == 0);
	pid = fork();
	if (pid == 0)
		_exit(write(fd[1], out, sizeof out) != sizeof out);
	close(fd[1]);
	while ((n = (int)read(fd[0], in, sizeof in)) > 0) {
		wrong += memcmp(in, out + total, (size_t)n) != 0;
		total += n;
		if (total % 9000 == 0)
			pause_ms(10);
	}
	CHECK(n == 0 && total == (int)sizeof out && wrong == 0);
	CHECK(child_end(pid) == 0);
	close(fd[0]);
}

static int
fifo_writer(void)
{
	int fd = open("/tmp/vfs.fifo", O_WRONLY);

	return fd >= 0 && write(fd, "hello", 5) == 5 ? 0 : 1;
}

static void
fifos(void)
{
	struct stat st;
	char buf[8];
	pid_t pid;
	int fd;

	CHECK(mkfifo("/tmp/vfs.fifo", 0600) == 0);
	CHECK(stat("/tmp/vfs.fifo", &st) == 0 && S_ISFIFO(st.st_mode));
	CHECK(open("/tmp/vfs.fifo", O_WRONLY | O_NONBLOCK) == -1);
	CHECK(errno == ENXIO);
	pid = fork();
	if (pid == 0)
		_exit(fifo_writer());
	pause_ms(30); /* it waits for us */
	fd = open("/tmp/vfs.fifo", O_RDONLY);
	CHECK(fd >= 0 && read(fd, buf, 8) == 5 && read(fd, buf, 8) == 0);
	CHECK(child_end(pid) == 0 && close(fd) == 0);
	fd = open("/tmp/vfs.fifo", O_RDONLY | O_NONBLOCK);
	CHECK(fd >= 0 && read(fd, buf, 8) == 0); /* nobody writes */
	CHECK(child(fifo_writer) == 0);
	CHECK(read(fd, buf, 8) == 5 && close(fd) == 0);
	CHECK(unlink("/tmp/vfs.fifo") == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-pipes", argc > 1 ? argv[1] : NULL);
	ends();
	not_blocking();
	atomic();
	large();
	fifos();
	CHECK(shell("seq 1 2000 | cat | tail -n 1 | grep -q 2000") == 0);
	return report_end();
}
