/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Core files as programs see them: which signals make one and which do not;
 * whose it is and who may read it; that a limit is kept to the byte; what is
 * replaced, and what is not followed or touched; of which processes there is
 * none; and gcore.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/elf.h>

#include "test/program/program.h"

#define DIR     "/tmp/core"
#define PROGRAM "/test/core-files"
#define USER    100

/* How a process that is to leave a core file begins. */
struct how {
	uid_t uid;
	unsigned int limit;
	int sig;
	const char *program;
	void (*before)(pid_t pid); /**< in the parent, before it crashes */
};

static char name[32];    /* of the last one's core file */
static struct stat core; /* that, if there is one */

/* Run a program that sends itself a signal. Returns its status. */
static int
crash(const struct how *how)
{
	char sig[] = { (char)('a' + how->sig), '\0' };
	char first[] = "signal", word;
	char *argv[] = { first, sig, NULL };
	struct rlimit limit = { how->limit, how->limit };
	int status = -1, fd[2];
	pid_t pid;

	CHECK_EQ(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		if (read(fd[0], &word, 1) == 1 && chdir(DIR) == 0 &&
		    setrlimit(RLIMIT_CORE, &limit) == 0 &&
		    setgid(how->uid) == 0 && setuid(how->uid) == 0)
			execv(how->program != NULL ? how->program : PROGRAM,
			    argv);
		_exit(1);
	}
	snprintf(name, sizeof name, DIR "/core.%d", (int)pid);
	if (how->before != NULL)
		how->before(pid);
	CHECK_EQ(write(fd[1], "", 1), 1);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	(void)close(fd[0]);
	(void)close(fd[1]);
	memset(&core, 0, sizeof core);
	(void)lstat(name, &core);
	return status;
}

/* Did it end by the signal, with a core file of a size? */
static bool
dumped(int status, int sig)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == sig &&
	    WCOREDUMP(status) && S_ISREG(core.st_mode);
}

static bool
not_dumped(int status, int sig)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == sig &&
	    !WCOREDUMP(status);
}

static void
signals(void)
{
	static const int with[] = { SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGEMT,
		SIGFPE, SIGBUS, SIGSEGV };
	static const int without[] = { SIGHUP, SIGINT, SIGKILL, SIGSYS, SIGPIPE,
		SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF };
	struct how how = { .limit = ~0u };
	size_t i;

	for (i = 0; i < sizeof with / sizeof *with; i++) {
		how.sig = with[i];
		CHECK_SAY(dumped(crash(&how), with[i]), "signal %d", with[i]);
		CHECK_EQ(unlink(name), 0);
	}
	for (i = 0; i < sizeof without / sizeof *without; i++) {
		how.sig = without[i];
		CHECK_SAY(not_dumped(crash(&how), without[i]), "signal %d",
		    without[i]);
		CHECK_EQ(core.st_mode, 0);
	}
}

/* Its beginning is that of an ELF core file. */
static void
header(void)
{
	struct elf_header h = { 0 };
	int fd = open(name, O_RDONLY);

	CHECK(fd >= 0);
	CHECK_EQ(read(fd, &h, sizeof h), sizeof h);
	CHECK_ADDR(h.magic, ELF_MAGIC);
	CHECK_EQ(h.type, ELF_TYPE_CORE);
	CHECK_EQ(h.machine, ELF_MACHINE_386);
	CHECK_GT(h.phnum, 3);
	(void)close(fd);
}

/* One's own and nobody else's, whatever the mask of the process. */
static void
owner(void)
{
	const struct how how = { .uid = USER, .limit = ~0u, .sig = SIGSEGV };
	mode_t mask = umask(0);

	CHECK(dumped(crash(&how), SIGSEGV));
	CHECK_EQ(core.st_uid, USER);
	CHECK_EQ(core.st_gid, USER);
	CHECK_EQ(core.st_mode & 07777, 0600);
	header();
	CHECK_EQ(unlink(name), 0);
	(void)umask(mask);
}

