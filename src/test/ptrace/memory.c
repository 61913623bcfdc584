/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A tracer reads and writes the memory of a process - pages that
 * are absent, shared copy-on-write, text - and its registers and tables;
 * a breakpoint in text that is shared stays the process's own.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/ptrace/tracee.h"

#define PAGE 4096

static volatile int word = 0x12345678; /* copy-on-write after fork */
static volatile int minus = -1;
static char fresh[3 * PAGE]; /* never touched */

static int __attribute__((noinline)) landmark(int n)
{
	__asm__ volatile("" : "+r"(n));
	return n + 1;
}

static int
waits(void)
{
	tracee_tell(1);
	while (word == 0x12345678)
		continue;
	return word == 7 ? landmark(41) : 1;
}

static pid_t
stopped(enum how how)
{
	pid_t pid = tracee_begin(how, waits);

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	return pid;
}

static int
range(int request, pid_t pid, const volatile void *at, void *buf, size_t n)
{
	struct ptrace_range r = { TS_DATA, (long)at, buf, n };

	return ptrace(request, pid, (long)&r, 0) == 0 ? 0 : errno;
}

static void
words(enum how how)
{
	pid_t pid = stopped(how);

	CHECK_ADDR(ptrace(T_GETDATA, pid, (long)&word, 0), 0x12345678);
	CHECK_ADDR(ptrace(T_GETINS, pid, (long)&word, 0), 0x12345678);
	CHECK_ADDR(ptrace(T_GETDATA, pid, (long)&word + 1, 0) & 0xffffff,
	    0x123456);
	errno = 5;
	CHECK(ptrace(T_GETDATA, pid, (long)&minus, 0) == -1 && errno == 0);
	CHECK_EQ(ptrace(T_GETDATA, pid, (long)fresh, 0), 0);
	CHECK_EQ(ptrace(T_SETDATA, pid, (long)&fresh[PAGE], 9), 0);
	CHECK_EQ(ptrace(T_GETDATA, pid, (long)&fresh[PAGE], 0), 9);
	CHECK_EQ(fresh[PAGE], 0); /* the tracer's own */
	CHECK(ptrace(T_GETDATA, pid, 16, 0) == -1 && errno == EFAULT);
	CHECK(ptrace(T_SETDATA, pid, 16, 0) == -1 && errno == EFAULT);
	CHECK(ptrace(T_GETDATA, pid, -4, 0) == -1 && errno == EFAULT);
	CHECK_EQ(ptrace(T_SETDATA, pid, (long)&word, 7), 0);
	CHECK_ADDR(word, 0x12345678);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_end(pid), 42);
}

static void
ranges(enum how how)
{
	static char buf[3 * PAGE], back[3 * PAGE];
	pid_t pid = stopped(how);
	void *edge = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (size_t i = 0; i < sizeof buf; i++)
		buf[i] = (char)(i * 7 + 1);
	CHECK_EQ(range(T_SETRANGE, pid, fresh, buf, sizeof buf), 0);
	CHECK_EQ(range(T_GETRANGE, pid, fresh, back, sizeof back), 0);
	CHECK(memcmp(buf, back, sizeof buf) == 0);
	CHECK_EQ(fresh[0], 0);
	CHECK_EQ(range(T_GETRANGE, pid, &fresh[PAGE - 1], back, 3), 0);
	CHECK(memcmp(&buf[PAGE - 1], back, 3) == 0);
	CHECK_EQ(range(T_GETRANGE, pid, fresh, back, 0), EINVAL);
	CHECK_EQ(range(T_GETRANGE, pid, fresh, back, (size_t)LONG_MAX + 1),
	    EINVAL);
	CHECK_EQ(range(T_GETRANGE, pid, fresh, (void *)16, 4), EFAULT);
	CHECK_EQ(range(T_SETRANGE, pid, fresh, (void *)16, 4), EFAULT);
	/* The tracer has this page, the process does not. */
	CHECK_EQ(range(T_GETRANGE, pid, edge, back, PAGE), EFAULT);
	CHECK_EQ(range(T_GETRANGE, pid, NULL, back, 2 * PAGE), EFAULT);
	CHECK(ptrace(T_GETRANGE, pid, 16, 0) == -1 && errno == EFAULT);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
	CHECK(munmap(edge, PAGE) == 0);
}

static long
user(pid_t pid, size_t offset)
{
	return ptrace(T_GETUSER, pid, (long)offset, 0);
}

/* Registers are set, but not those that would break the system. */
static void
registers(enum how how)
{
	const size_t flags = offsetof(struct trace_user, regs.eflags);
	pid_t pid = stopped(how);
	long old = user(pid, flags), cs;

	CHECK_EQ(ptrace(T_SETUSER, pid, (long)flags, 0), 0);
	CHECK_ADDR(user(pid, flags), old & ~0xcd5);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)flags, -1), 0);
	CHECK_ADDR(user(pid, flags), old | 0xcd5);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)flags, old), 0);
	cs = user(pid, offsetof(struct trace_user, regs.cs));
	CHECK(ptrace(T_SETUSER, pid, offsetof(struct trace_user, regs.cs),
		  0x10) == -1 &&
	    errno == EFAULT);
	CHECK_ADDR(user(pid, offsetof(struct trace_user, regs.cs)), cs);
	CHECK(ptrace(T_SETUSER, pid, sizeof(struct reg_frame), 0) == -1 &&
	    errno == EFAULT);
	CHECK_EQ(user(pid, offsetof(struct trace_user, info.ep)),
	    endpoint_of(pid));
	CHECK_EQ(user(pid, offsetof(struct trace_user, priv.spec.trap_mask)),
	    TRAPS_USER);
	CHECK(user(pid, sizeof(struct trace_user)) == -1 && errno == EFAULT);
	CHECK(user(pid, 2) == -1 && errno == EFAULT);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
}

/* A breakpoint stops the process, and nobody else in the same text. */
static void
breakpoint(enum how how)
{
	const long at = (long)(void (*)(void))landmark;
	const size_t pc = offsetof(struct trace_user, regs.eip);
	pid_t pid = stopped(how);
	long old = ptrace(T_GETINS, pid, at, 0);

	CHECK_EQ(ptrace(T_SETINS, pid, at, (old & ~0xff) | 0xcc), 0);
	CHECK_EQ(landmark(1), 2);
	CHECK_EQ(ptrace(T_SETDATA, pid, (long)&word, 7), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(user(pid, pc), at + 1);
	CHECK_EQ(ptrace(T_SETINS, pid, at, old), 0);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)pc, at), 0);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_NE(user(pid, pc), at);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_end(pid), 42);
}

int
main(int argc, char **argv)
{
	report_begin("ptrace-memory", argc > 1 ? argv[1] : NULL);
	tracee_each(words);
	tracee_each(ranges);
	tracee_each(registers);
	tracee_each(breakpoint);
	return report_end();
}
