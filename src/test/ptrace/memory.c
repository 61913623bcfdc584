/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A tracer reads and writes the memory of a process - pages that
 * are absent, shared copy-on-write, text, stack - in words and ranges; what it
 * writes is the process's own, also a breakpoint in text that is shared.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/scene.h"
#include "test/report/checkpoint.h"

#define PAGE 4096

static volatile int word = 0x12345678; /* copy-on-write after fork */
static volatile int minus = -1;
static volatile uint32_t secret; /* known to the process alone */
static char fresh[3 * PAGE] __attribute__((aligned(PAGE))); /* untouched */
static uint8_t pattern[3 * PAGE], back[3 * PAGE];

static uint32_t
number(const char *label)
{
	return nonce_u32(report_nonce(), label, 0);
}

static int __attribute__((noinline)) landmark(int n)
{
	__asm__ volatile("" : "+r"(n));
	return n + 1;
}

static int
waits(void)
{
	secret = number("secret") * 2654435761u + 1;
	tracee_tell(1);
	while (word == 0x12345678)
		counts_yield();
	return word == 7 ? landmark(41) : 1;
}

/* Set the word that the process waits for. */
static void
let_go(pid_t pid)
{
	CHECK_EQ(ptrace(T_SETDATA, pid, (long)&word, 7), 0);
	CHECK_ADDR(word, 0x12345678); /* the tracer's own */
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

static long
get(pid_t pid, const volatile void *at)
{
	return ptrace(T_GETDATA, pid, (long)at, 0);
}

static int
set(pid_t pid, volatile void *at, long n)
{
	return ptrace(T_SETDATA, pid, (long)at, n) == 0 ? 0 : errno;
}

static int
range(int request, pid_t pid, const volatile void *at, void *buf, size_t n)
{
	struct ptrace_range r = { TS_DATA, (long)at, buf, n };

	return ptrace(request, pid, (long)&r, 0) == 0 ? 0 : errno;
}

static void
words(pid_t pid)
{
	CHECK_ADDR(get(pid, &word), 0x12345678);
	CHECK_ADDR(ptrace(T_GETINS, pid, (long)&word, 0), 0x12345678);
	CHECK_ADDR(get(pid, (volatile char *)&word + 1) & 0xffffff, 0x123456);
	CHECK_ADDR(get(pid, &secret), number("secret") * 2654435761u + 1);
	CHECK_EQ(secret, 0); /* the tracer's own */
	errno = 5;
	CHECK(get(pid, &minus) == -1 && errno == 0);
	let_go(pid);
}

/* Pages that the process has never touched are there all the same. */
static void
absent(pid_t pid)
{
	const long n = (long)number("absent");

	CHECK_EQ(get(pid, fresh), 0);
	CHECK_EQ(set(pid, &fresh[PAGE], n), 0);
	CHECK_ADDR(get(pid, &fresh[PAGE]), n);
	CHECK_EQ(set(pid, &fresh[2 * PAGE - 2], n), 0); /* in two pages */
	CHECK_ADDR(get(pid, &fresh[2 * PAGE - 2]), n);
	CHECK_EQ(get(pid, &fresh[2 * PAGE - 6]), 0);
	CHECK_EQ(fresh[PAGE], 0); /* the tracer's own */
	let_go(pid);
}

static void
bad_words(pid_t pid)
{
	static const long bad[] = { 0, 16, -4, -1, (long)0xc0000000 };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK(
		    ptrace(T_GETDATA, pid, bad[i], 0) == -1 && errno == EFAULT);
		CHECK(
		    ptrace(T_GETINS, pid, bad[i], 0) == -1 && errno == EFAULT);
		CHECK(
		    ptrace(T_SETDATA, pid, bad[i], 1) == -1 && errno == EFAULT);
		CHECK(
		    ptrace(T_SETINS, pid, bad[i], 1) == -1 && errno == EFAULT);
	}
	CHECK_EQ(tracee_state(pid), 'T');
	let_go(pid);
}

