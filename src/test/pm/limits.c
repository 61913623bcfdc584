/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Limits: who may set which how; that children and programs have the same; and
 * of each that what is exactly at the limit is allowed, and one more is not.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define PROGRAM   "/test/pm-limits"
#define FILE_NAME "/tmp/limits"
#define USER      100
#define PAGE      4096

/* setrlimit, as 0 or an error. */
static int
set(int which, rlim_t cur, rlim_t max)
{
	const struct rlimit limit = { cur, max };

	return setrlimit(which, &limit) == 0 ? 0 : errno;
}

static bool
is(int which, rlim_t cur, rlim_t max)
{
	struct rlimit limit = { 0, 0 };

	return getrlimit(which, &limit) == 0 && limit.rlim_cur == cur &&
	    limit.rlim_max == max;
}

/* Limits that hold from the start: the system's. */
static int
first(void)
{
	static const struct {
		int which;
		rlim_t cur, max;
	} of[] = { { RLIMIT_CPU, RLIM_INFINITY, RLIM_INFINITY },
		{ RLIMIT_FSIZE, RLIM_INFINITY, RLIM_INFINITY },
		{ RLIMIT_DATA, RLIM_INFINITY, RLIM_INFINITY },
		{ RLIMIT_STACK, 8 << 20, 8 << 20 },
		{ RLIMIT_CORE, 0, RLIM_INFINITY }, { RLIMIT_NOFILE, 64, 64 },
		{ RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY },
		{ RLIMIT_NPROC, RLIM_INFINITY, RLIM_INFINITY } };

	size_t i;

	for (i = 0; i < sizeof of / sizeof *of; i++)
		CHECK_SAY(is(of[i].which, of[i].cur, of[i].max), "limit %d",
		    of[i].which);
	return 0;
}

/* Some value of a limit that does not hinder, and that can be set. */
static rlim_t
some(int which)
{
	return which == RLIMIT_NOFILE ? 40 : 4 << 20;
}

/* The rules of who may set which, for one resource: as the superuser, and as
 * somebody else. Returns what is wrong. */
static int
rules(int which)
{
	const rlim_t n = some(which);
	struct rlimit limit;

	if (set(which, n, n + 8) != 0 || !is(which, n, n + 8))
		return 10;
	if (set(which, n + 9, n + 8) != EINVAL || !is(which, n, n + 8))
		return 11;
	if (set(which, n + 8, n + 8) != 0 || set(which, n + 9, n + 9) != 0)
		return 12; /* it may raise it */
	if (set(which, n, n + 9) != 0 || setuid(USER) != 0)
		return 13;
	if (set(which, n + 9, n + 9) != 0 || set(which, n - 1, n + 9) != 0)
		return 14; /* anything up to the maximum */
	if (set(which, n, n + 10) != EPERM || !is(which, n - 1, n + 9))
		return 15;
	if (set(which, n, n + 2) != 0 || set(which, n, n + 3) != EPERM)
		return 16; /* lowered for good */
	if (set(which, n + 3, n + 2) != EINVAL || !is(which, n, n + 2))
		return 17;
	return getrlimit(which, &limit) == 0 ? 0 : 18;
}

static void
who_may(void)
{
	static const int settable[] = { RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK,
		RLIMIT_CORE, RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_NPROC };
	size_t i;

	for (i = 0; i < sizeof settable / sizeof *settable; i++)
		CHECK_OR_SAY(CHECK_EQ(child_with(rules, settable[i]), 0),
		    "limit %d", settable[i]);
	CHECK_EQ(set(RLIM_NLIMITS, 1, 1), EINVAL);
	CHECK_EQ(set(-1, 1, 1), EINVAL);
	CHECK_EQ(set(RLIMIT_NOFILE, 64, 65), EPERM);
	CHECK_EQ(set(RLIMIT_STACK, 1 << 20, (8 << 20) + 1), EPERM);
	CHECK_EQ(set(RLIMIT_CPU, 5, RLIM_INFINITY), EINVAL);
	CHECK_EQ(set(RLIMIT_CPU, RLIM_INFINITY, RLIM_INFINITY), 0);
	CHECK_EQ(child(first), 0); /* nothing of it is the parent's */
}

