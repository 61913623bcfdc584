/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A process that is stopped does nothing until its tracer lets it,
 * and then as much as it lets it; what can be asked about a process that is
 * not stopped, not the caller's or not there is refused.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/scene.h"
#include "test/report/checkpoint.h"

#define TRACE_FLAG 0x100 /* of the processor: the system's affair */

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
	sigset_t all;

	(void)signal(SIGUSR1, SIG_IGN);
	(void)signal(SIGTRAP, SIG_IGN);
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL);
	tracee_tell(1);
	pause_ms(100);
	return 42;
}

static void
end(pid_t pid)
{
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
}

/* Let the host look, too. */
static void
checkpoint(const char *when)
{
	static const char *const hows[HOWS] = { "ok", "attach", "other",
		"fork" };
	char name[24];

	snprintf(name, sizeof name, "%s.%s", when, hows[scene_how()]);
	(void)report_checkpoint(name);
}

/* For a while nothing changes. */
static void
stands_still(pid_t pid)
{
	struct count was = count_of(pid), now;

	pause_ms(20);
	now = count_of(pid);
	CHECK_ADDR(now.pc, was.pc);
	CHECK_ADDR(now.reg, was.reg);
	CHECK_ADDR(now.memory, was.memory);
	CHECK(count_consistent(was));
	CHECK_EQ(tracee_state(pid), 'T');
}

static void
frozen(pid_t pid)
{
	struct count was = count_of(pid), now;

	(void)report_place("count", endpoint_of(pid), (uintptr_t)&counts_word,
	    sizeof counts_word);
	checkpoint("stopped");
	stands_still(pid);
	checkpoint("still");
	for (int i = 0; i < 50; i++) { /* it may not have had its turn */
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
		pause_ms(5);
		CHECK_EQ(tracee_state(pid), 'R');
		tracee_halt(pid);
		now = count_of(pid);
		if (now.memory != was.memory)
			break;
	}
	CHECK_NE(now.memory, was.memory);
	checkpoint("later");
	end(pid);
}

/* One instruction. */
static struct count
stepped(pid_t pid)
{
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_EQ(user_word(pid, offsetof(struct trace_user, regs.eflags)) &
		TRACE_FLAG,
	    0);
	return count_of(pid);
}

/* A step is one instruction: what is true between two of them is seen. */
static void
step(pid_t pid)
{
	const uint32_t top = (uint32_t)(uintptr_t)counts_top,
		       rounds = 2 + nonce_u32(report_nonce(), "rounds", 0) % 4;
	struct count begin, c = count_of(pid);

	for (int i = 0; (c.pc != top || c.reg % 128 > 100) && i < 2000; i++)
		c = stepped(pid);
	CHECK_ADDR(c.pc, top);
	begin = c;
	for (uint32_t i = 1; i <= rounds; i++) {
		c = stepped(pid); /* inc */
		CHECK_ADDR(c.reg, begin.reg + i);
		CHECK_ADDR(c.memory, begin.memory + i - 1);
		c = stepped(pid); /* mov */
		CHECK_ADDR(c.memory, begin.memory + i);
		(void)stepped(pid); /* cmp */
		c = stepped(pid);   /* jne */
		CHECK_ADDR(c.pc, top);
	}
	CHECK_EQ(c.reg - begin.reg, rounds);
	stands_still(pid);
	end(pid);
}

/* A process cannot keep its steps from its tracer, nor its signals. */
static void
step_hidden(pid_t pid)
{
	int sig, steps = 0;

	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), EBUSY);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	do { /* through the end of the sleep, and exit */
		CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
		sig = tracee_next(pid);
		steps++;
	} while (sig == SIGTRAP);
	CHECK_EQ(sig, 0);
	CHECK_GE(steps, 10);
}

/* Only the tracer lets it go on: neither SIGCONT nor anybody's nice(). */
static void
stays(pid_t pid)
{
	CHECK(tracee_kill(pid, 0) == 0 && tracee_kill(pid, SIGCONT) == 0);
	CHECK(setpriority(PRIO_PROCESS, (id_t)pid, 5) == 0);
	CHECK(setpriority(PRIO_PROCESS, (id_t)pid, 0) == 0);
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), EBUSY);
	stands_still(pid);
	CHECK_EQ(tracee_news(pid), SIGCONT);
	CHECK_EQ(tracee_news(pid), 0);
	stands_still(pid);
	end(pid);
}