/* The host sees, too, what was written and where. */
static void
ranges(pid_t pid)
{
	char abc[] = "abc";

	nonce_spread(report_nonce(), "range", pattern, sizeof pattern);
	CHECK_EQ(range(T_SETRANGE, pid, fresh, pattern, sizeof pattern), 0);
	CHECK_EQ(range(T_GETRANGE, pid, fresh, back, sizeof back), 0);
	CHECK_BYTES(back, pattern, sizeof pattern);
	CHECK_EQ(fresh[0], 0); /* the tracer's own */
	if (scene_how() == BY_ATTACH) {
		(void)report_place("range", endpoint_of(pid), (uintptr_t)fresh,
		    sizeof fresh);
		(void)report_checkpoint("written");
	}
	memset(back, 0, sizeof back);
	CHECK_EQ(range(T_GETRANGE, pid, &fresh[PAGE - 1], back + 1, 3), 0);
	CHECK_BYTES(back + 1, &pattern[PAGE - 1], 3);
	CHECK_EQ(back[0] + back[4], 0); /* these, and no others */
	CHECK_EQ(range(T_SETRANGE, pid, &fresh[PAGE - 1], abc, 3), 0);
	CHECK_EQ(range(T_GETRANGE, pid, &fresh[PAGE - 2], back, 5), 0);
	CHECK_EQ(back[0], pattern[PAGE - 2]);
	CHECK_BYTES(back + 1, abc, 3);
	CHECK_EQ(back[4], pattern[PAGE + 2]);
	let_go(pid);
}

/* A range in text; the process's alone. */
static void
range_of_text(pid_t pid)
{
	struct ptrace_range r = { TS_INS, (long)(void (*)(void))landmark, back,
		16 };
	const void *text = (const void *)(uintptr_t)r.pr_addr;

	CHECK_EQ(ptrace(T_GETRANGE, pid, (long)&r, 0), 0);
	CHECK_BYTES(back, text, 16);
	memcpy(pattern, back, 16);
	r.pr_ptr = pattern;
	pattern[0] = 0xcc;
	CHECK_EQ(ptrace(T_SETRANGE, pid, (long)&r, 0), 0);
	CHECK_BYTES(back, text, 16);
	CHECK_EQ(get(pid, text) & 0xff, 0xcc);
	r.pr_ptr = back;
	memcpy(back, text, 16);
	CHECK_EQ(ptrace(T_SETRANGE, pid, (long)&r, 0), 0);
	let_go(pid);
}

/* A page, and nothing behind it. */
static char *
page_with_end(void)
{
	char *at = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED || munmap(at + PAGE, PAGE) != 0 ? NULL : at;
}

static void
bad_range_structs(pid_t pid)
{
	struct ptrace_range r = { TS_DATA + 1, (long)fresh, back, 4 };

	CHECK(ptrace(T_GETRANGE, pid, (long)&r, 0) == -1 && errno == EINVAL);
	r.pr_space = -1;
	CHECK(ptrace(T_GETRANGE, pid, (long)&r, 0) == -1 && errno == EINVAL);
	CHECK(ptrace(T_GETRANGE, pid, 16, 0) == -1 && errno == EFAULT);
	CHECK(ptrace(T_SETRANGE, pid, 0, 0) == -1 && errno == EFAULT);
	let_go(pid);
}

