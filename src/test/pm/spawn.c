/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. system() and posix_spawn(): the status is the one wait gives,
 * other children and the caller's signals are left alone, and whatever keeps
 * a program from starting is told by its error, with nothing left behind.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define SPAWNED "spawned" /* argv[0] of this program as somebody's child */
#define ENDED   "/tmp/spawn-ended"
#define FD_HIGH 12 /* all descriptors in use here are below it */

extern char **environ;

static volatile sig_atomic_t interrupts, children, inside, too_early;

static void
on_signal(int sig)
{
	if (sig == SIGINT)
		interrupts++;
	else
		children++;
	too_early += inside != 0 && access(ENDED, F_OK) != 0;
}

static int
exited(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
system_status(void)
{
	int status, other;
	pid_t pid;

	CHECK(system(NULL) != 0);
	CHECK_EQ(exited(system("exit 3")), 3);
	CHECK_EQ(exited(system("/none/such 2>/dev/null")), 127);
	status = system("kill -KILL $$");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	pid = fork();
	if (pid == 0)
		_exit(7);
	pause_ms(50); /* now it has ended, and anybody could collect it */
	CHECK_EQ(exited(system("exit 4")), 4);
	CHECK_EQ(waitpid(pid, &other, 0), pid);
	CHECK_EQ(exited(other), 7);
}

/* Somewhere without a shell. */
static int
no_shell(void)
{
	if (chroot("/tmp") != 0)
		return 1;
	if (system(NULL) != 0)
		return 2;
	return exited(system("true")) == 127 ? 0 : 3;
}

static void
system_signals(void)
{
	struct sigaction on = { .sa_handler = on_signal }, now;
	int status;
	sigset_t set;
	pid_t pid;

	(void)sigaction(SIGINT, &on, NULL);
	(void)sigaction(SIGCHLD, &on, NULL);
	pid = fork();
	if (pid == 0) {
		pause_ms(50);
		_exit(0);
	}
	inside = 1;
	status = system("kill -INT $PPID; kill -QUIT $PPID; sleep 1;"
			" >" ENDED "; exit 6");
	inside = 0;
	CHECK_STATUS(unlink(ENDED), 0);
	CHECK_EQ(exited(status), 6);
	CHECK_EQ(interrupts, 0);
	CHECK_EQ(child_end(pid), 0);
	CHECK_EQ(too_early, 0);
	CHECK_GE(children, 1);
	status = system("kill -INT $$; exit 6");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	(void)raise(SIGINT);
	CHECK_EQ(interrupts, 1);
	CHECK(sigaction(SIGQUIT, NULL, &now) == 0 && now.sa_handler == SIG_DFL);
	CHECK(sigprocmask(SIG_SETMASK, NULL, &set) == 0 && set == 0);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGCHLD, SIG_DFL);
}

static void
pipes_of_commands(void)
{
	char line[8] = "";
	FILE *f = popen("echo text; exit 5", "r");

	CHECK(f != NULL && fgets(line, sizeof line, f) != NULL);
	CHECK_STR(line, "text\n");
	CHECK_EQ(exited(pclose(f)), 5);
	f = popen("read a; exit $a", "w");
	CHECK(f != NULL && fputs("9\n", f) >= 0);
	CHECK_EQ(exited(pclose(f)), 9);
}

/* What a child of posix_spawn() finds, for its parent to see. */
enum {
	BLOCKED = 1,  /* USR1 is blocked */
	IGNORED = 2,  /* USR2 is ignored */
	DEFAULT = 4,  /* INT has its default */
	LEADER = 8,   /* it leads a group */
	FIVE = 16,    /* descriptor 5 is open, ... */
	MORE = 32,    /* ... and one above it */
	VARIABLE = 64 /* A is v */
};

static int
findings(void)
{
	struct sigaction ign, dfl;
	sigset_t set;
	int r = 0, i;

	(void)sigprocmask(SIG_SETMASK, NULL, &set);
	(void)sigaction(SIGUSR2, NULL, &ign);
	(void)sigaction(SIGINT, NULL, &dfl);
	r |= sigismember(&set, SIGUSR1) == 1 ? BLOCKED : 0;
	r |= ign.sa_handler == SIG_IGN ? IGNORED : 0;
	r |= dfl.sa_handler == SIG_DFL ? DEFAULT : 0;
	r |= getpgrp() == getpid() ? LEADER : 0;
	r |= fcntl(5, F_GETFD) >= 0 ? FIVE : 0;
	for (i = 6; i < OPEN_MAX; i++)
		r |= fcntl(i, F_GETFD) >= 0 ? MORE : 0;
	if (getenv("A") != NULL && strcmp(getenv("A"), "v") == 0)
		r |= VARIABLE;
	return r;
}

