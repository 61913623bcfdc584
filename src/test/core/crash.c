/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A program that crashes three functions deep, for `make check-core`, which
 * looks with a debugger at the core file it leaves in /core: values on its
 * stack, in its data, on the heap and in memory it was given are known here,
 * and to the script. Its parent, /test/core-crash without an argument, says
 * how it ended; and has gcore write the file of another child, which waits, and
 * goes on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DIR   "/core"
#define PAGES 64 /* of which most are never touched */

struct cargo {
	int number;
	const char *text;
	struct cargo *next;
};

static struct cargo first = { 4711, "in the data", NULL };
static volatile int *nowhere;

static __attribute__((noinline)) int
third(const struct cargo *c, int depth)
{
	volatile int local = c->number + depth;

	*nowhere = local; /* crash here */
	return local;
}

static __attribute__((noinline)) int
second(const struct cargo *c, int depth)
{
	return third(c->next, depth + 1) + 1;
}

/* Have something in each kind of memory. */
static int
crash(void)
{
	char *pages = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	struct cargo *heap;

	if (pages == MAP_FAILED)
		return 1;
	heap = malloc(sizeof *heap);
	if (heap == NULL)
		return 1;
	strcpy(pages + 40 * 4096, "in the middle of a map");
	*heap = (struct cargo){ 42, pages + 40 * 4096, &first };
	first.next = heap;
	return second(&first, 10) + 1;
}

/* Wait for a word, and give it back. */
static __attribute__((noinline)) int
patient(int fd, const char *what)
{
	char word = 0;

	return read(fd, &word, 1) == 1 && what != NULL ? word : 0;
}

/* Have gcore write the file of a child that waits, and let that go on. */
static int
look_at_living(void)
{
	char command[64];
	int fd[2], status;
	pid_t pid;

	if (pipe(fd) != 0)
		return 1;
	pid = fork();
	if (pid == 0)
		_exit(patient(fd[0], "a word"));
	snprintf(command, sizeof command, "gcore -o living %d", (int)pid);
	status = system(command);
	if (write(fd[1], "\7", 1) != 1 || status != 0 ||
	    waitpid(pid, &status, 0) != pid)
		return 1;
	printf("living went on to %d\n", WEXITSTATUS(status));
	return 0;
}

/* Let one crash, and say what became of it. */
static int
watch(char *self)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	static char crash_too[] = "crash";
	char *argv[] = { self, crash_too, NULL };
	char name[32];
	struct stat st;
	int status;
	pid_t pid;

	if (mkdir(DIR, 0755) != 0 || chdir(DIR) != 0 || look_at_living() != 0 ||
	    setrlimit(RLIMIT_CORE, &all) != 0)
		return 1;
	pid = fork();
	if (pid == 0) {
		execv(self, argv);
		_exit(1);
	}
	if (waitpid(pid, &status, 0) != pid)
		return 1;
	snprintf(name, sizeof name, "core.%d", (int)pid);
	if (stat(name, &st) != 0 || rename(name, "file") != 0)
		return 1;
	printf("pid %d signal %d core %d size %d\n", (int)pid, WTERMSIG(status),
	    WCOREDUMP(status), (int)st.st_size);
	return 0;
}

int
main(int argc, char *argv[])
{
	return argc > 1 ? crash() : watch(argv[0]);
}