/* Where a range is wrong in part nothing else suffers. */
static void
bad_ranges(pid_t pid)
{
	void *const no_buffer = (void *)16;
	char *const hole = page_with_end(), *const own = hole + PAGE - 4;

	CHECK(hole != NULL);
	for (int request = T_GETRANGE; request <= T_SETRANGE; request++) {
		CHECK_EQ(range(request, pid, fresh, back, 0), EINVAL);
		CHECK_EQ(range(request, pid, fresh, back, (size_t)LONG_MAX + 1),
		    EINVAL);
		CHECK_EQ(range(request, pid, fresh, back, SIZE_MAX), EINVAL);
		CHECK_EQ(range(request, pid, fresh, back, LONG_MAX), EFAULT);
		CHECK_EQ(range(request, pid, fresh, no_buffer, 4), EFAULT);
		/* The tracer has this page, the process does not. */
		CHECK_EQ(range(request, pid, hole, back, PAGE), EFAULT);
		CHECK_EQ(range(request, pid, NULL, back, 2 * PAGE), EFAULT);
		/* Half of it is not there: of the tracer's, its. */
		CHECK_EQ(range(request, pid, fresh, own, 8), EFAULT);
	}
	CHECK(munmap(hole, PAGE) == 0);
	CHECK_EQ(get(pid, &word), 0x12345678);
	let_go(pid);
}

/* A range that ends where the process's memory does. */
static int
maps(void)
{
	char *at = page_with_end();

	if (at == NULL)
		return 2;
	memset(at, 'm', PAGE);
	tracee_tell(1);
	tracee_tell((int)(uintptr_t)at);
	while (word == 0x12345678)
		counts_yield();
	return at[PAGE - 1] == 'n' ? 42 : 1;
}

static void
edge(pid_t pid)
{
	char *at = (char *)(uintptr_t)(unsigned int)tracee_told(), n[] = "n";

	tracee_halt(pid);
	memset(back, 0, sizeof back);
	CHECK_EQ(range(T_GETRANGE, pid, at + PAGE - 8, back, 8), 0);
	CHECK_BYTES(back, "mmmmmmmm", 8);
	CHECK_EQ(range(T_GETRANGE, pid, at + PAGE - 8, back, 9), EFAULT);
	CHECK_EQ(range(T_GETRANGE, pid, at, back, 2 * PAGE), EFAULT);
	CHECK(ptrace(T_GETDATA, pid, (long)at + PAGE - 4, 0) == 0x6d6d6d6d);
	CHECK(ptrace(T_GETDATA, pid, (long)at + PAGE - 3, 0) == -1 &&
	    errno == EFAULT);
	CHECK_EQ(range(T_SETRANGE, pid, at + PAGE - 4, pattern, 5), EFAULT);
	CHECK_EQ(range(T_SETRANGE, pid, at + PAGE - 1, n, 1), 0);
	let_go(pid);
}

/* A breakpoint stops the process, and nobody else in the same text. */
static void
breakpoint(pid_t pid)
{
	const long at = (long)(void (*)(void))landmark;
	const size_t pc = offsetof(struct trace_user, regs.eip);
	long old = ptrace(T_GETINS, pid, at, 0);

	CHECK_EQ(ptrace(T_SETINS, pid, at, (old & ~0xff) | 0xcc), 0);
	CHECK_EQ(landmark(1), 2);
	let_go(pid);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(user_word(pid, pc), at + 1);
	CHECK_EQ(ptrace(T_SETINS, pid, at, old), 0);
	CHECK_EQ(ptrace(T_SETUSER, pid, (long)pc, at), 0);
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_NE(user_word(pid, pc), at);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

static const struct scene scenes[] = {
	{ "words", waits, STOPPED, words, 42 },
	{ "absent", waits, STOPPED, absent, 42 },
	{ "bad-words", waits, STOPPED, bad_words, 42 },
	{ "ranges", waits, STOPPED, ranges, 42 },
	{ "range-of-text", waits, STOPPED, range_of_text, 42 },
	{ "bad-range-structs", waits, STOPPED, bad_range_structs, 42 },
	{ "bad-ranges", waits, STOPPED, bad_ranges, 42 },
	{ "edge", maps, RUNNING, edge, 42 },
	{ "breakpoint", waits, STOPPED, breakpoint, 42 },
};

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-memory", argc, argv);
	SCENES(scenes);
	return report_end();
}
