/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A tracer reads what a process has in its registers, between two
 * instructions too, and sets all that the process could set itself; it reads
 * what the kernel says of the process and its privileges, and no word more.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/scene.h"

#define REG(name) offsetof(struct trace_user, regs.name)

/* Carry, parity, auxiliary, zero, sign, direction, overflow. */
#define ARITHMETIC 0xcd5u

static uint32_t
number(const char *label)
{
	return nonce_u32(report_nonce(), label, 0);
}

/* The places in computes(). */
extern const char computes_one[], computes_two[], computes_three[];

/* Computes with a number that is nowhere in memory: at computes_one it is
 * there, at computes_two three times as much, at computes_three gone. */
static int
computes(void)
{
	uint32_t result;

	tracee_tell(1);
	__asm__ volatile(".globl computes_one, computes_two, computes_three\n\t"
			 "xor $0x5a5a5a5a, %%eax\n"
			 "computes_one:\n\t"
			 "lea (%%eax, %%eax, 2), %%ecx\n"
			 "computes_two:\n\t"
			 "mov %%edx, %%eax\n\t"
			 "xor %%ecx, %%edx\n"
			 "computes_three:\n\t"
			 "mov %%edx, %%ecx"
			 : "=c"(result)
			 : "a"(number("input")), "d"(0)
			 : "cc", "memory");
	tracee_tell((int)result);
	return 42;
}

/* A breakpoint. @return what was there */
static long
break_at(pid_t pid, const char *at)
{
	long old = ptrace(T_GETINS, pid, (long)at, 0);

	CHECK_EQ(ptrace(T_SETINS, pid, (long)at, (old & ~0xff) | 0xcc), 0);
	return old;
}

/* It has come to a breakpoint, and goes on as if there were none. */
static void
broken_at(pid_t pid, const char *at, long old)
{
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(user_word(pid, REG(eip)), (uintptr_t)at + 1);
	CHECK_EQ(ptrace(T_SETINS, pid, (long)at, old), 0);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)REG(eip), (long)at), 0);
}

/* Values that exist for an instruction are seen, and changed. */
static void
between(pid_t pid)
{
	const uint32_t in = number("input") ^ 0x5a5a5a5a;
	const uint32_t put = number("put");
	long old = break_at(pid, computes_one);

	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_told(), 1);
	broken_at(pid, computes_one, old);
	CHECK_ADDR(user_word(pid, REG(eax)), in);
	if (scene_how() == BY_ATTACH)
		EXPECT_ADDR("at-one", user_word(pid, REG(eax)), in);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(user_word(pid, REG(eip)), (uintptr_t)computes_two);
	CHECK_ADDR(user_word(pid, REG(ecx)), 3 * in);
	if (scene_how() == BY_ATTACH)
		EXPECT_ADDR("at-two", user_word(pid, REG(ecx)), 3 * in);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)REG(edx), (long)put), 0);
	old = break_at(pid, computes_three);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	broken_at(pid, computes_three, old);
	CHECK_ADDR(user_word(pid, REG(eax)), put);
	CHECK_ADDR(user_word(pid, REG(edx)), put ^ (3 * in));
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_ADDR(tracee_told(), put ^ (3 * in));
}

static void
end(pid_t pid)
{
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
}

static int
set(pid_t pid, size_t offset, long n)
{
	return ptrace(T_SETUSER, pid, (long)offset, n) == 0 ? 0 : errno;
}

/* Each bit of the flags by itself: it changes if it is the process's. */
static void
flags(pid_t pid)
{
	const uint32_t was = (uint32_t)user_word(pid, REG(eflags));

	CHECK_ADDR(was & 0x3302, 0x202); /* interrupts on, no trace, no I/O */
	for (int bit = 0; bit < 32; bit++) {
		uint32_t flip = was ^ (1u << bit);
		uint32_t want = (1u << bit) & ARITHMETIC ? flip : was;

		CHECK_EQ(set(pid, REG(eflags), (long)flip), 0);
		CHECK_OR_SAY(CHECK_ADDR(user_word(pid, REG(eflags)), want),
		    "bit %d", bit);
	}
	CHECK_EQ(set(pid, REG(eflags), -1), 0);
	CHECK_ADDR(user_word(pid, REG(eflags)), was | ARITHMETIC);
	CHECK_EQ(set(pid, REG(eflags), 0), 0);
	CHECK_ADDR(user_word(pid, REG(eflags)), was & ~ARITHMETIC);
	CHECK_EQ(set(pid, REG(eflags), (long)was), 0);
	end(pid);
}

