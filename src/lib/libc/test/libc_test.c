/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib, our headers and our port layer together, as one program that runs
 * on the building machine over the stand-in of linux.c. It works in a
 * directory of its own, given as argument, and names each check that fails.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <math.h>
#include <regex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

#include "lib/libc/test/linux.h"

static int failures;

static void
check(int holds, const char *what, int line)
{
	if (holds)
		return;
	failures++;
	printf("line %d: %s\n", line, what);
}

#define CHECK(claim) check((claim) != 0, #claim, __LINE__)

static void
formats_numbers(void)
{
	const double thousandth = 0.001; /* the constant has more bits */
	char buf[80];

	snprintf(buf, sizeof buf, "%d %05u %-4sx %c %lld %#x", -3, 42u, "ab",
	    'z', 1234567890123LL, 255);
	CHECK(strcmp(buf, "-3 00042 ab  x z 1234567890123 0xff") == 0);
	snprintf(buf, sizeof buf, "%g %.3f %e", 0.5, 3.14159, 12345.678);
	CHECK(strcmp(buf, "0.5 3.142 1.234568e+04") == 0);
	CHECK(strtod("1e-3", NULL) == thousandth);
	CHECK(strtol("0x7f", NULL, 0) == 127);
	CHECK(fabs(sqrt(2) * sqrt(2) - 2) < 1e-15);
	CHECK(sscanf("17 foo 2.5", "%*d %3s", buf) == 1);
	CHECK(strcmp(buf, "foo") == 0);
}

static void
files_keep_what_is_written(void)
{
	char *line = NULL;
	size_t size = 0;
	FILE *f;

	f = fopen("a", "w+");
	CHECK(f != NULL);
	if (f == NULL)
		return;
	for (int i = 0; i < 1000; i++)
		fprintf(f, "line %d\n", i);
	CHECK(fseek(f, 0, SEEK_SET) == 0);
	CHECK(getline(&line, &size, f) == 7 && strcmp(line, "line 0\n") == 0);
	CHECK(fseek(f, -9, SEEK_END) == 0);
	CHECK(getline(&line, &size, f) == 9 && strcmp(line, "line 999\n") == 0);
	CHECK(getline(&line, &size, f) == -1 && feof(f));
	CHECK(fclose(f) == 0);
	free(line);
	CHECK(rename("a", "b") == 0);
	CHECK(access("a", F_OK) == -1 && errno == ENOSYS);
	CHECK(unlink("b") == 0);
	CHECK(unlink("b") == -1 && errno == ENOENT);
	CHECK(!isatty(0) && errno == ENOTTY);
}

static void
attributes_are_converted(void)
{
	struct stat st;

	CHECK(mkdir("d", 0755) == 0);
	CHECK(symlink("d", "l") == 0);
	CHECK(stat("l", &st) == 0 && S_ISDIR(st.st_mode));
	CHECK(lstat("l", &st) == 0 && S_ISLNK(st.st_mode) && st.st_size == 1);
	CHECK(stat("none", &st) == -1 && errno == ENOENT);
	CHECK(unlink("l") == 0 && rmdir("d") == 0);
}

static void
directories_are_read(void)
{
	struct dirent *d;
	glob_t g;
	DIR *dir;
	int n = 0;

	CHECK(
	    mkdir("one", 0755) == 0 && mkdir("a rather long name", 0755) == 0);
	dir = opendir(".");
	CHECK(dir != NULL);
	while (dir != NULL && (d = readdir(dir)) != NULL) {
		n++;
		CHECK(d->d_type == DT_DIR);
		CHECK(d->d_ino != 0);
	}
	CHECK(n == 4);
	if (dir != NULL)
		CHECK(closedir(dir) == 0);
	CHECK(glob("o*", 0, NULL, &g) == 0 && g.gl_pathc == 1);
	CHECK(strcmp(g.gl_pathv[0], "one") == 0);
	globfree(&g);
	CHECK(rmdir("one") == 0 && rmdir("a rather long name") == 0);
}

static void
memory_is_given_and_taken(void)
{
	volatile size_t huge = SIZE_MAX / 2; /* unknown to the compiler */
	void *blocks[200], *p;
	char *before = sbrk(0);

	for (size_t i = 0; i < 200; i++) {
		blocks[i] = malloc(i * 100 + 1);
		memset(blocks[i], 7, i * 100 + 1);
	}
	for (int i = 0; i < 200; i++)
		free(blocks[i]);
	CHECK((char *)sbrk(0) - before < 4 * 1000 * 1000);
	CHECK(posix_memalign(&p, 4096, 10) == 0 && (uintptr_t)p % 4096 == 0);
	free(p);
	CHECK(posix_memalign(&p, 3, 10) == EINVAL);
	p = calloc(huge, 4);
	CHECK(p == NULL && errno == ENOMEM);
}