static char *const spawned[] = { (char[]){ SPAWNED }, NULL };
static char *const variables[] = { (char[]){ "A=v" },
	(char[]){ "PATH=/none:/test" }, NULL };

/* Descriptors that are open. */
static int
open_files(void)
{
	int i, n = 0;

	for (i = 0; i < OPEN_MAX; i++)
		n += fcntl(i, F_GETFD) >= 0;
	return n;
}

/* A program that does not start: nothing but the error is left of it. */
static int
fails(const char *path, const posix_spawn_file_actions_t *fa,
    const posix_spawnattr_t *sa)
{
	int files = open_files(), r, e;
	pid_t pid = -7;

	errno = 0;
	r = posix_spawn(&pid, path, fa, sa, spawned, environ);
	e = errno;
	CHECK_EQ(e, 0);
	CHECK_EQ(pid, -7);
	CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	CHECK_EQ(open_files(), files);
	return r;
}

/* One that does: its exit status. */
static int
runs(const char *path, const posix_spawn_file_actions_t *fa,
    const posix_spawnattr_t *sa)
{
	int files = open_files();
	pid_t pid = -7;

	CHECK_EQ(posix_spawn(&pid, path, fa, sa, spawned, variables), 0);
	CHECK_EQ(open_files(), files);
	return pid > 0 ? child_end(pid) : -1;
}

static void
spawn_errors(const char *self)
{
	pid_t pid;

	CHECK_EQ(runs(self, NULL, NULL), DEFAULT | VARIABLE);
	CHECK_EQ(fails("/none/such", NULL, NULL), ENOENT);
	CHECK_EQ(fails("/etc/rc/x", NULL, NULL), ENOTDIR);
	CHECK_EQ(fails("/etc", NULL, NULL), EACCES);
	CHECK_EQ(fails("/etc/group", NULL, NULL), EACCES);
	CHECK_EQ(fails("", NULL, NULL), ENOENT);
	CHECK_EQ(posix_spawnp(&pid, "nonesuch", NULL, NULL, spawned, environ),
	    ENOENT);
	CHECK_EQ(posix_spawnp(&pid, "", NULL, NULL, spawned, environ), ENOENT);
	CHECK_EQ(posix_spawnp(&pid, "ls", NULL, NULL,
		     (char *[]){ (char[]){ "ls" }, (char[]){ "/none" }, NULL },
		     environ),
	    0);
	CHECK_EQ(child_end(pid), 1);
}

/* Each descriptor could be the one posix_spawn uses itself. */
static void
spawn_own_descriptor(const char *self)
{
	posix_spawn_file_actions_t fa, copy;
	int i;

	CHECK_EQ(posix_spawn_file_actions_init(&fa), 0);
	for (i = 3; i < FD_HIGH; i++) {
		CHECK_EQ(posix_spawn_file_actions_addclose(&fa, i), 0);
		CHECK_EQ(posix_spawn_file_actions_init(&copy), 0);
		CHECK_EQ(posix_spawn_file_actions_adddup2(&copy, i, 5), 0);
		CHECK_EQ(fails(self, &copy, NULL), EBADF);
		(void)posix_spawn_file_actions_destroy(&copy);
	}
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE);
	CHECK_EQ(fails("/none/such", &fa, NULL), ENOENT);
	for (i = 3; i < FD_HIGH; i++)
		CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, 0, i), 0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE | FIVE | MORE);
	CHECK_EQ(fails("/none/such", &fa, NULL), ENOENT);
	(void)posix_spawn_file_actions_destroy(&fa);
}

