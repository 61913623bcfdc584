/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service under a debugger: a driver, and VFS, without which a tracer must
 * do meanwhile. It stands still for longer than RS would wait for its answer,
 * and neither RS nor those who wait for it end it; its steps and calls are
 * shown to its tracer and not to RS; when it goes on, so does what waited, and
 * it is the process that it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

#define SILENCE_MS 15000 /* RS ends one that is silent for 10 seconds */
#define STEPS      20

/* A service, by its name in PM's table. */
static bool
find(const char *name, struct pm_procinfo *info)
{
	int slot = 0;

	while ((slot = getprocinfo(slot, info)) >= 0)
		if (info->kind == 's' && strcmp(info->name, name) == 0)
			return true;
	return false;
}

/* The next stop of a process. Asks PM only. */
static int
stop_of(pid_t pid)
{
	int status = 0;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return -1;
	return WSTOPSIG(status);
}

static int
request(int what, pid_t pid, long data)
{
	return ptrace(what, pid, 0, data) == 0 ? 0 : errno;
}

static uint32_t
pc_of(pid_t pid)
{
	return (uint32_t)ptrace(T_GETUSER, pid,
	    offsetof(struct trace_user, regs.eip), 0);
}

static void
on_signal(int sig)
{
	(void)sig;
}

/* Sleep, with PM's help only. */
static void
sleep_ms(int ms)
{
	const struct itimerval t = { .it_value = { ms / 1000,
					 ms % 1000 * 1000 } };
	sigset_t alarm_only, old;

	(void)signal(SIGALRM, on_signal);
	(void)sigemptyset(&alarm_only);
	(void)sigaddset(&alarm_only, SIGALRM);
	(void)sigprocmask(SIG_BLOCK, &alarm_only, &old);
	(void)setitimer(ITIMER_REAL, &t, NULL);
	(void)sigsuspend(&old);
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
}

/* A process that will need the service, once it gets SIGUSR1, and ends when it
 * was served. */
static pid_t
needs(const char *file)
{
	sigset_t usr1, none;
	char byte = 1;
	pid_t pid;
	int fd;

	(void)sigemptyset(&none);
	(void)sigemptyset(&usr1);
	(void)sigaddset(&usr1, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &usr1, NULL);
	(void)signal(SIGUSR1, on_signal);
	pid = fork();
	if (pid != 0)
		return pid;
	(void)sigsuspend(&none);
	fd = open(file, O_RDONLY);
	_exit(fd >= 0 && read(fd, &byte, 1) == 1 ? 7 : 8);
}

/* It waits as long as the service stands still. */
static void
waits(pid_t pid)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
}

static void
goes_on(pid_t pid)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status));
	CHECK_EQ(WEXITSTATUS(status), 7);
}

/* Instructions and calls one by one; each event is the tracer's. */
static void
step(pid_t pid)
{
	uint32_t pc = pc_of(pid);
	int i, moved = 0;

	for (i = 0; i < STEPS; i++) {
		CHECK_EQ(request(T_STEP, pid, 0), 0);
		CHECK_EQ(stop_of(pid), SIGTRAP);
		moved += pc_of(pid) != pc;
		pc = pc_of(pid);
	}
	CHECK_GT(moved, STEPS / 2);
	for (i = 0; i < 4; i++) {
		CHECK_EQ(request(T_SYSCALL, pid, 0), 0);
		CHECK_EQ(stop_of(pid), SIGTRAP);
	}
}

/* A service is stopped, looked at, and let go. */
static void
traced(const char *name, const char *file)
{
	struct pm_procinfo before, after;
	pid_t pid, client;

	CHECK(find(name, &before));
	pid = before.pid;
	client = needs(file);
	CHECK_EQ(request(T_ATTACH, pid, 0), 0);
	CHECK_EQ(stop_of(pid), SIGSTOP);
	CHECK_EQ(kill(client, SIGUSR1), 0);
	sleep_ms(SILENCE_MS);
	waits(client);
	CHECK(getpid() > 0 && getppid() > 0);
	CHECK_EQ(request(T_EXIT, pid, 0), EPERM);
	step(pid);
	CHECK_EQ(request(T_DETACH, pid, 0), 0);
	goes_on(client);
	CHECK(find(name, &after));
	CHECK_EQ(after.pid, pid);
	CHECK_EQ(after.ep, before.ep);
	CHECK(system_alive());
}

/* Its tracer dies: it goes on. */
static int
dies(void)
{
	struct pm_procinfo info;

	if (!find("vfs", &info) || ptrace(T_ATTACH, info.pid, 0, 0) != 0 ||
	    stop_of(info.pid) != SIGSTOP)
		return 1;
	sleep_ms(100);
	(void)kill(getpid(), SIGKILL);
	return 2;
}

static void
refused(void)
{
	static const char *const name[] = { "pm", "vm", "rs" };
	struct pm_procinfo info;
	size_t i;

	for (i = 0; i < sizeof name / sizeof *name; i++) {
		CHECK(find(name[i], &info));
		CHECK_EQ(request(T_ATTACH, info.pid, 0), EPERM);
	}
}

int
main(int argc, char *argv[])
{
	(void)report_begin("ptrace-service", argc > 1 ? argv[1] : NULL);
	refused();
	traced("memory", "/dev/zero");
	traced("ext2", "/bin/sh");
	traced("vfs", "/bin/sh");
	CHECK_EQ(child(dies), SIGNALLED + SIGKILL);
	CHECK(system_alive());
	return report_end();
}