/* Descriptors. */
static int
files(void)
{
	int fd;

	if (set(RLIMIT_NOFILE, 10, 64) != 0)
		return 10;
	if (sysconf(_SC_OPEN_MAX) != 10 || getdtablesize() != 10)
		return 11;
	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd < 9);
	if (fd != 9 || open("/dev/null", O_RDWR) != -1 || errno != EMFILE)
		return 12;
	if (dup(0) != -1 || errno != EMFILE || dup2(0, 9) != 9)
		return 13;
	if (dup2(0, 10) != -1 || errno != EBADF)
		return 14;
	if (fcntl(0, F_DUPFD, 9) != -1 || errno != EMFILE)
		return 15;
	if (fcntl(0, F_DUPFD, 10) != -1 || errno != EINVAL)
		return 16;
	if (set(RLIMIT_NOFILE, 12, 64) != 0 || dup2(0, 11) != 11)
		return 17;
	if (set(RLIMIT_NOFILE, 5, 64) != 0 || write(11, "", 0) != 0 ||
	    close(11) != 0 || close(4) != 0 || dup(0) != 4)
		return 18; /* what is open stays */
	return set(RLIMIT_NOFILE, 0, 0) == 0 && close(4) == 0 && dup(0) == -1 &&
		errno == EMFILE
	    ? 0
	    : 19;
}

/* Bytes of a file. */
static int
file_size(void)
{
	static char bytes[200];
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600), end[2];

	if (fd < 0 || set(RLIMIT_FSIZE, 100, 1000) != 0)
		return 10;
	if (write(fd, bytes, 99) != 99 || write(fd, bytes, 1) != 1)
		return 11;
	if (write(fd, bytes, 1) != -1 || errno != EFBIG)
		return 12;
	if (pwrite(fd, bytes, sizeof bytes, 0) != 100)
		return 13; /* as much as fits */
	if (pwrite(fd, bytes, 1, 100) != -1 || errno != EFBIG)
		return 14;
	if (ftruncate(fd, 100) != 0 || ftruncate(fd, 101) != -1 ||
	    errno != EFBIG || truncate(FILE_NAME, 101) != -1 || errno != EFBIG)
		return 15;
	if (set(RLIMIT_FSIZE, 101, 1000) != 0 || write(fd, bytes, 2) != 1)
		return 16;
	if (set(RLIMIT_FSIZE, 50, 1000) != 0 || ftruncate(fd, 60) != 0)
		return 17; /* it becomes smaller */
	if (pipe(end) != 0 || write(end[1], bytes, 60) != 60)
		return 18; /* that is no file */
	return close(fd) == 0 && unlink(FILE_NAME) == 0 ? 0 : 19;
}

/* Processes of a user. */
static int
processes(void)
{
	int status, i, fd[2];
	pid_t pid[3];
	char word;

	if (set(RLIMIT_NPROC, 3, 10) != 0 || pipe(fd) != 0 || setuid(USER) != 0)
		return 10;
	for (i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			(void)close(fd[1]);
			_exit(read(fd[0], &word, 1) == 0 ? 0 : 1);
		}
	}
	if (pid[0] < 0 || pid[1] < 0 || pid[2] != -1 || errno != EAGAIN)
		return 11;
	if (set(RLIMIT_NPROC, 4, 10) != 0)
		return 12;
	pid[2] = fork();
	if (pid[2] == 0)
		_exit(0);
	(void)close(fd[1]);
	for (i = 0; i < 3; i++)
		if (waitpid(pid[i], &status, 0) != pid[i])
			return 13;
	return set(RLIMIT_NPROC, 0, 0) == 0 && fork() == -1 && errno == EAGAIN
	    ? 0
	    : 14;
}

/* Not of the superuser. */
static int
processes_of_root(void)
{
	int status;
	pid_t pid;

	if (set(RLIMIT_NPROC, 0, 0) != 0)
		return 10;
	pid = fork();
	if (pid == 0)
		_exit(0);
	return pid > 0 && waitpid(pid, &status, 0) == pid ? 0 : 11;
}

static void *
map(size_t pages)
{
	return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
}

/* All memory: find what the process has by what it may still get. */
static int
memory(void)
{
	const rlim_t all = 4 << 20;
	size_t room = all / PAGE;
	void *at = MAP_FAILED;

	if (set(RLIMIT_AS, all, RLIM_INFINITY) != 0)
		return 10;
	while (at == MAP_FAILED && room > 0)
		at = map(--room);
	if (room == 0 || map(1) != MAP_FAILED || errno != ENOMEM)
		return 11;
	if (sbrk(2 * PAGE) != (void *)-1 || errno != ENOMEM)
		return 12;
	if (set(RLIMIT_AS, all + PAGE - 1, RLIM_INFINITY) != 0 ||
	    map(1) != MAP_FAILED)
		return 13;
	if (set(RLIMIT_AS, all + PAGE, RLIM_INFINITY) != 0 ||
	    map(2) != MAP_FAILED || map(1) == MAP_FAILED)
		return 14;
	if (set(RLIMIT_AS, 0, RLIM_INFINITY) != 0 || map(1) != MAP_FAILED)
		return 15;
	if (munmap(at, PAGE) != 0 || map(1) != MAP_FAILED)
		return 16; /* still more than the limit */
	return set(RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY) == 0 &&
		map(2) != MAP_FAILED
	    ? 0
	    : 17;
}