static bool
may_set(size_t offset)
{
	static const size_t registers[] = { REG(edi), REG(esi), REG(ebp),
		REG(ebx), REG(edx), REG(ecx), REG(eax), REG(eip), REG(esp),
		REG(eflags) };

	for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++)
		if (registers[i] == offset)
			return true;
	return false;
}

/* Every word there is, and some behind: registers are set, all else is as it
 * was. */
static void
set_all(pid_t pid)
{
	const size_t behind = sizeof(struct trace_user) + 16;

	for (size_t at = 0; at < behind; at += sizeof(long)) {
		long was = user_word(pid, at), put = was ^ 0x40;
		bool ok = may_set(at);

		CHECK_OR_SAY(CHECK_EQ(set(pid, at, put), ok ? 0 : EFAULT),
		    "offset %u", at);
		CHECK_OR_SAY(CHECK_ADDR(user_word(pid, at), ok ? put : was),
		    "offset %u", at);
		if (ok)
			CHECK_EQ(set(pid, at, was), 0);
	}
	for (size_t at = 1; at < 4; at++)
		CHECK_EQ(set(pid, REG(eax) + at, 0), EFAULT);
	CHECK_EQ(set(pid, (size_t)-4, 0), EFAULT);
	CHECK_EQ(set(pid, (size_t)-1, 0), EFAULT);
	end(pid);
}

static bool
is_there(pid_t pid, size_t offset)
{
	errno = 99;
	return user_word(pid, offset) != -1 || errno == 0;
}

/* The last word is there, the one behind it is not, and no part of a word. */
static void
bounds(pid_t pid)
{
	const size_t last = sizeof(struct trace_user) - sizeof(long);

	for (size_t at = 0; at <= last; at += sizeof(long))
		CHECK_OR_SAY(CHECK(is_there(pid, at)), "offset %u", at);
	for (size_t at = 1; at < 4; at++) {
		CHECK(!is_there(pid, at) && errno == EFAULT);
		CHECK(!is_there(pid, last + at) && errno == EFAULT);
	}
	CHECK(!is_there(pid, last + 4) && errno == EFAULT);
	CHECK(!is_there(pid, last + 8) && errno == EFAULT);
	CHECK(!is_there(pid, (size_t)-4) && errno == EFAULT);
	CHECK(!is_there(pid, (size_t)1 << 31) && errno == EFAULT);
	end(pid);
}

/* What the kernel says is about this process. */
static void
tables(pid_t pid)
{
	struct proc_info info;
	uint32_t *words = (uint32_t *)(void *)&info;
	const size_t priv = offsetof(struct trace_user, priv);

	for (size_t i = 0; i < sizeof info / 4; i++)
		words[i] = (uint32_t)user_word(pid,
		    offsetof(struct trace_user, info) + 4 * i);
	CHECK_EQ(info.ep, endpoint_of(pid));
	CHECK(
	    strncmp(info.name, "ptrace-registers", sizeof info.name - 1) == 0);
	CHECK_EQ(
	    user_word(pid, priv + offsetof(struct trace_priv, spec.trap_mask)),
	    TRAPS_USER);
	CHECK_EQ(user_word(pid, priv + offsetof(struct trace_priv, owner)),
	    NONE);
	CHECK_EQ(
	    user_word(pid, priv + offsetof(struct trace_priv, grant_entries)),
	    0);
	end(pid);
}

static const struct scene scenes[] = {
	{ "between", computes, HELD, between, 42 },
	{ "flags", counts, STOPPED, flags, ENDED_BY + SIGKILL },
	{ "set-all", counts, STOPPED, set_all, ENDED_BY + SIGKILL },
	{ "bounds", counts, STOPPED, bounds, ENDED_BY + SIGKILL },
	{ "tables", counts, STOPPED, tables, ENDED_BY + SIGKILL },
};

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-registers", argc, argv);
	SCENES(scenes);
	return report_end();
}