static void
jumps_come_back(void)
{
	static jmp_buf env;
	static sigjmp_buf sigenv;
	static volatile int count;
	sigset_t set;

	if (setjmp(env) < 3) {
		count++;
		longjmp(env, count);
	}
	CHECK(count == 3);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(set == 1u << (SIGUSR1 - 1));
	CHECK(sigismember(&set, SIGUSR1) && !sigismember(&set, SIGUSR2));
	CHECK(sigprocmask(SIG_SETMASK, &set, NULL) == 0);
	count = 0;
	if (sigsetjmp(sigenv, 1) == 0) {
		sigfillset(&set);
		sigprocmask(SIG_SETMASK, &set, NULL);
		count = 1;
		siglongjmp(sigenv, 1);
	}
	CHECK(count == 1);
	CHECK(sigprocmask(SIG_BLOCK, NULL, &set) == 0);
	CHECK(set == 1u << (SIGUSR1 - 1));
}

static void
paths_are_resolved(void)
{
	char home[1024], path[1024], want[1100];

	CHECK(getcwd(home, sizeof home) == home);
	CHECK(mkdir("d", 0755) == 0 && mkdir("d/e", 0755) == 0);
	CHECK(symlink("../d/./e", "d/up") == 0 && symlink("loop", "loop") == 0);
	snprintf(want, sizeof want, "%s/d/e", home);
	CHECK(realpath("d//up/.", path) == path && strcmp(path, want) == 0);
	CHECK(realpath("d/e/../../d/e", path) && strcmp(path, want) == 0);
	CHECK(realpath("/", path) && strcmp(path, "/") == 0);
	CHECK(realpath("/..", path) && strcmp(path, "/") == 0);
	CHECK(!realpath("d/none", path) && errno == ENOENT);
	CHECK(!realpath("none/d", path) && errno == ENOENT);
	CHECK(!realpath("loop", path) && errno == ELOOP);
	CHECK(!realpath("", path) && errno == ENOENT);
	CHECK(!unlink("d/up") && !unlink("loop"));
	CHECK(!rmdir("d/e") && !rmdir("d"));
}

static void
exec_frames_are_built(void)
{
	char *argv[] = { (char[]){ "cmd" }, (char[]){ "an arg" }, NULL };
	char *envp[] = { (char[]){ "A=b" }, NULL };
	uint32_t word[6];
	char *before = sbrk(0);

	CHECK(execve("/cmd", argv, envp) == -1 && errno == ENOEXEC);
	CHECK(sbrk(0) == before);
	memcpy(word, exec_frame, sizeof word);
	CHECK(word[0] == 2 && word[3] == 0 && word[5] == 0);
	CHECK(word[1] == sizeof word);
	CHECK(strcmp(exec_frame + word[1], "cmd") == 0);
	CHECK(strcmp(exec_frame + word[2], "an arg") == 0);
	CHECK(strcmp(exec_frame + word[4], "A=b") == 0);
	CHECK(exec_frame_len % 4 == 0 && exec_frame_len < 64);
	CHECK(execve("/cmd", NULL, NULL) == -1 && errno == ENOEXEC);
	memcpy(word, exec_frame, sizeof word);
	CHECK(word[0] == 0 && word[1] == 0 && word[2] == 0);
}

/* No error is without a text: those of the first systems, and those of IPC
 * and services. */
static void
errors_have_texts(void)
{
	int i;

	for (i = 1; i <= 34; i++)
		CHECK(strerror(i)[0] != '\0');
	for (i = 1001; i <= 1008; i++)
		CHECK(strerror(i)[0] != '\0');
	CHECK(strcmp(strerror(1001), "Would be a deadlock") == 0);
}

static void
the_rest_is_there(void)
{
	struct iovec iov[2];
	struct termios t;
	struct group *g;
	regex_t re;
	int fd;

	CHECK(regcomp(&re, "^a(b|c)+$", REG_EXTENDED) == 0);
	CHECK(regexec(&re, "abcb", 0, NULL, 0) == 0);
	CHECK(regexec(&re, "abd", 0, NULL, 0) == REG_NOMATCH);
	regfree(&re);

	g = getgrgid(0);
	CHECK(g != NULL && strcmp(g->gr_name, "root") == 0);
	CHECK(getgrnam("no such group") == NULL);

	memset(&t, 0, sizeof t);
	CHECK(cfsetospeed(&t, B9600) == 0 && cfgetospeed(&t) == B9600);
	CHECK(cfsetispeed(&t, 12345) == -1 && errno == EINVAL);

	fd = open("v", O_RDWR | O_CREAT | O_EXCL, 0600);
	iov[0].iov_base = (char[]){ "12" };
	iov[0].iov_len = 2;
	iov[1].iov_base = (char[]){ "345" };
	iov[1].iov_len = 3;
	CHECK(writev(fd, iov, 2) == 5);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && readv(fd, iov, 2) == 5);
	CHECK(memcmp(iov[1].iov_base, "345", 3) == 0);
	CHECK(close(fd) == 0 && unlink("v") == 0);
	CHECK(kill(1, 0) == -1 && errno == ENOSYS);
	CHECK(sysconf(_SC_PAGESIZE) == 4096);
}

int
main(int argc, char **argv)
{
	if (argc != 2 || chdir(argv[1]) != 0) {
		fprintf(stderr, "usage: libc_test directory\n");
		return 2;
	}
	CHECK(getenv("PATH") != NULL);
	formats_numbers();
	files_keep_what_is_written();
	attributes_are_converted();
	directories_are_read();
	memory_is_given_and_taken();
	jumps_come_back();
	paths_are_resolved();
	exec_frames_are_built();
	errors_have_texts();
	the_rest_is_there();
	return failures != 0;
}