/* A program that would need more than there may be is not begun. */
static int
memory_exec(void)
{
	if (set(RLIMIT_AS, 2 * PAGE, 2 * PAGE) != 0)
		return 10;
	(void)execl("/bin/true", "true", NULL);
	return errno == ENOMEM ? 0 : 11;
}

/* What brk adds. */
static int
data(void)
{
	char *end = sbrk(0);
	rlim_t used;

	if (set(RLIMIT_DATA, 0, RLIM_INFINITY) != 0)
		return 10;
	if (sbrk(PAGE) != (void *)-1 || errno != ENOMEM)
		return 11;
	for (used = 0; sbrk(PAGE) == (void *)-1; used += PAGE)
		if (set(RLIMIT_DATA, used + PAGE, RLIM_INFINITY) != 0)
			return 12;
	if (sbrk(0) != end + PAGE || sbrk(PAGE) != (void *)-1)
		return 13;
	if (set(RLIMIT_DATA, used + PAGE - 1, RLIM_INFINITY) != 0 ||
	    sbrk(PAGE) != (void *)-1)
		return 14;
	if (sbrk(-PAGE) != end + PAGE || map(100) == MAP_FAILED)
		return 15; /* maps are no data */
	return 0;
}

/* Use a stack, page by page. */
static __attribute__((noinline)) int
deep(unsigned int pages)
{
	volatile char frame[PAGE];

	frame[0] = (char)pages;
	return pages == 0 ? frame[0] : deep(pages - 1) + frame[0];
}

static int
stack(int pages)
{
	if (set(RLIMIT_STACK, 64 * PAGE, RLIM_INFINITY) != EPERM ||
	    set(RLIMIT_STACK, 64 * PAGE, 8 << 20) != 0)
		return 10;
	return deep((unsigned int)pages) == -1;
}

/* A child's child, by fork, then by exec. */
static int
same(void)
{
	static const struct rlimit nofile = { 20, 30 }, core = { 7, 8 };
	static char first_arg[] = "same", second[] = "20";
	char *argv[] = { first_arg, second, NULL };
	int status;

	if (setrlimit(RLIMIT_NOFILE, &nofile) != 0 ||
	    setrlimit(RLIMIT_CORE, &core) != 0 ||
	    set(RLIMIT_FSIZE, 100, 1000) != 0 ||
	    set(RLIMIT_AS, 8 << 20, 9 << 20) != 0)
		return 10;
	if (fork() == 0)
		execv(PROGRAM, argv);
	if (wait(&status) < 0 || status != 0)
		return 11;
	execv(PROGRAM, argv);
	return 12;
}

/* What the program finds. */
static int
inherited(void)
{
	if (!is(RLIMIT_NOFILE, 20, 30) || !is(RLIMIT_CORE, 7, 8) ||
	    !is(RLIMIT_FSIZE, 100, 1000) || !is(RLIMIT_AS, 8 << 20, 9 << 20))
		return 20;
	if (dup2(0, 19) != 19 || dup2(0, 20) != -1)
		return 21;
	if (map((8 << 20) / PAGE) != MAP_FAILED || map(100) == MAP_FAILED)
		return 22;
	return truncate("/etc/passwd", 1 << 20) == -1 && errno == EFBIG ? 0
									: 23;
}

int
main(int argc, char *argv[])
{
	if (argc == 2 && strcmp(argv[0], "same") == 0)
		return inherited();
	(void)report_begin("pm-limits", argc > 1 ? argv[1] : NULL);
	(void)first();
	who_may();
	CHECK_EQ(child(files), 0);
	CHECK_EQ(child(file_size), 0);
	CHECK_EQ(child(processes), 0);
	CHECK_EQ(child(processes_of_root), 0);
	CHECK_EQ(child(memory), 0);
	CHECK_EQ(child(memory_exec), 0);
	CHECK_EQ(child(data), 0);
	CHECK_EQ(child_with(stack, 50), 0);
	CHECK_EQ(child_with(stack, 70), SIGNALLED + SIGSEGV);
	CHECK_EQ(child(same), 0);
	(void)unlink(FILE_NAME);
	return report_end();
}
