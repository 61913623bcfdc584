/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D3, D4, D15. Each signal for a traced process is shown once, several
 * during one stop, whatever the process does with it; none ends a call or has
 * another effect unless it is passed on, and what is passed on is not lost.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/scene.h"

static volatile sig_atomic_t caught[NSIG];

static void
on_signal(int sig)
{
	caught[sig]++;
}

static void
on_usr1(int sig)
{
	(void)sig;
	_exit(42);
}

/* Handlers that nothing interrupts. */
static void
catch_all_of(const int *sigs, int n)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_signal;
	(void)sigfillset(&sa.sa_mask);
	for (int i = 0; i < n; i++)
		(void)sigaction(sigs[i], &sa, NULL);
}

static int
pauses(void)
{
	(void)signal(SIGUSR1, on_usr1);
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

/* Whatever comes first, each is shown once, and the same again if it is sent
 * again. */
static void
several(pid_t pid)
{
	int first, second;

	CHECK(tracee_kill(pid, SIGUSR1) == 0 && tracee_kill(pid, SIGUSR2) == 0);
	first = tracee_stop(pid);
	second = first == SIGUSR1 ? SIGUSR2 : SIGUSR1;
	CHECK(first == SIGUSR1 || first == SIGUSR2);
	CHECK(tracee_kill(pid, first) == 0);
	CHECK_EQ(tracee_news(pid), first);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_news(pid), second);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGCHLD), 0);
	tracee_blocks(pid, PM_PROC_NR);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(tracee_kill(pid, SIGUSR2) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR2);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0);
}

/* All signals there are but the one that shows none, in one stop; equal ones
 * are one. */
static void
all(pid_t pid)
{
	tracee_halt(pid);
	for (int sig = 1; sig < NSIG; sig++)
		if (sig != SIGKILL)
			CHECK(tracee_kill(pid, sig) == 0 &&
			    tracee_kill(pid, sig) == 0);
	for (int sig = 1; sig < NSIG; sig++)
		if (sig != SIGKILL)
			CHECK_EQ(tracee_news(pid), sig);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_news(pid), 0);
	tracee_blocks(pid, PM_PROC_NR);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

static bool
same_count(struct count a, struct count b)
{
	return a.pc == b.pc && a.reg == b.reg && a.memory == b.memory;
}

/* Who has more to show does not go on, in whatever way it is let go. */
static void
more_to_show(pid_t pid)
{
	static const int requests[] = { T_RESUME, T_STEP, T_SYSCALL };
	static const int sigs[] = { SIGTERM, SIGUSR1, SIGUSR2 };
	struct count was = count_of(pid);

	for (int i = 0; i < 3; i++)
		CHECK(tracee_kill(pid, sigs[i]) == 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(tracee_do(requests[i], pid, 0), 0);
		CHECK_EQ(tracee_do(requests[i], pid, 0), 0);
		pause_ms(10);
		CHECK_EQ(tracee_state(pid), 'T');
		CHECK(same_count(count_of(pid), was));
		CHECK_EQ(tracee_news(pid), sigs[i]);
	}
	CHECK(same_count(count_of(pid), was));
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0); /* no step, no call */
	for (int i = 0; i < 50; i++) {
		pause_ms(5);
		tracee_halt(pid);
		if (count_of(pid).memory != was.memory)
			break;
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	}
	CHECK_NE(count_of(pid).memory, was.memory);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

/* Passed on it has its effect: the default action, ... */
static void
passed_ends(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_stop(pid), SIGTERM);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR2), 0);
}

/* ... with another one that is caught on its way. */
static void
passed_ends_first(pid_t pid)
{
	int sig;

	CHECK(tracee_kill(pid, SIGTERM) == 0 && tracee_kill(pid, SIGUSR1) == 0);
	sig = tracee_stop(pid);
	CHECK(sig == SIGTERM || sig == SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGTERM), 0);
	sig = tracee_next(pid); /* the other one may have been shown first */
	if (sig != 0)
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

static int
catches(void)
{
	static const int sigs[] = { SIGUSR1, SIGUSR2, SIGTERM };
	sigset_t none, full;

	catch_all_of(sigs, 3);
	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	(void)sigemptyset(&none);
	tracee_tell(1);
	while (caught[SIGTERM] == 0)
		(void)sigsuspend(&none);
	return caught[SIGUSR1] == 1 && caught[SIGUSR2] == 1 &&
		caught[SIGTERM] == 1
	    ? 42
	    : 1;
}

