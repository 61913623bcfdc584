/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D1, D6, D8. Calls of a traced process: entries and ends alternate,
 * the first event is an entry; fork and exec have events of their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include <abi/message.h>
#include <proto/vfs.h>

#include "test/ptrace/tracee.h"

#define MANY 200 /* more events than there are */

static const char self[] = "/test/ptrace-calls";
static volatile int handled[2];
static int late[2]; /* a pipe */

static void
on_usr(int sig)
{
	handled[sig == SIGUSR2]++;
	if (sig == SIGUSR2)
		(void)close(late[1]);
}

static int
calls(void)
{
	(void)signal(SIGUSR1, on_usr);
	(void)signal(SIGUSR2, on_usr);
	(void)pipe(late);
	tracee_tell(1);
	(void)getpid();
	(void)close(123);
	(void)getpid();
	if (write(late[1], "x", 1) != 1)
		return 3;
	return handled[0] == 1 && handled[1] == 1 ? 42 : 1;
}

/* Stop a process at once after it has told that it begins. */
static pid_t
begin_stopped(enum how how, tracee_fn *fn)
{
	pid_t pid = tracee_begin(how, fn);

	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	tracee_go();
	return pid;
}

/* Go from event to event; count those with SIGTRAP. */
static int
events(pid_t pid, int *stops)
{
	int traps = 0, sig;

	for (*stops = 0; traps + *stops < MANY;) {
		if (tracee_do(T_SYSCALL, pid, 0) != 0)
			break;
		sig = tracee_next(pid);
		if (sig == 0)
			break;
		if (sig == SIGTRAP)
			traps++;
		else if (sig != SIGCHLD && CHECK_EQ(sig, SIGSTOP))
			++*stops;
	}
	return traps;
}

/* The type of the message that a process at an entry is about to send. */
static long
request_type(pid_t pid)
{
	long at =
	    ptrace(T_GETUSER, pid, offsetof(struct trace_user, regs.ebx), 0);

	return ptrace(T_GETDATA, pid,
	    at + (long)offsetof(struct message, m_type), 0);
}

/* Signals given at an end and at an entry reach their handlers, the second one
 * after the call: its handler closes what the call writes to. */
static void
signals_at_events(enum how how)
{
	pid_t pid = begin_stopped(how, calls);
	int n = 0, writes = 0, sig = 0;
	bool is_write = false;

	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	while (n < MANY && tracee_next(pid) == SIGTRAP) {
		n++;
		sig = 0;
		if (n % 2 == 0 && is_write && writes == 1)
			sig = SIGUSR1;
		is_write = n % 2 == 1 && request_type(pid) == VFS_WRITE;
		if (is_write && ++writes == 2)
			sig = SIGUSR2;
		CHECK_EQ(tracee_do(T_SYSCALL, pid, sig), 0);
	}
	CHECK_EQ(writes, 2);
	CHECK_EQ(n % 2, 1); /* the last one is the entry of exit */
	CHECK_GE(n, 10);
	CHECK_LT(n, MANY);
	CHECK_EQ(tracee_end(pid), 42);
}

static int
forks(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(5);
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		return 1;
	return WEXITSTATUS(status) == 5 ? 42 : 2;
}

static void
call_events(enum how how)
{
	pid_t pid = begin_stopped(how, forks);
	int stops, n = events(pid, &stops);

	CHECK_EQ(n % 2, 1);
	CHECK_GE(n, 5);
	CHECK_EQ(stops, 0);
	CHECK_EQ(tracee_end(pid), 42);
}

