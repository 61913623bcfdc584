/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D7, D8. How a process comes under a tracer and leaves it: who may
 * trace whom, which error comes when, what a tracer that is gone leaves behind.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/ptrace/scene.h"

#define USER  12 /* and its group */
#define OTHER 13

static volatile sig_atomic_t usr1;

static void
on_usr1(int sig)
{
	(void)sig;
	usr1++;
}

static int
ends_by_usr1(void)
{
	(void)signal(SIGUSR1, on_usr1);
	tracee_tell(1);
	while (usr1 == 0)
		pause_ms(5);
	return usr1 == 1 ? 42 : 1;
}

static int
asks_twice(void)
{
	return ptrace(T_OK, 0, 0, 0) == -1 && errno == EBUSY ? 42 : 1;
}

static void
just_go(pid_t pid)
{
	(void)pid;
	tracee_go();
}

static int
attach_errno(int pid)
{
	return ptrace(T_ATTACH, pid, 0, 0) == 0 ? 0 : errno;
}

/* Neither its tracer nor anybody else can attach to it. */
static void
one_tracer(pid_t pid)
{
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), EBUSY);
	CHECK_EQ(tracee_with(attach_errno, pid), EBUSY);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), EBUSY);
	CHECK_EQ(tracee_with(attach_errno, pid), EBUSY);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0);
}

/* Who runs cannot be detached from; the way to do it, passing on what comes
 * before the stop. */
static void
detach(pid_t pid)
{
	int sig;

	CHECK_EQ(tracee_do(T_DETACH, pid, 0), EBUSY);
	CHECK(tracee_kill(pid, SIGCHLD) == 0 && tracee_kill(pid, SIGSTOP) == 0);
	while ((sig = tracee_next(pid)) != SIGSTOP)
		if (!CHECK_EQ(sig, SIGCHLD) ||
		    !CHECK_EQ(tracee_do(T_RESUME, pid, sig), 0))
			break;
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), ESRCH);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), ESRCH);
	CHECK(
	    tracee_kill(pid, SIGUSR1) == 0); /* which is nobody's but its own */
	CHECK_EQ(tracee_end_untraced(pid), 42);
}

/* What stands for the attaching is no signal that the process gets. */
static void
attach_detach(pid_t pid)
{
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
		CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	}
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, SIGUSR1), 0);
	CHECK_EQ(tracee_end_untraced(pid), 42);
}

static const struct scene scenes[] = {
	{ "asks-twice", asks_twice, READY, just_go, 42 },
	{ "one-tracer", ends_by_usr1, RUNNING, one_tracer, 42 },
	{ "detach", ends_by_usr1, RUNNING, detach, SCENE_OVER },
	{ "attach-detach", ends_by_usr1, STOPPED, attach_detach, SCENE_OVER },
};

static pid_t
pid_of(const char *name)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) != -1)
		if (strcmp(info.name, name) == 0)
			return info.pid;
	return -1;
}

static _Noreturn void
pause_for_ever(void)
{
	for (;;)
		(void)pause();
}

/* A child of this process, that belongs to somebody. */
static pid_t
child_of(unsigned int uid, unsigned int euid, unsigned int gid,
    unsigned int egid)
{
	int fd[2] = { -1, -1 };
	char c;
	pid_t pid;

	CHECK(pipe(fd) == 0);
	pid = fork();
	if (pid == 0) {
		if (setgid(gid) != 0 || setegid(egid) != 0 ||
		    (euid == uid ? setuid(uid) : seteuid(euid)) != 0)
			_exit(1);
		(void)write(fd[1], "x", 1);
		pause_for_ever();
	}
	CHECK(read(fd[0], &c, 1) == 1);
	(void)close(fd[0]);
	(void)close(fd[1]);
	return pid;
}

static void
end_child(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL);
}

