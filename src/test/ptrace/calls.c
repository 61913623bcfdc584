/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D1, D8, D9. Calls of a traced process: entries and ends alternate, the
 * first event is an entry; at an entry the call has not been made, and is what
 * it was whatever becomes of the registers; at an end its answer is there.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <abi/ipc.h>
#include <abi/message.h>
#include <proto/pm.h>
#include <proto/vfs.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/events.h"
#include "test/ptrace/scene.h"

#define REG(name) offsetof(struct trace_user, regs.name)

static volatile sig_atomic_t handled[2];
static int late[2]; /* a pipe that a handler closes */
static int line[2]; /* one that the process writes to, read without waiting */
static int data[2]; /* one that it reads from */

static void
on_usr(int sig)
{
	handled[sig == SIGUSR2]++;
	if (sig == SIGUSR2)
		(void)close(late[1]);
}

static int
gets_signals(void)
{
	(void)signal(SIGUSR1, on_usr);
	(void)signal(SIGUSR2, on_usr);
	(void)pipe(late);
	tracee_tell(1);
	(void)getpid();
	(void)close(123);
	(void)getpid();
	if (write(late[1], "xyz", 3) != 3)
		return 3;
	return handled[0] == 1 && handled[1] == 1 ? 42 : 1;
}

/* Signals given at an end and at an entry reach their handlers, the second one
 * after the call: its handler closes what the call writes to. */
static void
signals(pid_t pid)
{
	int n = 0, writes = 0, sig = 0;
	bool is_write = false;

	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	while (n < EVENTS_MAX && tracee_next(pid) == SIGTRAP) {
		n++;
		sig = 0;
		if (n % 2 == 0 && is_write && writes == 1)
			sig = SIGUSR1;
		is_write = n % 2 == 1 && event_type(pid) == VFS_WRITE;
		if (is_write && ++writes == 2)
			sig = SIGUSR2;
		CHECK_EQ(tracee_do(T_SYSCALL, pid, sig), 0);
	}
	CHECK_EQ(writes, 2);
	CHECK_EQ(n % 2, 1); /* the last one is the entry of exit */
	CHECK_GE(n, 10);
	CHECK_LT(n, EVENTS_MAX);
}

static uint32_t
number(void)
{
	return nonce_u32(report_nonce(), "line", 0);
}

/* Writes a number, which nobody hinders. */
static int
writes(void)
{
	uint32_t n = number();
	ssize_t r;

	(void)getpid();
	(void)close(123);
	r = write(line[1], &n, sizeof n);
	(void)getpid();
	return r == sizeof n ? 42 : r > 0 ? (int)r : 1;
}

static int
writes_hidden(void)
{
	sigset_t full;

	(void)signal(SIGTRAP, SIG_IGN);
	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	return writes();
}

/* The same, and then it waits for something. */
static int
writes_and_reads(void)
{
	int code = writes();
	char c;

	return read(data[0], &c, 1) == 1 ? code : 2;
}

/* How much is on the line; it is taken off. */
static int
written(void)
{
	uint32_t n = 0;
	ssize_t r = read(line[0], &n, sizeof n);

	if (r == sizeof n)
		CHECK_ADDR(n, number());
	return r == -1 ? 0 : (int)r;
}

static long
message_word(pid_t pid, size_t offset)
{
	return ptrace(T_GETDATA, pid, event_message(pid) + (long)offset, 0);
}

/* Each call is seen as it goes out and as its answer comes. */
static void
answers(pid_t pid)
{
	static const struct {
		long request, answer;
	} want[] = {
		{ PM_GETIDS, 0 },
		{ VFS_CLOSE, -EBADF },
		{ VFS_WRITE, 0 },
		{ PM_GETIDS, 0 },
	};

	const size_t body = offsetof(struct message, m_body);

	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		CHECK_EQ(event_next(pid), SIGTRAP);
		CHECK_EQ(event_type(pid), want[i].request);
		CHECK_EQ(user_word(pid, REG(ecx)), SENDREC);
		CHECK_EQ(user_word(pid, REG(eax)),
		    want[i].request >= VFS_BASE ? VFS_PROC_NR : PM_PROC_NR);
		CHECK_EQ(event_next(pid), SIGTRAP);
		CHECK_STATUS(event_type(pid), want[i].answer);
		CHECK_STATUS(user_word(pid, REG(eax)), 0);
		if (want[i].request == PM_GETIDS)
			CHECK_EQ(
			    message_word(pid,
				body + offsetof(struct pm_getids_rep, pid)),
			    pid);
	}
	CHECK_EQ(event_next(pid), SIGTRAP);
	CHECK_EQ(event_type(pid), PM_EXIT);
	CHECK_EQ(event_next(pid), 0);
	CHECK_EQ(written(), sizeof(uint32_t));
}

/* At the entry nothing has been done; at the end it has. */
static void
entry_before_end_after(pid_t pid)
{
	CHECK_EQ(events_to_entry(pid, VFS_WRITE) % 2, 1);
	pause_ms(5);
	CHECK_EQ(written(), 0);
	CHECK_EQ(event_next(pid), SIGTRAP);
	CHECK_EQ(written(), sizeof(uint32_t));
	CHECK_EQ(events_to_end(pid).traps % 2, 1);
}