static void
resume_twice(pid_t pid)
{
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), EBUSY);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), EBUSY);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), EBUSY);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

static const int requests[] = { T_GETINS, T_GETDATA, T_GETUSER, T_SETINS,
	T_SETDATA, T_SETUSER, T_RESUME, T_EXIT, T_STEP, T_SYSCALL, T_DETACH,
	T_SETOPT, T_GETRANGE, T_SETRANGE };

/* Every request about a process is refused. */
static void
refused(pid_t pid, int error, const char *which)
{
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
		CHECK_OR_SAY(CHECK_EQ(tracee_do(requests[i], pid, 0), error),
		    "request %d, %s", requests[i], which);
}

/* In a child that is a tracer: tell what it has stopped, then do no more. */
static _Noreturn void
trace_another(int fd)
{
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			(void)pause();
	(void)ptrace(T_ATTACH, pid, 0, 0);
	(void)waitpid(pid, NULL, 0);
	(void)write(fd, &pid, sizeof pid);
	for (;;)
		(void)pause();
}

/* A process that is traced by somebody else and stopped. */
static void
refused_as_stranger(void)
{
	int fd[2] = { -1, -1 };
	pid_t pid = -1, tracer;

	CHECK(pipe(fd) == 0);
	tracer = fork();
	if (tracer == 0)
		trace_another(fd[1]);
	CHECK(read(fd[0], &pid, sizeof pid) == sizeof pid);
	refused(pid, ESRCH, "another's");
	refused(tracer, ESRCH, "a tracer");
	CHECK(tracee_kill(tracer, SIGKILL) == 0);
	CHECK_EQ(tracee_reap(tracer), SIGNALLED + SIGKILL);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static void
not_mine(void)
{
	pid_t other = fork(), dead;

	if (other == 0)
		for (;;)
			(void)pause();
	dead = fork();
	if (dead == 0)
		_exit(0);
	tracee_dies(dead);
	refused(other, ESRCH, "not traced");
	refused(dead, ESRCH, "a dead child");
	refused(30001, ESRCH, "nobody");
	refused(-1, ESRCH, "nobody");
	refused(0, ESRCH, "nobody");
	refused(getpid(), ESRCH, "the caller");
	refused_as_stranger();
	CHECK(tracee_kill(other, SIGKILL) == 0);
	CHECK_EQ(tracee_reap(other), SIGNALLED + SIGKILL);
	CHECK_EQ(tracee_reap(dead), 0);
}

static void
runs(pid_t pid)
{
	refused(pid, EBUSY, "it runs");
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

static void
dead(pid_t pid)
{
	tracee_go();
	tracee_dies(pid);
	refused(pid, ESRCH, "it is dead");
}

static void
bad_arguments(pid_t pid)
{
	CHECK_EQ(tracee_do(T_STOP, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(T_SETRANGE + 1, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(T_READB_INS, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(T_WRITEB_INS, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(1000000, pid, 0), EINVAL);
	for (int request = T_RESUME; request <= T_DETACH; request++) {
		if (request == T_EXIT || request == T_ATTACH)
			continue;
		CHECK_EQ(tracee_do(request, pid, NSIG), EINVAL);
		CHECK_EQ(tracee_do(request, pid, -1), EINVAL);
		CHECK_EQ(tracee_do(request, pid, 1000), EINVAL);
	}
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_ALL + 1), EINVAL);
	CHECK_EQ(tracee_do(T_SETOPT, pid, -1), EINVAL);
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_ALL), 0);
	stands_still(pid); /* none of these has let it go */
	CHECK_EQ(tracee_do(T_RESUME, pid, NSIG - 1), 0);
}

static const struct scene scenes[] = {
	{ "frozen", counts, STOPPED, frozen, ENDED_BY + SIGKILL },
	{ "step", counts, STOPPED, step, ENDED_BY + SIGKILL },
	{ "step-hidden", hides, RUNNING, step_hidden, 42 },
	{ "stays", counts, STOPPED, stays, ENDED_BY + SIGKILL },
	{ "resume-twice", sleeps, STOPPED, resume_twice, ENDED_BY + SIGKILL },
	{ "runs", sleeps, RUNNING, runs, ENDED_BY + SIGKILL },
	{ "dead", exits, READY, dead, 42 },
	{ "bad-arguments", counts, STOPPED, bad_arguments,
	    ENDED_BY + NSIG - 1 },
};

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-stop", argc, argv);
	SCENES(scenes);
	scene_alone("not-mine", not_mine);
	return report_end();
}