/* Exactly as large as the limit, if that is less than all of it. */
static void
limits(void)
{
	struct how how = { .limit = ~0u, .sig = SIGSEGV };
	unsigned int size, i;

	CHECK(dumped(crash(&how), SIGSEGV));
	size = (unsigned int)core.st_size;
	CHECK_EQ(unlink(name), 0);
	for (i = 0; i < 3; i++) {
		how.limit = size - 1 + i;
		CHECK(dumped(crash(&how), SIGSEGV));
		CHECK_EQ(core.st_size, i == 0 ? size - 1 : size);
		CHECK_EQ(unlink(name), 0);
	}
	how.limit = 1;
	CHECK(dumped(crash(&how), SIGSEGV));
	CHECK_EQ(core.st_size, 1);
	CHECK_EQ(unlink(name), 0);
	how.limit = 0;
	CHECK(not_dumped(crash(&how), SIGSEGV));
	CHECK_EQ(core.st_mode, 0);
}

/* What is at the place of the core file before: */

static void
put(uid_t uid)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "old", 3), 3);
	CHECK_EQ(fchown(fd, uid, uid), 0);
	(void)close(fd);
}

static void
old_file(pid_t pid)
{
	(void)pid;
	put(USER);
}

static void
foreign_file(pid_t pid)
{
	(void)pid;
	put(USER + 1);
}

static void
second_name(pid_t pid)
{
	(void)pid;
	put(USER);
	CHECK_EQ(link(name, DIR "/other"), 0);
}

static void
symbolic_link(pid_t pid)
{
	(void)pid;
	CHECK_EQ(symlink(DIR "/target", name), 0);
	CHECK_EQ(lchown(name, USER, USER), 0);
}

static void
directory(pid_t pid)
{
	(void)pid;
	CHECK_EQ(mkdir(name, 0777), 0);
	CHECK_EQ(chown(name, USER, USER), 0);
}

static void
fifo(pid_t pid)
{
	(void)pid;
	CHECK_EQ(mkfifo(name, 0666), 0);
	CHECK_EQ(chown(name, USER, USER), 0);
}

static void
places(void)
{
	static void (*const kept[])(pid_t) = { foreign_file, second_name,
		symbolic_link, directory, fifo };
	struct how how = { .uid = USER, .limit = ~0u, .sig = SIGABRT };
	struct stat st;
	size_t i;

	how.before = old_file;
	CHECK(dumped(crash(&how), SIGABRT));
	CHECK_EQ(core.st_mode & 07777, 0600);
	CHECK_GT(core.st_size, 3);
	CHECK_EQ(unlink(name), 0);
	for (i = 0; i < sizeof kept / sizeof *kept; i++) {
		how.before = kept[i];
		CHECK_OR_SAY(CHECK(not_dumped(crash(&how), SIGABRT)), "%u",
		    (unsigned int)i);
		CHECK(core.st_mode != 0 && core.st_mode != (S_IFREG | 0600));
		if (S_ISREG(core.st_mode))
			CHECK_EQ(core.st_size, 3);
		CHECK(unlink(name) == 0 || rmdir(name) == 0);
	}
	CHECK_EQ(unlink(DIR "/other"), 0);
	CHECK_EQ(stat(DIR "/target", &st), -1);
}

/* A directory that the process may not write to. */
static void
closed_place(void)
{
	const struct how how = { .uid = USER, .limit = ~0u, .sig = SIGABRT };

	CHECK_EQ(chmod(DIR, 0755), 0);
	CHECK(not_dumped(crash(&how), SIGABRT));
	CHECK_EQ(core.st_mode, 0);
	CHECK_EQ(chmod(DIR, 0777), 0);
}

static void
copy_of_self(const char *path, uid_t uid, mode_t mode)
{
	CHECK_EQ(shell("cp " PROGRAM " " DIR "/copy"), 0);
	CHECK_EQ(rename(DIR "/copy", path), 0);
	CHECK_EQ(chown(path, uid, uid), 0);
	CHECK_EQ(chmod(path, mode), 0);
}

