/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D13. Waiting: unknown options are refused; a zombie can be
 * signalled; those who ignore SIGCHLD, or say SA_NOCLDWAIT, have no zombies
 * and wait until the last child has ended; waitid tells of the news it is
 * asked for, and leaves them if it is to; wait4 tells what was used.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

static pid_t
ends(int code)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(code);
	return pid;
}

static pid_t
sleeps(void)
{
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			(void)pause();
	return pid;
}

/* Every bit that is none. */
static void
options(void)
{
	const int known = WNOHANG | WUNTRACED | WCONTINUED;
	int bit, status = 77;
	pid_t pid = ends(3);

	for (bit = 0; bit < 31; bit++) {
		if (known & 1 << bit)
			continue;
		CHECK_SAY(waitpid(pid, &status, 1 << bit) == -1 &&
			errno == EINVAL,
		    "option %#x", 1u << bit);
	}
	CHECK_EQ(status, 77);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED | WCONTINUED), pid);
	CHECK_EQ(WEXITSTATUS(status), 3);
}

static void
zombies(void)
{
	siginfo_t info;
	pid_t pid = ends(0);

	CHECK_EQ(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	CHECK_EQ(kill(pid, 0), 0); /* it is dead, and still there */
	CHECK_EQ(kill(pid, SIGTERM), 0);
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(child_end(pid), 0);
	CHECK(kill(pid, 0) == -1 && errno == ESRCH);
}

static void
count(int sig)
{
	(void)sig;
}

/* How a parent says that it will not wait. */
static int
careless(int how)
{
	struct sigaction sa;
	pid_t pid[3];
	int i, status;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = how == 0 ? SIG_IGN : how == 1 ? SIG_DFL : count;
	sa.sa_flags = how == 0 ? 0 : SA_NOCLDWAIT;
	if (sigaction(SIGCHLD, &sa, NULL) != 0)
		return 1;
	for (i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			pause_ms(20);
			_exit(i);
		}
	}
	while (waitpid(-1, &status, 0) != -1 || errno == EINTR)
		if (errno != EINTR)
			return 2;
	if (errno != ECHILD)
		return 3;
	for (i = 0; i < 3; i++)
		if (kill(pid[i], 0) != -1 || errno != ESRCH)
			return 4;
	return 0;
}

static void
news(pid_t pid, int options, int code, int status)
{
	siginfo_t info;

	memset(&info, 0x55, sizeof info);
	CHECK_EQ(waitid(P_PID, (id_t)pid, &info, options), 0);
	CHECK_EQ(info.si_signo, SIGCHLD);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(info.si_uid, getuid());
	CHECK_EQ(info.si_code, code);
	CHECK_EQ(info.si_status, status);
}

static void
no_news(pid_t pid, int options)
{
	siginfo_t info;

	memset(&info, 0x55, sizeof info);
	CHECK_EQ(waitid(P_PID, (id_t)pid, &info, options | WNOHANG), 0);
	CHECK_EQ(info.si_pid, 0);
	CHECK_EQ(info.si_signo, 0);
}

static void
each_kind(void)
{
	pid_t pid = sleeps();

	CHECK_EQ(kill(pid, SIGSTOP), 0);
	no_news(pid, WEXITED | WCONTINUED);
	news(pid, WSTOPPED | WNOWAIT, CLD_STOPPED, SIGSTOP);
	news(pid, WSTOPPED | WEXITED, CLD_STOPPED, SIGSTOP);
	no_news(pid, WSTOPPED | WEXITED | WCONTINUED);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	no_news(pid, WSTOPPED | WEXITED);
	news(pid, WCONTINUED | WNOWAIT, CLD_CONTINUED, SIGCONT);
	news(pid, WCONTINUED, CLD_CONTINUED, SIGCONT);
	CHECK_EQ(kill(pid, SIGTERM), 0);
	news(pid, WEXITED | WNOWAIT, CLD_KILLED, SIGTERM);
	no_news(pid, WSTOPPED | WCONTINUED); /* it is a zombie */
	news(pid, WEXITED, CLD_KILLED, SIGTERM);
	news(ends(9), WEXITED, CLD_EXITED, 9);
}

static void
refusals(void)
{
	static const struct {
		idtype_t type;
		id_t id;
		int options, error;
	} bad[] = {
		{ P_ALL, 0, 0, EINVAL },
		{ P_ALL, 0, WNOHANG, EINVAL },
		{ P_ALL, 0, WEXITED | 0x100, EINVAL },
		{ P_PID, 0, WEXITED, EINVAL },
		{ (idtype_t)3, 0, WEXITED, EINVAL },
		{ P_ALL, 0, WEXITED, ECHILD },
		{ P_PID, 1, WEXITED, ECHILD },
		{ P_PGID, 0, WEXITED, ECHILD },
	};

	siginfo_t info;
	size_t i;

	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_SAY(waitid(bad[i].type, bad[i].id, &info,
			      bad[i].options) == -1 &&
			errno == bad[i].error,
		    "row %u", (unsigned int)i);
}

/* A child computes; its use of the machine is its own. */
static void
usage(void)
{
	struct rusage used;
	volatile unsigned int n;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		for (n = 0; n < 4000000; n++)
			;
		_exit(5);
	}
	memset(&used, 0x55, sizeof used);
	CHECK_EQ(wait4(pid, &status, 0, &used), pid);
	CHECK_EQ(WEXITSTATUS(status), 5);
	CHECK(used.ru_utime.tv_sec > 0 || used.ru_utime.tv_usec > 0);
	CHECK(used.ru_utime.tv_sec < 100 && used.ru_utime.tv_usec < 1000000);
	pid = ends(0);
	CHECK_EQ(wait3(&status, 0, &used), pid);
	CHECK_EQ(used.ru_utime.tv_sec, 0); /* not the first one's again */
}

int
main(int argc, char **argv)
{
	int how;

	(void)report_begin("pm-wait", argc > 1 ? argv[1] : NULL);
	refusals();
	options();
	zombies();
	for (how = 0; how < 3; how++)
		CHECK_EQ(child_with(careless, how), 0);
	each_kind();
	usage();
	return report_end();
}
