/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11, D13. Stop and continue: each stop signal stops, its parent and
 * no other learns of it, once; nothing runs until SIGCONT, which works even
 * where it is blocked or ignored; SIGKILL ends what is stopped; a call that
 * is waited in goes on undisturbed; orphaned groups do not stop at a
 * terminal, and get SIGHUP and SIGCONT if they are left stopped.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

static const int stops[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };

#define STOPS 4

static volatile int chld, cont;

static void
count_chld(int sig)
{
	(void)sig;
	chld++;
}

static void
count_cont(int sig)
{
	(void)sig;
	cont++;
}

static void catch (int sig, void (*with)(int), int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	sa.sa_flags = flags;
	CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

/* A child in a group of its own, that does what it is to. */
static pid_t
begin(void (*what)(int), int fd)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)setpgid(0, 0);
		what(fd);
		_exit(7);
	}
	(void)setpgid(pid, pid);
	return pid;
}

static void
spin(int fd)
{
	(void)fd;
	for (;;)
		(void)getpid();
}

static void
sleeper(int fd)
{
	(void)fd;
	for (;;)
		(void)pause();
}

static void
reader(int fd)
{
	char c;

	_exit(read(fd, &c, 1) == 1 ? c : errno);
}

/* What ps would show. */
static char
state_of(pid_t pid)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.pid == pid)
			return info.state;
	return '?';
}

static void
expect_stop(pid_t pid, int sig)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == sig);
	CHECK(!WIFEXITED(status) && !WIFSIGNALED(status));
	CHECK_EQ(state_of(pid), 'T');
	CHECK_EQ(waitpid(pid, &status, WUNTRACED | WNOHANG), 0); /* once */
}

static void
expect_continue(pid_t pid)
{
	int status = 0, tries = 0;

	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status) && !WIFSTOPPED(status));
	while (state_of(pid) == 'T' && tries++ < 200)
		pause_ms(
		    10); /* VFS may not yet have brought it out of a call */
	CHECK_NE(state_of(pid), 'T');
	CHECK_EQ(waitpid(pid, &status, WCONTINUED | WNOHANG), 0);
}

static void
end(pid_t pid, int sig)
{
	CHECK_EQ(kill(pid, sig), 0);
	CHECK_EQ(child_end(pid), SIGNALLED + sig);
}

/* Whatever it does when the signal comes. */
static void
each(void)
{
	static void (*const jobs[])(int) = { spin, sleeper };
	pid_t pid;
	int i, j;

	for (j = 0; j < 2; j++) {
		pid = begin(jobs[j], -1);
		for (i = 0; i < STOPS; i++) {
			CHECK_EQ(kill(pid, stops[i]), 0);
			expect_stop(pid, stops[i]);
			expect_continue(pid);
		}
		CHECK_EQ(kill(pid, SIGSTOP), 0);
		expect_stop(pid, SIGSTOP);
		end(pid, SIGKILL); /* without being continued */
	}
}

/* A wait that does not ask for stops does not hear of them, but of the end.
 * One that has stopped holds other signals back until it goes on. */
static void
held(void)
{
	pid_t pid = begin(spin, -1);
	int status = 0;

	CHECK_EQ(kill(pid, SIGSTOP), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WCONTINUED), 0);
	CHECK_EQ(kill(pid, SIGTERM), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQ(state_of(pid), 'T');
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(child_end(pid), SIGNALLED + SIGTERM);
}

static void
ignoring(int fd)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCONT);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGTSTP, SIG_IGN);
	(void)!write(fd, "r", 1);
	spin(fd);
}

/* SIGCONT works where it is blocked; an ignored stop does not; nothing can
 * be done against SIGSTOP. */
static void
stubborn(void)
{
	int p[2], status = 0;
	pid_t pid;
	char c;

	CHECK_EQ(pipe(p), 0);
	pid = begin(ignoring, p[1]);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(kill(pid, SIGTSTP), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WUNTRACED), 0);
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_stop(pid, SIGSTOP);
	expect_continue(pid);
	end(pid, SIGTERM);
	(void)close(p[0]);
	(void)close(p[1]);
}