/* Handlers run once for each signal that was passed on, also if the process
 * could not go on at once. */
static void
one_handler_each(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK(tracee_kill(pid, SIGUSR2) == 0 && tracee_kill(pid, SIGBUS) == 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0); /* stays stopped */
	CHECK_EQ(tracee_stop(pid), SIGBUS);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR2);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR2), 0);
	tracee_blocks(pid, PM_PROC_NR);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(tracee_kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_stop(pid), SIGTERM);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGTERM), 0);
}

/* A signal that was pending before the process was traced is not shown; what
 * came after that is not lost when the tracer leaves. */
static void
detach_passes(pid_t pid)
{
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK(
	    tracee_kill(pid, SIGUSR2) == 0); /* blocked: see catches_later() */
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_news(pid), SIGUSR1);
	CHECK(tracee_kill(pid, SIGTERM) == 0); /* not collected */
	CHECK_EQ(tracee_do(T_DETACH, pid, SIGUSR1), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), ESRCH);
	CHECK_EQ(tracee_end_untraced(pid), 42);
}

/* Blocks all until it has been detached from: SIGTERM tells. */
static int
catches_later(void)
{
	static const int sigs[] = { SIGUSR1, SIGUSR2, SIGTERM };
	sigset_t none, full, now;

	catch_all_of(sigs, 3);
	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	tracee_tell(1);
	do
		(void)sigpending(&now);
	while (!sigismember(&now, SIGTERM));
	if (caught[SIGUSR1] + caught[SIGUSR2] + caught[SIGTERM] != 0)
		return 2;
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	return caught[SIGUSR1] == 1 && caught[SIGUSR2] == 1 &&
		caught[SIGTERM] == 1
	    ? 42
	    : 1;
}

/* Has a signal pending that its tracer has passed on; unblocks it. */
static int
unblocks(void)
{
	static const int sigs[] = { SIGUSR1 };
	sigset_t usr1, now;

	catch_all_of(sigs, 1);
	(void)sigemptyset(&usr1);
	(void)sigaddset(&usr1, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &usr1, NULL);
	tracee_tell(1);
	do
		(void)sigpending(&now);
	while (!sigismember(&now, SIGUSR1));
	if (caught[SIGUSR1] != 0)
		return 2;
	(void)sigprocmask(SIG_UNBLOCK, &usr1, NULL);
	return caught[SIGUSR1] == 1 ? 42 : 1;
}

/* It is not shown again: the next news is the end. */
static void
shown_once(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0);
}

static int
ignores(void)
{
	sigset_t full;

	(void)signal(SIGUSR1, SIG_IGN);
	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

/* Neither ignoring nor blocking keeps a signal from the tracer. */
static void
hidden(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0); /* ignored */
	CHECK(tracee_kill(pid, SIGCHLD) == 0);
	CHECK_EQ(tracee_stop(pid), SIGCHLD);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGTERM), 0); /* blocked */
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

static int data[2];

/* A call that VFS answers late. */
static int
reads(void)
{
	char c;

	(void)signal(SIGUSR1, on_signal);
	tracee_tell(1);
	return read(data[0], &c, 1) == 1 && c == 'd' && caught[SIGUSR1] == 0
	    ? 42
	    : 1;
}

/* One that PM answers late. */
static int
waits(void)
{
	char c;
	int status = 0;
	pid_t pid = fork();

	(void)signal(SIGUSR1, on_signal);
	if (pid == 0)
		_exit(read(data[0], &c, 1) == 1 ? 7 : 8);
	tracee_tell(1);
	return waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7 &&
		caught[SIGUSR1] == 0
	    ? 42
	    : 1;
}

/* The process is in a call, is stopped, and is let go without a signal. */
static void
stop_in_call(pid_t pid, endpoint_t server)
{
	int sig;

	tracee_blocks(pid, server);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK(write(data[1], "d", 1) == 1); /* what it waits for comes now */
	pause_ms(5);
	sig = tracee_news(pid); /* of its child */
	CHECK(sig == 0 || sig == SIGCHLD);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	sig = tracee_next(pid);
	if (sig != 0) {
		CHECK_EQ(sig, SIGCHLD);
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	}
}

