/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D1, D8. A child of a traced process is traced only if that was asked
 * for; then it is stopped before its first instruction, and its first event
 * is the end of fork.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/events.h"
#include "test/ptrace/scene.h"

static int line[2]; /* a pipe that children write to */

/* Has a child, whose only act is to write; tells how the child has ended. */
static int
forks(void)
{
	int status = 0;
	pid_t pid;

	pid = fork();
	if (pid == 0)
		_exit(write(line[1], "c", 1) == 1 ? 5 : 6);
	if (pid == -1)
		return 1;
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	return WIFEXITED(status) && WEXITSTATUS(status) == 5 ? 42 : 2;
}

/* Has its child said something? It takes it off the line. */
static bool
has_written(void)
{
	char c;

	return read(line[0], &c, 1) == 1;
}

/* Go on until the end, whatever is shown. */
static void
go_on(pid_t pid)
{
	int sig = 0;

	do
		CHECK_EQ(tracee_do(T_RESUME, pid, sig == SIGCHLD ? sig : 0), 0);
	while ((sig = tracee_next(pid)) == SIGCHLD);
	CHECK_EQ(sig, 0);
}

/* Nobody asked: nobody but the process itself is seen. */
static void
untraced(pid_t pid)
{
	struct events seen = events_to_end(pid);

	CHECK_EQ(seen.traps % 2, 1); /* the last one is the entry of exit */
	CHECK_GE(seen.traps, 5);
	CHECK_EQ(seen.stops, 0);
	CHECK(has_written());
}

/* What the tracer before asked for is forgotten. */
static void
new_tracer(pid_t pid)
{
	tracee_halt(pid);
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	tracee_hold(pid);
	untraced(pid);
}

/* What a process and its child show. */
struct family {
	pid_t pid, child;
	int traps[2], stops[2];
	int end[2];      /* status, once they have ended */
	int stop_before; /* traps of the child before its first stop */
};

static void
family_news(struct family *f, pid_t who, int status)
{
	int which = who != f->pid;

	if (which == 1)
		f->child = who;
	if (!WIFSTOPPED(status)) {
		f->end[which] = status;
		return;
	}
	if (WSTOPSIG(status) == SIGTRAP) {
		f->traps[which]++;
	} else if (WSTOPSIG(status) == SIGSTOP) {
		f->stops[which]++;
		f->stop_before += f->traps[which];
	} else {
		CHECK_EQ(WSTOPSIG(status), SIGCHLD);
	}
	CHECK_EQ(tracee_do(T_SYSCALL, who, 0), 0);
}

/* Watch both until both have ended. The tracer may have other children. */
static void
family_watch(struct family *f)
{
	int status = 0;

	CHECK_EQ(tracee_do(T_SETOPT, f->pid, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_SYSCALL, f->pid, 0), 0);
	while (f->end[0] == -1 && f->traps[0] + f->traps[1] < EVENTS_MAX) {
		pid_t news = waitpid(-1, &status, 0);

		if (news == tracee_parent() || !CHECK_GT(news, 0))
			break;
		family_news(f, news, status);
	}
}

/* Both are traced: the child's first event is the end of fork. */
static void
both(pid_t pid)
{
	struct family f = { .pid = pid, .end = { -1, -1 } };

	family_watch(&f);
	CHECK_EQ(f.stops[0], 0);
	CHECK_EQ(f.stops[1], 1);
	CHECK_EQ(f.stop_before, 0);
	CHECK_EQ(f.traps[0] % 2, 1);
	CHECK_GE(f.traps[0], 3);
	CHECK_EQ(f.traps[1] % 2, 0);
	CHECK_GE(f.traps[1], 4); /* fork's end, write, the entry of exit */
	CHECK(WIFEXITED(f.end[0]) && WEXITSTATUS(f.end[0]) == 42);
	CHECK(WIFEXITED(f.end[1]) && WEXITSTATUS(f.end[1]) == 5);
	CHECK(has_written());
	if (tracee_parent() != 0)
		CHECK_EQ(tracee_reap(tracee_parent()), 42);
}

/* Let a process go on until it has a child, which shows its stop.
 * @return the child */