/* Whom nobody may trace, and who is not there. */
static void
exempt(void)
{
	static const char *const names[] = { "pm", "vm", "rs", "init" };
	pid_t dead = fork();

	if (dead == 0)
		_exit(0);
	CHECK_EQ(attach_errno(getpid()), EPERM);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		CHECK_EQ(attach_errno(pid_of(names[i])), EPERM);
	CHECK_EQ(attach_errno(-1), ESRCH);
	CHECK_EQ(attach_errno(30001), ESRCH);
	tracee_dies(dead);
	CHECK_EQ(attach_errno(dead), ESRCH);
	CHECK_EQ(tracee_reap(dead), 0);
}

static int
attach_as_user(int pid)
{
	if (setgid(USER) != 0 || setuid(USER) != 0)
		return 90;
	return attach_errno(pid);
}

/* What a user may trace: processes that are its own in every respect. */
static void
as_user(void)
{
	static const struct {
		unsigned int uid, euid, gid, egid;
		int result;
	} of[] = {
		{ USER, USER, USER, USER, 0 },
		{ OTHER, OTHER, USER, USER, EPERM },
		{ USER, USER, OTHER, OTHER, EPERM },
		{ USER, USER, OTHER, USER, EPERM },
		{ USER, USER, USER, OTHER, EPERM },
		{ 0, USER, USER, USER, EPERM },
		{ 0, 0, USER, USER, EPERM },
		{ 0, 0, 0, 0, EPERM },
	};

	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		pid_t pid =
		    child_of(of[i].uid, of[i].euid, of[i].gid, of[i].egid);

		CHECK_OR_SAY(
		    CHECK_EQ(tracee_with(attach_as_user, pid), of[i].result),
		    "uid %u %u, gid %u %u", of[i].uid, of[i].euid, of[i].gid,
		    of[i].egid);
		/* The tracer is dead, and so is what it traced. */
		if (of[i].result == 0)
			CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL);
		else
			end_child(pid);
	}
	CHECK_EQ(tracee_with(attach_as_user, 1), EPERM);
	CHECK_EQ(tracee_with(attach_as_user, pid_of("tty")), EPERM);
	CHECK_EQ(tracee_with(attach_as_user, 30001), ESRCH);
}

/* Being refused says nothing about whether somebody traces it. */
static void
error_order(void)
{
	pid_t pid = tracee_begin(BY_OK, ends_by_usr1);

	CHECK_EQ(tracee_with(attach_as_user, pid), EPERM);
	CHECK_EQ(tracee_with(attach_errno, pid), EBUSY);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
}

/* The superuser may trace what belongs to anybody. */
static void
as_root(void)
{
	pid_t pid = child_of(USER, USER, OTHER, OTHER);

	CHECK_EQ(attach_errno(pid), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	end_child(pid);
}

/* In a grandchild: whose child is it when it asks to be traced? */
static _Noreturn void
ask_as_orphan(int fd)
{
	int e;

	while (getppid() != 1)
		pause_ms(1);
	e = ptrace(T_OK, 0, 0, 0) == 0 ? 0 : errno;
	(void)write(fd, &e, sizeof e);
	_exit(0);
}

/* init does not trace: its orphans would stop for ever. */
static void
orphan(void)
{
	int fd[2] = { -1, -1 }, e = -1;
	pid_t pid;

	CHECK(pipe(fd) == 0);
	pid = fork();
	if (pid == 0) {
		if (fork() == 0)
			ask_as_orphan(fd[1]);
		_exit(0);
	}
	CHECK_EQ(tracee_reap(pid), 0);
	CHECK(read(fd[0], &e, sizeof e) == sizeof e);
	CHECK_EQ(e, EPERM);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-attach", argc, argv);
	SCENES(scenes);
	scene_alone("exempt", exempt);
	scene_alone("as-user", as_user);
	scene_alone("as-root", as_root);
	scene_alone("error-order", error_order);
	scene_alone("orphan", orphan);
	return report_end();
}
