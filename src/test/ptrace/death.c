/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D7. The end of a traced process: by itself, by SIGKILL, by its
 * tracer. The tracer hears of it first, the parent afterwards; and when a
 * tracer dies nothing that it has traced stays as it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/scene.h"

#define PAGES 64

static const char held[] = "/tmp/ptrace-death"; /* a file with a lock */
static int data[2];             /* a pipe that nothing comes from */
static char mine[PAGES * 4096]; /* memory that only one process has */

static int
exits(void)
{
	return 42;
}

static int
sleeps(void)
{
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

static int
hides(void)
{
	sigset_t full;

	(void)signal(SIGTERM, SIG_IGN);
	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	return sleeps();
}

static int
reads(void)
{
	char c;

	tracee_tell(1);
	(void)read(data[0], &c, 1);
	return 1;
}

static int
holds(void)
{
	struct flock lock = { .l_type = F_WRLCK };
	int fd = open(held, O_RDWR);

	memset(mine, 1, sizeof mine);
	return fd == -1 || fcntl(fd, F_SETLK, &lock) != 0 ? 1 : sleeps();
}

/* Has anybody a lock? @return his number, or 0 */
static pid_t
holder(int fd)
{
	struct flock lock = { .l_type = F_WRLCK };

	CHECK(fcntl(fd, F_GETLK, &lock) == 0);
	return lock.l_type == F_UNLCK ? 0 : lock.l_pid;
}

static void
go(pid_t pid)
{
	(void)pid;
	tracee_go();
}

static void
kill_it(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
	CHECK(waitpid(pid, NULL, 0) == -1 && errno == ECHILD);
}

static void
kill_in_call(pid_t pid)
{
	tracee_blocks(pid, VFS_PROC_NR);
	kill_it(pid);
}

/* Also while it is stopped, has more to show, and signals on their way. */
static void
kill_stopped(pid_t pid)
{
	tracee_halt(pid);
	CHECK(tracee_kill(pid, SIGTERM) == 0 && tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGHUP), 0);
	kill_it(pid);
}

/* The tracer orders the end; when that is done nothing is left of it. */
static void
ordered(pid_t pid)
{
	const int code = (int)(nonce_u32(report_nonce(), "code", 0) % 256);
	int status = 0, fd = open(held, O_RDWR);
	long was_free = sysconf(_SC_AVPHYS_PAGES);

	CHECK_EQ(holder(fd), pid);
	CHECK_EQ(tracee_do(T_EXIT, pid, code), 0);
	CHECK_GE(sysconf(_SC_AVPHYS_PAGES), was_free + PAGES / 2);
	CHECK_EQ(holder(fd), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == code);
	CHECK_EQ(tracee_do(T_EXIT, pid, code), ESRCH);
	CHECK(close(fd) == 0);
	if (tracee_parent() == 0)
		return;
	CHECK_EQ(waitpid(tracee_parent(), &status, 0), tracee_parent());
	CHECK_EQ(WEXITSTATUS(status), code);
}

/* The same where it is in a call, or has signals to show. */
static void
ordered_in_call(pid_t pid)
{
	tracee_blocks(pid, VFS_PROC_NR);
	tracee_halt(pid);
	CHECK(tracee_kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_do(T_EXIT, pid, 17), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), ESRCH);
}

/* Where the tracer is not the parent, the parent waits until it has heard. */
static void
tracer_first(pid_t pid)
{
	int status = 0;

	tracee_go();
	tracee_dies(pid);
	if (tracee_parent() != 0) {
		pause_ms(10);
		CHECK_EQ(waitpid(tracee_parent(), &status, WNOHANG), 0);
	}
}

static const struct scene scenes[] = {
	{ "exits", exits, READY, go, 42 },
	{ "killed", hides, RUNNING, kill_it, SCENE_OVER },
	{ "killed-counting", counts, RUNNING, kill_it, SCENE_OVER },
	{ "killed-in-call", reads, RUNNING, kill_in_call, SCENE_OVER },
	{ "killed-stopped", sleeps, RUNNING, kill_stopped, SCENE_OVER },
	{ "ordered", holds, STOPPED, ordered, SCENE_OVER },
	{ "ordered-in-call", reads, RUNNING, ordered_in_call, 17 },
	{ "tracer-first", exits, READY, tracer_first, 42 },
};

/* What a process is doing when its tracer dies. */
enum activity {
	RUNS,
	READS,
	STOPS,
	SHOWS,
	STOPPED_IN_CALL,
	ACTIVITIES
};

static _Noreturn void
act(enum activity activity)
{
	char c;

	if (activity == READS || activity == STOPPED_IN_CALL)
		(void)read(data[0], &c, 1);
	for (;;)
		counts_yield();
}