/* A child that is traced, too: its first event is the end of fork. */
static void
child_events(enum how how)
{
	pid_t pid = begin_stopped(how, forks), news, child = 0;
	int mine = 0, its = 0, stops = 0, status = 0, end = 0;

	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	while (end == 0 && mine + its < MANY) {
		news = waitpid(child == 0 ? -1 : pid, &status,
		    child == 0 ? 0 : WNOHANG);
		if (news == 0)
			news = waitpid(child, &status, WNOHANG);
		if (news <= 0) {
			pause_ms(1);
			continue;
		}
		if (news != pid && child == 0)
			child = news;
		if (!WIFSTOPPED(status)) {
			if (news == pid)
				end = status;
			continue;
		}
		if (WSTOPSIG(status) == SIGSTOP) {
			CHECK_EQ(news, child);
			CHECK_EQ(its, 0);
			stops++;
		} else if (WSTOPSIG(status) != SIGCHLD &&
		    CHECK_EQ(WSTOPSIG(status), SIGTRAP)) {
			*(news == pid ? &mine : &its) += 1;
		}
		CHECK_EQ(tracee_do(T_SYSCALL, news, 0), 0);
	}
	CHECK_EQ(stops, 1);
	CHECK_EQ(mine % 2, 1);
	CHECK_GE(mine, 3);
	CHECK_EQ(its % 2, 0);
	CHECK_GE(its, 2);
	CHECK(WIFEXITED(end) && WEXITSTATUS(end) == 42);
	if (how == BY_OTHER || how == BY_FORK)
		(void)waitpid(-1, &status, 0);
}

static int
executes(void)
{
	(void)execl(self, self, "exec", NULL);
	return 1;
}

/* Count the events of an exec with some options. */
static void
exec_events(enum how how, long options, int odd, int wanted_stops)
{
	pid_t pid = begin_stopped(how, executes);
	int stops, n;

	if (options != -1)
		CHECK_EQ(tracee_do(T_SETOPT, pid, options), 0);
	n = events(pid, &stops);
	CHECK_EQ(n % 2, odd);
	CHECK_GE(n, 3);
	CHECK_EQ(stops, wanted_stops);
	CHECK_EQ(tracee_end(pid), 42);
}

static void
execs(enum how how)
{
	exec_events(how, 0, 0, 0);
	exec_events(how, TO_ALTEXEC, 1, 1);
	exec_events(how, TO_NOEXEC, 1, 0);
	/* What is set when nothing was: T_ATTACH has TO_NOEXEC. */
	exec_events(how, -1, how == BY_ATTACH || how == BY_OTHER ? 1 : 0, 0);
}

/* Nothing of a new program runs before the stop. */
static int
executes_teller(void)
{
	(void)execl(self, self, "tell", NULL);
	return 1;
}

static void
exec_stops_first(void)
{
	int fd[2];
	char c = 0;
	pid_t pid;

	CHECK(pipe(fd) == 0 && fcntl(fd[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK(dup2(fd[1], 9) == 9);
	pid = tracee_begin(BY_OK, executes_teller);
	tracee_go();
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	pause_ms(50);
	CHECK(read(fd[0], &c, 1) == -1 && errno == EAGAIN);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_end(pid), 42);
	CHECK(read(fd[0], &c, 1) == 1 && c == 't');
	for (int i = 0; i < 2; i++)
		(void)close(fd[i]);
	(void)close(9);
}

static int
selects(void)
{
	struct timeval tv = { 1, 0 };

	tracee_tell(1);
	(void)select(0, NULL, NULL, NULL, &tv);
	return 42;
}

/* A new tracer does not see the end of a call whose entry it has not seen. */
static void
attach_again(enum how how)
{
	pid_t pid = begin_stopped(how, selects);
	int n = 0, stops;

	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	for (int quiet = 0; quiet < 20; quiet++) { /* until it sleeps */
		int sig = tracee_news(pid);

		if (sig == SIGTRAP) {
			n++;
			quiet = 0;
			CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
		} else {
			CHECK_EQ(sig, 0);
			pause_ms(10);
		}
	}
	CHECK_EQ(n % 2, 1);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	n = events(pid, &stops);
	CHECK_EQ(n % 2, 1);
	CHECK_EQ(stops, 0);
	CHECK_EQ(tracee_end(pid), 42);
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "exec") == 0)
		return 42;
	if (argc > 1 && strcmp(argv[1], "tell") == 0)
		return write(9, "t", 1) == 1 ? 42 : 1;
	report_begin("ptrace-calls", argc > 1 ? argv[1] : NULL);
	tracee_each(signals_at_events);
	tracee_each(call_events);
	tracee_each(child_events);
	tracee_each(execs);
	exec_stops_first();
	tracee_each(attach_again);
	return report_end();
}