/* A stop and its end are nothing to a call that waits. */
static void
undisturbed(void)
{
	int p[2];
	pid_t pid;

	CHECK_EQ(pipe(p), 0);
	pid = begin(reader, p[0]);
	pause_ms(20);
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_stop(pid, SIGSTOP);
	CHECK_EQ(write(p[1], "x", 1), 1); /* comes while it is stopped */
	pause_ms(20);
	CHECK_EQ(state_of(pid), 'T');
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(child_end(pid), 'x');

	pid = begin(reader, p[0]);
	pause_ms(20);
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_stop(pid, SIGSTOP);
	expect_continue(pid);
	CHECK_EQ(write(p[1], "y", 1), 1); /* comes afterwards */
	CHECK_EQ(child_end(pid), 'y');
	(void)close(p[0]);
	(void)close(p[1]);
}

/* Of SIGCONT and a stop that are both pending the later one counts. */
static void
later(void)
{
	sigset_t set, pending;

	catch (SIGCONT, count_cont, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGCONT);
	sigaddset(&set, SIGTSTP);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	CHECK_EQ(kill(getpid(), SIGTSTP), 0);
	CHECK_EQ(kill(getpid(), SIGCONT), 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK(sigismember(&pending, SIGCONT) == 1);
	CHECK(sigismember(&pending, SIGTSTP) == 0);
	CHECK_EQ(kill(getpid(), SIGTSTP), 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK(sigismember(&pending, SIGCONT) == 0);
	CHECK(sigismember(&pending, SIGTSTP) == 1);
	CHECK_EQ(kill(getpid(), SIGCONT), 0);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	CHECK_EQ(cont, 1);
	catch (SIGCONT, SIG_DFL, 0);
}

/* SIGCHLD comes for a stop, unless the parent does not want that. */
static void
told(void)
{
	pid_t pid = begin(spin, -1);

	chld = 0;
	catch (SIGCHLD, count_chld, SA_NOCLDSTOP);
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_stop(pid, SIGSTOP);
	CHECK_EQ(chld, 0);
	expect_continue(pid);
	CHECK_EQ(chld, 0);
	catch (SIGCHLD, count_chld, 0);
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_stop(pid, SIGSTOP);
	CHECK_EQ(chld, 1);
	expect_continue(pid);
	CHECK_EQ(chld, 2);
	catch (SIGCHLD, SIG_DFL, 0);
	end(pid, SIGKILL);
}

static void
hup(int sig)
{
	_exit(100 + sig);
}

static void
asleep(int fd)
{
	(void)signal(SIGHUP, hup);
	(void)!write(fd, "r", 1);
	sleeper(fd);
}

/* The leader of a session whose child, in a group of its own, is stopped: its
 * end orphans the group. The end of the child closes the pipe. */
static void
session(int fd)
{
	pid_t pid;
	int p[2], status;
	char c;

	if (setsid() < 0 || pipe(p) != 0)
		_exit(1);
	pid = begin(asleep, p[1]);
	if (read(p[0], &c, 1) != 1 || kill(pid, SIGTSTP) != 0 ||
	    waitpid(pid, &status, WUNTRACED) != pid || !WIFSTOPPED(status))
		_exit(2);
	_exit(fd >= 0 ? 0 : 3);
}

static int
orphan_stops(int sig)
{
	pid_t pid;
	int status = 0;

	if (setsid() < 0)
		return 1;
	/* Its only group is orphaned: its parent is of another session. */
	(void)kill(getpid(), sig);
	pid = fork();
	if (pid == 0) { /* in the same group, hence orphaned as well */
		(void)kill(getpid(), sig);
		_exit(0);
	}
	return waitpid(pid, &status, WUNTRACED) == pid && status == 0 ? 0 : 2;
}

static void
orphans(void)
{
	int p[2], i;
	pid_t pid;
	char c;

	for (i = 1; i < STOPS; i++)
		CHECK_EQ(child_with(orphan_stops, stops[i]), 0);
	CHECK_EQ(pipe(p), 0);
	pid = fork();
	if (pid == 0) {
		(void)close(p[0]);
		session(p[1]);
	}
	(void)close(p[1]);
	CHECK_EQ(child_end(pid), 0);
	CHECK_EQ(read(p[0], &c, 1), 0); /* nobody is left who could write */
	(void)close(p[0]);
}

int
main(int argc, char **argv)
{
	int i;

	(void)report_begin("pm-stop", argc > 1 ? argv[1] : NULL);
	for (i = 1; i < STOPS; i++) /* whatever the parent ignores */
		CHECK(signal(stops[i], SIG_DFL) != SIG_ERR);
	each();
	held();
	stubborn();
	undisturbed();
	later();
	told();
	orphans();
	return report_end();
}