static pid_t
first_born(pid_t pid, long options)
{
	int status = 0;
	pid_t child;

	CHECK_EQ(tracee_do(T_SETOPT, pid, options), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	child = waitpid(-1, &status, 0);
	CHECK_NE(child, pid);
	CHECK_ADDR(status, 0177 | SIGSTOP << 8);
	return child;
}

/* Nothing of the child has run when it shows its stop. */
static void
born_stopped(pid_t pid)
{
	pid_t child = first_born(pid, TO_TRACEFORK);

	CHECK_EQ(tracee_state(child), 'T');
	CHECK_EQ(tracee_news(child), 0);
	CHECK_EQ(user_word(child, offsetof(struct trace_user, info.ep)),
	    endpoint_of(child));
	CHECK_EQ(user_word(child, offsetof(struct trace_user, regs.eax)), 0);
	pause_ms(10);
	CHECK(!has_written());
	CHECK_EQ(tracee_news(pid), 0); /* it waits for its child */
	CHECK_EQ(tracee_do(T_RESUME, child, 0), 0);
	CHECK_EQ(tracee_stop(child), -1);
	CHECK(has_written());
	CHECK_EQ(tracee_stop(pid), SIGCHLD);
	go_on(pid);
}

/* The child can be let go by itself; its parent is traced all the same. */
static void
let_child_go(pid_t pid)
{
	pid_t child = first_born(pid, TO_TRACEFORK | TO_ALTEXEC);

	CHECK_EQ(tracee_do(T_DETACH, child, 0), 0);
	CHECK_EQ(tracee_do(T_RESUME, child, 0), ESRCH);
	CHECK_EQ(tracee_stop(pid), SIGCHLD);
	CHECK(has_written());
	go_on(pid);
}

/* The parent can be let go; its child stays the tracer's. */
static void
let_parent_go(pid_t pid)
{
	pid_t child = first_born(pid, TO_TRACEFORK);

	tracee_halt(pid);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), ESRCH);
	CHECK(tracee_kill(child, SIGTERM) == 0);
	CHECK_EQ(tracee_news(child), SIGTERM);
	CHECK(!has_written());
	CHECK_EQ(tracee_do(T_RESUME, child, 0), 0);
	CHECK_EQ(tracee_stop(child), -1);
	CHECK_EQ(tracee_end_untraced(pid), 42);
	CHECK(has_written());
}

/* Three generations; each has what the one before had. */
static int
forks_twice(void)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(forks());
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	return WEXITSTATUS(status);
}

static void
grandchild(pid_t pid)
{
	pid_t child = first_born(pid, TO_TRACEFORK), grandchild;
	int status = 0;

	CHECK_EQ(tracee_do(T_RESUME, child, 0), 0);
	grandchild = waitpid(-1, &status, 0);
	CHECK(grandchild != pid && grandchild != child);
	CHECK_ADDR(status, 0177 | SIGSTOP << 8);
	CHECK(!has_written());
	CHECK_EQ(tracee_do(T_DETACH, grandchild, 0), 0);
	CHECK_EQ(tracee_stop(child), SIGCHLD);
	CHECK_EQ(tracee_do(T_DETACH, child, SIGCHLD), 0);
	CHECK_EQ(tracee_stop(pid), SIGCHLD);
	CHECK(has_written());
	go_on(pid);
}

static const struct scene scenes[] = {
	{ "untraced", forks, HELD, untraced, 42 },
	{ "new-tracer", forks, READY, new_tracer, 42 },
	{ "both", forks, HELD, both, SCENE_OVER },
	{ "born-stopped", forks, HELD, born_stopped, 42 },
	{ "let-child-go", forks, HELD, let_child_go, 42 },
	{ "let-parent-go", forks, HELD, let_parent_go, SCENE_OVER },
	{ "grandchild", forks_twice, HELD, grandchild, 42 },
};

/* In a child: follow a fork, and die before anything goes on. */
static _Noreturn void
follow_and_die(int out)
{
	pid_t pid = fork(), child;
	int status;

	if (pid == 0) {
		(void)ptrace(T_OK, 0, 0, 0);
		(void)kill(getpid(), SIGSTOP);
		_exit(forks());
	}
	(void)waitpid(pid, &status, 0);
	(void)ptrace(T_SETOPT, pid, 0, TO_TRACEFORK);
	(void)ptrace(T_RESUME, pid, 0, 0);
	child = waitpid(-1, &status, 0);
	(void)write(out, &pid, sizeof pid);
	(void)write(out, &child, sizeof child);
	(void)kill(getpid(), SIGKILL);
	_exit(1);
}

/* The tracer dies: neither of the two stays as it is. */
static void
tracer_dies(void)
{
	pid_t tracer, of[2] = { -1, -1 };
	int fd[2] = { -1, -1 };

	CHECK(pipe(fd) == 0);
	tracer = fork();
	if (tracer == 0)
		follow_and_die(fd[1]);
	CHECK_EQ(tracee_reap(tracer), SIGNALLED + SIGKILL);
	CHECK(read(fd[0], of, sizeof of) == sizeof of);
	for (int i = 0; i < 2; i++) {
		for (int n = 0; n < 500 && tracee_state(of[i]) != '-'; n++)
			pause_ms(2); /* init collects it */
		CHECK_EQ(tracee_state(of[i]), '-');
	}
	CHECK(!has_written());
	(void)close(fd[0]);
	(void)close(fd[1]);
}

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-fork", argc, argv);
	CHECK(pipe(line) == 0 && fcntl(line[0], F_SETFL, O_NONBLOCK) == 0);
	SCENES(scenes);
	scene_alone("tracer-dies", tracer_dies);
	return report_end();
}
