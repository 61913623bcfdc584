/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See random.h. */
#include "test/pm/random.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/program/program.h"

#define BOARD  "/tmp/random.board"
#define STEPS  400
#define TRACED 3 /* at most, by one process */

static int board = -1;

bool
board_open(void)
{
	board = open(BOARD, O_RDWR | O_CREAT | O_TRUNC, 0600);
	return board >= 0;
}

void
board_put(unsigned int place, int pid)
{
	const off_t at = (off_t)(place % ACTORS) * (off_t)sizeof pid;

	if (board >= 0)
		(void)pwrite(board, &pid, sizeof pid,
		    at); /* or not: so be it */
}

int
board_get(unsigned int place)
{
	const off_t at = (off_t)(place % ACTORS) * (off_t)sizeof(int);
	int pid = -1;

	if (board < 0 || pread(board, &pid, sizeof pid, at) != sizeof pid)
		return -1;
	return pid > 1 && pid != getpid() ? pid : -1;
}

void
board_close(void)
{
	close(board);
	board = -1;
	(void)unlink(BOARD);
}

static uint32_t state;

static uint32_t
draw(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return (state >> 8) % n;
}

static volatile sig_atomic_t caught;

static void
on_signal(int sig)
{
	(void)sig;
	caught++;
	if (caught % 8 == 0)
		(void)getpid(); /* a call within a handler */
}

/* A signal that does not end anybody, mostly. */
static int
any_signal(void)
{
	static const int some[] = { SIGUSR1, SIGUSR2, SIGHUP, SIGALRM, SIGCONT,
		SIGCONT, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGCHLD, SIGTRAP,
		SIGWINCH, SIGTERM };

	if (draw(24) == 0)
		return draw(2) ? SIGKILL : SIGSEGV;
	return some[draw(sizeof some / sizeof some[0])];
}

static pid_t traced[TRACED];

/* Let one be traced no more. */
static void
forget(pid_t pid)
{
	int i;

	for (i = 0; i < TRACED; i++)
		if (traced[i] == pid)
			traced[i] = 0;
}

static void
act_signal(void)
{
	pid_t pid = board_get(draw(ACTORS));

	if (pid > 0)
		(void)kill(pid, any_signal()); /* it may be gone */
}

static void
act_attach(void)
{
	pid_t pid = board_get(draw(ACTORS));
	int i = (int)draw(TRACED);

	if (pid > 0 && traced[i] == 0 && ptrace(T_ATTACH, pid, 0, 0) == 0)
		traced[i] = pid;
}

/* Do something to one that is traced; most of it needs that it is stopped. */
static void
act_trace(void)
{
	static const int some[] = { T_RESUME, T_RESUME, T_RESUME, T_SYSCALL,
		T_SYSCALL, T_STEP, T_GETUSER, T_GETINS, T_SETOPT, T_DETACH,
		T_EXIT };
	const int request = some[draw(sizeof some / sizeof some[0])];
	pid_t pid = traced[draw(TRACED)];
	long data = 0, addr = 0;

	if (pid == 0)
		return;
	if (request == T_SETOPT)
		data = (long)draw(TO_ALL + 1);
	else if (request >= T_RESUME && draw(3) == 0)
		data = any_signal();
	if (request == T_GETINS)
		addr = (long)draw(1 << 20) * 4;
	if (ptrace(request, pid, addr, data) == 0 &&
	    (request == T_DETACH || request == T_EXIT))
		forget(pid);
}

/* Learn what has become of children and of those that are traced. */
static void
act_wait(void)
{
	const int options =
	    WNOHANG | (draw(2) ? WUNTRACED : 0) | (draw(2) ? WCONTINUED : 0);
	int status;
	pid_t pid = waitpid(-1, &status, options);

	if (pid <= 0)
		return;
	if (WIFEXITED(status) || WIFSIGNALED(status))
		forget(pid);
	else if (WIFSTOPPED(status))
		(void)ptrace(T_RESUME, pid, 0, 0); /* if it is traced */
}

static void
act_fork(void)
{
	pid_t pid = fork();

	if (pid > 0) {
		board_put(draw(ACTORS), pid);
		return;
	}
	if (pid < 0)
		return;
	memset(traced, 0, sizeof traced);
	state += (uint32_t)getpid();
	if (draw(4) == 0)
		(void)ptrace(T_OK, 0, 0, 0);
}

static void
act_exec(void)
{
	char seed[12];

	snprintf(seed, sizeof seed, "%u", (unsigned int)(state | 1));
	execl("/test/" ACTOR_NAME, ACTOR_NAME, "actor", seed, (char *)NULL);
	_exit(1);
}

static void
act_mask(void)
{
	sigset_t set;
	int i;

	sigemptyset(&set);
	for (i = (int)draw(4); i > 0; i--)
		sigaddset(&set, 1 + (int)draw(NSIG - 1));
	(void)sigprocmask(draw(3) ? SIG_SETMASK : SIG_UNBLOCK, &set, NULL);
}

static void
act_rest(void)
{
	const struct timespec little = { 0, (long)draw(30) * 1000000 };

	(void)nanosleep(&little, NULL); /* a signal may end it */
}

static void
act_timer(void)
{
	const struct itimerval soon = { { 0, 0 },
		{ 0, 1000 * (long)draw(50) } };

	(void)setitimer((int)draw(3), &soon, NULL); /* ITIMER_* are 0 to 2 */
}

/* A pipe to oneself, and a read from it that a timer ends. */
static void
act_pipe(void)
{
	const struct itimerval soon = { { 0, 0 }, { 0, 20000 } };
	char c = 'x';
	int fd[2];

	if (pipe(fd) != 0)
		return;
	if (draw(2))
		(void)setitimer(ITIMER_REAL, &soon, NULL);
	else
		(void)write(fd[1], &c, 1);
	if (draw(4) != 0)
		close(fd[1]);
	else
		(void)fcntl(fd[0], F_SETFL, O_NONBLOCK);
	(void)read(fd[0], &c, 1);
	close(fd[0]);
	close(fd[1]); /* perhaps once more */
}

static void
act_group(void)
{
	(void)setpgid(0, 0); /* a leader cannot */
}

static void
act_ids(void)
{
	(void)setuid(0);
}

static void
act_end(void)
{
	if (draw(3) == 0)
		_exit((int)draw(256));
}

static void (*const acts[])(void) = { act_signal, act_signal, act_signal,
	act_attach, act_trace, act_trace, act_trace, act_trace, act_wait,
	act_wait, act_wait, act_wait, act_fork, act_exec, act_mask, act_rest,
	act_rest, act_timer, act_pipe, act_group, act_ids, act_end };

static void
handlers(void)
{
	static const int some[] = { SIGUSR1, SIGUSR2, SIGHUP, SIGALRM, SIGTERM,
		SIGVTALRM, SIGPROF };
	struct sigaction sa = { .sa_handler = on_signal };
	size_t i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++)
		(void)sigaction(some[i], &sa, NULL); /* arguments are right */
}

_Noreturn void
actor(uint32_t seed)
{
	int i;

	state = seed;
	handlers();
	if (board < 0)
		board = open(BOARD, O_RDWR);
	for (i = 0; i < STEPS; i++)
		acts[draw(sizeof acts / sizeof acts[0])]();
	_exit(0);
}