static void
call_of_vfs(pid_t pid)
{
	stop_in_call(pid, VFS_PROC_NR);
}

static void
call_of_pm(pid_t pid)
{
	stop_in_call(pid, PM_PROC_NR);
}

/* The other way: it is passed on, and ends the call as ever. */
static int
interrupted(void)
{
	struct sigaction sa;
	char c;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_signal;
	(void)sigaction(SIGUSR1, &sa, NULL);
	tracee_tell(1);
	return read(data[0], &c, 1) == -1 && errno == EINTR &&
		caught[SIGUSR1] == 1
	    ? 42
	    : 1;
}

static void
pass_in_call(pid_t pid)
{
	tracee_blocks(pid, VFS_PROC_NR);
	CHECK(tracee_kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0);
}

static volatile uint32_t treasure;
extern const char faults_at[];

static int
faults(void)
{
	uint32_t found;
	sigset_t full;

	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	treasure = nonce_u32(report_nonce(), "treasure", 0);
	tracee_tell(1);
	__asm__ volatile(".globl faults_at\n"
			 "faults_at:\n\t"
			 "mov (%%eax), %%ecx"
			 : "=c"(found)
			 : "a"(16)
			 : "memory");
	tracee_tell((int)found);
	return 42;
}

/* A fault is shown where it is, and repaired. */
static void
fault(pid_t pid)
{
	const long eax = offsetof(struct trace_user, regs.eax);

	CHECK_EQ(tracee_stop(pid), SIGSEGV);
	CHECK_ADDR(user_word(pid, offsetof(struct trace_user, regs.eip)),
	    (uintptr_t)faults_at);
	CHECK_EQ(user_word(pid, (size_t)eax), 16);
	CHECK_EQ(ptrace(T_SETUSER, pid, eax, (long)&treasure), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_ADDR(tracee_told(), nonce_u32(report_nonce(), "treasure", 0));
}

/* A stop signal that is passed on stops it as it stops any process: beside
 * the tracer's own stops. */
static void
stop_passed(pid_t pid)
{
	int status = 0;

	CHECK_EQ(tracee_do(T_RESUME, pid, SIGSTOP), 0);
	pause_ms(5);
	CHECK_EQ(tracee_state(pid), 'T');
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), EBUSY);
	CHECK(tracee_kill(pid, SIGUSR2) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR2);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_state(pid), 'T');
	CHECK(tracee_kill(pid, SIGCONT) == 0);
	CHECK_EQ(tracee_stop(pid), SIGCONT);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGCONT), 0);
	CHECK_EQ(tracee_state(pid), 'R');
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_ADDR(status, SIGKILL);
	if (tracee_parent() == 0)
		return;
	CHECK_EQ(waitpid(tracee_parent(), &status, 0), tracee_parent());
	CHECK_EQ(WEXITSTATUS(status), 0xff); /* it has heard of this one */
}

static const struct scene scenes[] = {
	{ "several", pauses, RUNNING, several, 42 },
	{ "all", pauses, RUNNING, all, ENDED_BY + SIGKILL },
	{ "more-to-show", counts, STOPPED, more_to_show, ENDED_BY + SIGKILL },
	{ "passed-ends", pauses, RUNNING, passed_ends, ENDED_BY + SIGUSR2 },
	{ "passed-ends-first", pauses, RUNNING, passed_ends_first,
	    ENDED_BY + SIGTERM },
	{ "one-handler-each", catches, RUNNING, one_handler_each, 42 },
	{ "detach-passes", catches_later, STOPPED, detach_passes, SCENE_OVER },
	{ "shown-once", unblocks, RUNNING, shown_once, 42 },
	{ "hidden", ignores, RUNNING, hidden, ENDED_BY + SIGKILL },
	{ "call-of-vfs", reads, RUNNING, call_of_vfs, 42 },
	{ "call-of-pm", waits, RUNNING, call_of_pm, 42 },
	{ "pass-in-call", interrupted, RUNNING, pass_in_call, 42 },
	{ "fault", faults, RUNNING, fault, 42 },
	{ "stop-passed", counts, STOPPED, stop_passed, SCENE_OVER },
};

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-signals", argc, argv);
	CHECK(pipe(data) == 0);
	SCENES(scenes);
	return report_end();
}