/* Of programs that have or know more than their user there is none. */
static void
guarded(void)
{
	static const struct {
		uid_t uid;
		mode_t mode;
		bool core;
	} of[] = { { 0, 0755, true }, { 0, 04755, false }, { 0, 02755, false },
		{ USER, 06755, true }, { USER, 0711, true }, { 0, 0711, false },
		{ 0, 0705, true } };
	struct how how = { .uid = USER, .limit = ~0u, .sig = SIGSEGV };
	size_t i;

	how.program = DIR "/program";
	for (i = 0; i < sizeof of / sizeof *of; i++) {
		copy_of_self(how.program, of[i].uid, of[i].mode);
		if (of[i].core)
			CHECK_SAY(dumped(crash(&how), SIGSEGV), "%u",
			    (unsigned int)i);
		else
			CHECK_SAY(not_dumped(crash(&how), SIGSEGV), "%u",
			    (unsigned int)i);
		(void)unlink(name);
	}
	/* The superuser may read all, and has no more by a set-id program. */
	how.uid = 0;
	copy_of_self(how.program, 0, 04711);
	CHECK(dumped(crash(&how), SIGSEGV));
	CHECK_EQ(unlink(name), 0);
	CHECK_EQ(unlink(how.program), 0);
}

/* In a child that was the superuser and has run nothing since. */
static int
changed(int how)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	if (chdir(DIR) != 0 || setrlimit(RLIMIT_CORE, &all) != 0)
		return 1;
	if (how == 1 && (setgid(USER) != 0 || setuid(USER) != 0))
		return 1;
	if (how == 2 && setegid(USER) != 0)
		return 1;
	(void)raise(SIGSEGV);
	return 2;
}

static void
changed_ids(void)
{
	int how, status = 0;
	pid_t pid;

	for (how = 0; how < 3; how++) {
		pid = fork();
		if (pid == 0)
			_exit(changed(how));
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		CHECK(WIFSIGNALED(status));
		CHECK_EQ(WCOREDUMP(status), how == 0);
		snprintf(name, sizeof name, DIR "/core.%d", (int)pid);
		CHECK_EQ(unlink(name), how == 0 ? 0 : -1);
	}
}

/* A process whose file gcore writes; it goes on. */
static void
living(void)
{
	char command[80];
	struct stat st = { 0 };
	int status, fd[2];
	pid_t pid;

	CHECK_EQ(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		char word;

		_exit(read(fd[0], &word, 1) == 1 ? 5 : 6);
	}
	snprintf(command, sizeof command, "cd " DIR " && gcore %d", (int)pid);
	CHECK_EQ(shell(command), 0);
	snprintf(name, sizeof name, DIR "/core.%d", (int)pid);
	header();
	CHECK_EQ(stat(name, &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0600);
	CHECK_EQ(unlink(name), 0);
	CHECK_EQ(write(fd[1], "", 1), 1);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
	CHECK_EQ(shell(command), 1); /* it is gone */
	CHECK_EQ(stat(name, &st), -1);
	CHECK_EQ(shell("gcore 1 2>/dev/null"), 1);
	CHECK_EQ(shell("gcore 2>/dev/null"), 2);
	CHECK_EQ(shell("gcore x 2>/dev/null"), 2);
}

int
main(int argc, char *argv[])
{
	if (argc == 2 && strcmp(argv[0], "signal") == 0) {
		(void)raise(argv[1][0] - 'a');
		return 3;
	}
	(void)report_begin("core-files", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir(DIR, 0777) == 0 && chmod(DIR, 0777) == 0);
	signals();
	owner();
	limits();
	places();
	closed_place();
	guarded();
	changed_ids();
	living();
	CHECK_EQ(rmdir(DIR), 0);
	return report_end();
}