static void
spawn_actions(const char *self)
{
	posix_spawn_file_actions_t fa;

	CHECK_EQ(posix_spawn_file_actions_init(&fa), 0);
	CHECK_EQ(posix_spawn_file_actions_addclose(&fa, -1), EBADF);
	CHECK_EQ(posix_spawn_file_actions_addclose(&fa, OPEN_MAX), EBADF);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, 0, OPEN_MAX), EBADF);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, -1, 0), EBADF);
	CHECK_EQ(posix_spawn_file_actions_addopen(&fa, -1, "/", 0, 0), EBADF);
	CHECK_EQ(
	    posix_spawn_file_actions_addopen(&fa, 5, "/etc/rc", O_RDONLY, 0),
	    0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE | FIVE);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, 5, 5), 0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE | FIVE);
	CHECK_EQ(posix_spawn_file_actions_addopen(&fa, 5, "/etc/rc",
		     O_RDONLY | O_CLOEXEC, 0),
	    0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&fa, 5, 5), 0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE | FIVE);
	CHECK_EQ(posix_spawn_file_actions_addclose(&fa, 5), 0);
	CHECK_EQ(runs(self, &fa, NULL), DEFAULT | VARIABLE);
	CHECK_EQ(posix_spawn_file_actions_addopen(&fa, 5, "/none", O_RDONLY, 0),
	    0);
	CHECK_EQ(fails(self, &fa, NULL), ENOENT);
	(void)posix_spawn_file_actions_destroy(&fa);
}

static int
with_flags(const char *self, posix_spawnattr_t *sa, short flags)
{
	CHECK_EQ(posix_spawnattr_setflags(sa, flags), 0);
	return runs(self, NULL, sa);
}

static void
spawn_attributes(const char *self)
{
	const int plain = IGNORED | VARIABLE;
	sigset_t usr1, ints;
	posix_spawnattr_t sa;

	CHECK_EQ(posix_spawnattr_init(&sa), 0);
	CHECK_EQ(posix_spawnattr_setflags(&sa, 0x4000), EINVAL);
	(void)sigemptyset(&usr1);
	(void)sigaddset(&usr1, SIGUSR1);
	(void)sigemptyset(&ints);
	(void)sigaddset(&ints, SIGINT);
	(void)sigaddset(&ints, SIGUSR2);
	CHECK_EQ(posix_spawnattr_setsigmask(&sa, &usr1), 0);
	CHECK_EQ(posix_spawnattr_setsigdefault(&sa, &ints), 0);
	(void)signal(SIGUSR2, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	CHECK_EQ(with_flags(self, &sa, 0), plain);
	CHECK_EQ(with_flags(self, &sa, POSIX_SPAWN_SETSIGMASK),
	    plain | BLOCKED);
	CHECK_EQ(with_flags(self, &sa, POSIX_SPAWN_SETSIGDEF),
	    VARIABLE | DEFAULT);
	CHECK_EQ(with_flags(self, &sa, POSIX_SPAWN_SETPGROUP), plain | LEADER);
	CHECK_EQ(with_flags(self, &sa, POSIX_SPAWN_RESETIDS), plain);
	(void)signal(SIGUSR2, SIG_DFL);
	(void)signal(SIGINT, SIG_DFL);
	CHECK_EQ(posix_spawnattr_setpgroup(&sa, 29999), 0);
	CHECK_EQ(posix_spawnattr_setflags(&sa, POSIX_SPAWN_SETPGROUP), 0);
	CHECK_EQ(fails(self, NULL, &sa), EPERM);
	CHECK_EQ(posix_spawnattr_setflags(&sa, POSIX_SPAWN_SETSCHEDULER), 0);
	CHECK_EQ(fails(self, NULL, &sa), ENOSYS);
	CHECK_EQ(posix_spawnattr_setflags(&sa, POSIX_SPAWN_SETSCHEDPARAM), 0);
	CHECK_EQ(fails(self, NULL, &sa), ENOSYS);
	(void)posix_spawnattr_destroy(&sa);
}

/* Without descriptors there is no pipe. */
static void
spawn_without_descriptors(void)
{
	int first = dup(0), fd = first, last = first;

	for (; fd >= 0; fd = dup(0))
		last = fd;
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(fails("/bin/true", NULL, NULL), EMFILE);
	for (fd = first; fd <= last; fd++)
		(void)close(fd);
}

int
main(int argc, char **argv)
{
	const char *self = "/test/pm-spawn";

	if (strcmp(argv[0], SPAWNED) == 0)
		return findings();
	(void)report_begin("pm-spawn", argc > 1 ? argv[1] : NULL);
	system_status();
	CHECK_EQ(child(no_shell), 0);
	system_signals();
	pipes_of_commands();
	spawn_errors(self);
	spawn_own_descriptor(self);
	spawn_actions(self);
	spawn_attributes(self);
	spawn_without_descriptors();
	return report_end();
}