/* In a child: trace a process, and die with it in some state. */
static _Noreturn void
trace_and_die(pid_t pid, enum activity activity)
{
	int status;

	if (ptrace(T_ATTACH, pid, 0, 0) != 0 || waitpid(pid, &status, 0) != pid)
		_exit(1);
	if (activity == SHOWS)
		(void)(tracee_kill(pid, SIGTERM) + tracee_kill(pid, SIGUSR1));
	if (activity == RUNS || activity == READS)
		(void)ptrace(T_RESUME, pid, 0, 0);
	(void)kill(getpid(), SIGKILL);
	_exit(2);
}

/* A tracer dies: what it has traced dies, too, whatever it does. */
static void
tracer_dies(void)
{
	for (int activity = 0; activity < ACTIVITIES; activity++) {
		pid_t pid = fork(), tracer;

		if (pid == 0)
			act((enum activity)activity);
		if (activity == READS || activity == STOPPED_IN_CALL)
			tracee_blocks(pid, VFS_PROC_NR);
		tracer = fork();
		if (tracer == 0)
			trace_and_die(pid, (enum activity)activity);
		CHECK_EQ(tracee_reap(tracer), SIGNALLED + SIGKILL);
		CHECK_OR_SAY(CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL),
		    "activity %d", activity);
	}
}

/* A tracer whose own tracer dies takes what it traces with it. */
static void
cascade(void)
{
	int fd[2] = { -1, -1 };
	pid_t pid = fork(), middle, tracer;
	char c;

	CHECK(pipe(fd) == 0);
	if (pid == 0)
		act(READS);
	middle = fork();
	if (middle == 0) {
		(void)ptrace(T_ATTACH, pid, 0, 0);
		(void)waitpid(pid, NULL, 0);
		(void)write(fd[1], "m", 1);
		act(RUNS);
	}
	CHECK(read(fd[0], &c, 1) == 1);
	tracer = fork();
	if (tracer == 0)
		trace_and_die(middle, STOPS);
	CHECK_EQ(tracee_reap(tracer), SIGNALLED + SIGKILL);
	CHECK_EQ(tracee_reap(middle), SIGNALLED + SIGKILL);
	CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

/* In a child: let a process end, never wait, end when told. */
static _Noreturn void
let_end_unseen(pid_t pid, int in, int out)
{
	char c;

	(void)ptrace(T_ATTACH, pid, 0, 0);
	(void)waitpid(pid, NULL, 0);
	(void)ptrace(T_EXIT, pid, 0, 42);
	(void)write(out, "e", 1);
	(void)read(in, &c, 1);
	_exit(84);
}

/* The tracer of the tester's child does not wait for its end: the parent
 * hears of it when the tracer has ended, and as it was. */
static void
never_told(void)
{
	int to[2] = { -1, -1 }, from[2] = { -1, -1 }, status = 0;
	char c;
	pid_t pid, tracer;

	CHECK(pipe(to) == 0 && pipe(from) == 0);
	pid = fork();
	if (pid == 0)
		act(READS);
	tracer = fork();
	if (tracer == 0)
		let_end_unseen(pid, to[0], from[1]);
	CHECK(read(from[0], &c, 1) == 1);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK(write(to[1], "g", 1) == 1);
	CHECK_EQ(tracee_reap(tracer), 84);
	CHECK_EQ(tracee_reap(pid), 42);
	for (int i = 0; i < 2; i++) {
		(void)close(to[i]);
		(void)close(from[i]);
	}
}

/* In a child: have a child, tell its number, and stay. */
static _Noreturn void
bear(int fd)
{
	pid_t pid = fork();

	if (pid == 0)
		act(READS);
	(void)write(fd, &pid, sizeof pid);
	act(READS);
}

/* The parent dies: the process is traced as before, and init has its rest. */
static void
parent_dies(void)
{
	int fd[2] = { -1, -1 }, status = 0;
	pid_t parent, pid = -1;

	CHECK(pipe(fd) == 0);
	parent = fork();
	if (parent == 0)
		bear(fd[1]);
	CHECK(read(fd[0], &pid, sizeof pid) == sizeof pid);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK(tracee_kill(parent, SIGKILL) == 0);
	CHECK_EQ(tracee_reap(parent), SIGNALLED + SIGKILL);
	CHECK_EQ(tracee_state(pid), 'T');
	CHECK(tracee_kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_news(pid), SIGTERM);
	CHECK_EQ(tracee_do(T_EXIT, pid, 5), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
	for (int i = 0; i < 500 && tracee_state(pid) != '-'; i++)
		pause_ms(2);
	CHECK_EQ(tracee_state(pid), '-');
	(void)close(fd[0]);
	(void)close(fd[1]);
}

int
main(int argc, char **argv)
{
	int fd;

	scenes_begin("ptrace-death", argc, argv);
	fd = open(held, O_RDWR | O_CREAT, 0600);
	CHECK(fd != -1 && close(fd) == 0 && pipe(data) == 0);
	SCENES(scenes);
	scene_alone("tracer-dies", tracer_dies);
	scene_alone("cascade", cascade);
	scene_alone("never-told", never_told);
	scene_alone("parent-dies", parent_dies);
	CHECK(unlink(held) == 0);
	return report_end();
}