/* The registers do not say any more which call it is; the message does. */
static void
changed(pid_t pid)
{
	const long bytes = (long)(offsetof(struct message, m_body) +
	    offsetof(struct vfs_write_req, bytes));

	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK_EQ(ptrace(T_SETDATA, pid, event_message(pid) + bytes, 3), 0);
	CHECK_EQ(ptrace(T_SETUSER, pid, REG(eax), PM_PROC_NR), 0);
	CHECK_EQ(ptrace(T_SETUSER, pid, REG(ecx), RECEIVE), 0);
	CHECK_EQ(event_next(pid), SIGTRAP);
	CHECK_STATUS(event_type(pid), 0);
	CHECK_EQ(written(), 3);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

/* Let go at an entry it makes the call, which nobody sees. */
static void
let_go(pid_t pid)
{
	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_end(pid), 42);
	CHECK_EQ(written(), sizeof(uint32_t));
}

/* A step at an entry is the call. */
static void
step(pid_t pid)
{
	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_EQ(written(), sizeof(uint32_t));
	CHECK_EQ(events_to_end(pid).traps % 2, 1); /* begins with an entry */
}

/* Detached from at an entry, traced again: what comes next is an entry. */
static void
detach_at_entry(pid_t pid)
{
	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK(write(data[1], "d", 1) == 1);
	CHECK_EQ(events_to_end(pid).traps % 2, 1);
	CHECK_EQ(written(), sizeof(uint32_t));
}

/* What is killed at an entry does not make the call. */
static void
killed(pid_t pid)
{
	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
	CHECK_EQ(written(), 0);
}

static void
ordered_to_exit(pid_t pid)
{
	CHECK_GT(events_to_entry(pid, VFS_WRITE), 0);
	CHECK_EQ(tracee_do(T_EXIT, pid, 7), 0);
	CHECK_EQ(tracee_end(pid), 7);
	CHECK_EQ(written(), 0);
}

static void
count(pid_t pid)
{
	struct events seen = events_to_end(pid);

	CHECK_EQ(seen.traps % 2, 1);
	CHECK_GE(seen.traps, 9);
	CHECK_LT(seen.traps, 100);
	CHECK_EQ(seen.stops, 0);
	CHECK_EQ(written(), sizeof(uint32_t));
}

static int
reads(void)
{
	char c = 0;

	return read(data[0], &c, 1) == 1 && c == 'd' ? 42 : 1;
}

/* Bring it into the middle of a call whose entry has been seen, and stop it. */
static void
stop_in_call(pid_t pid)
{
	CHECK_EQ(events_to_entry(pid, VFS_READ) % 2, 1);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	tracee_blocks(pid, VFS_PROC_NR);
	CHECK_EQ(tracee_news(pid), 0);
	tracee_halt(pid);
}

/* A stop on the way changes nothing: the end comes. */
static void
end_after_stop(pid_t pid)
{
	stop_in_call(pid);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	CHECK(write(data[1], "d", 1) == 1);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_STATUS(event_type(pid), 0);
	CHECK_EQ(events_to_end(pid).traps % 2, 1);
}

/* Nor if nobody wants to see it for a while. */
static void
end_after_resume(pid_t pid)
{
	stop_in_call(pid);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	tracee_halt(pid);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0);
	CHECK(write(data[1], "d", 1) == 1);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_STATUS(event_type(pid), 0);
	CHECK_EQ(events_to_end(pid).traps % 2, 1);
}

/* A stop forgets what the tracer had asked for before: nothing more is seen. */
static void
stop_forgets_call(pid_t pid)
{
	stop_in_call(pid);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK(write(data[1], "d", 1) == 1);
}

static void
stop_forgets_step(pid_t pid)
{
	stop_in_call(pid);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	tracee_halt(pid);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK(write(data[1], "d", 1) == 1);
}

/* A new tracer does not see the end of a call whose entry it has not seen. */
static void
attach_again(pid_t pid)
{
	struct events seen;

	stop_in_call(pid);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK(write(data[1], "d", 1) == 1);
	seen = events_to_end(pid);
	CHECK_EQ(seen.traps % 2, 1);
	CHECK_EQ(seen.stops, 0);
}

static const struct scene scenes[] = {
	{ "signals", gets_signals, HELD, signals, 42 },
	{ "count", writes, HELD, count, 42 },
	{ "count-hidden", writes_hidden, HELD, count, 42 },
	{ "answers", writes, HELD, answers, 42 },
	{ "entry-before-end-after", writes, HELD, entry_before_end_after, 42 },
	{ "changed", writes, HELD, changed, 3 },
	{ "let-go", writes, HELD, let_go, SCENE_OVER },
	{ "step", writes, HELD, step, 42 },
	{ "detach-at-entry", writes_and_reads, HELD, detach_at_entry, 42 },
	{ "killed", writes, HELD, killed, SCENE_OVER },
	{ "ordered-to-exit", writes, HELD, ordered_to_exit, SCENE_OVER },
	{ "end-after-stop", reads, HELD, end_after_stop, 42 },
	{ "end-after-resume", reads, HELD, end_after_resume, 42 },
	{ "stop-forgets-call", reads, HELD, stop_forgets_call, 42 },
	{ "stop-forgets-step", reads, HELD, stop_forgets_step, 42 },
	{ "attach-again", reads, HELD, attach_again, 42 },
};

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-calls", argc, argv);
	CHECK(pipe(line) == 0 && fcntl(line[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK(pipe(data) == 0);
	SCENES(scenes);
	return report_end();
}
