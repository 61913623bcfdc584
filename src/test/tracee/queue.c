/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D3, D4, D15. A process goes from instruction to instruction, with
 * values that exist only between two of them; signals are shown once, in
 * order, and have their effect when they are passed on.
 */
#include "test/tracee/scene.h"

static int from[2], to[2]; /* pipes */
static int code;           /* of a process that SIGTERM ends */

/* A value that changes with each instruction behind the breakpoint. */
static int
computes(void)
{
	uint32_t a = word("a", 0), b = word("b", 0);

	__asm__ volatile("int3\n\t"
			 "addl %1, %0\n\t"
			 "imull $5, %0\n\t"
			 "subl $77, %0\n\t"
			 "leal (%0,%1,2), %0\n\t"
			 : "+a"(a)
			 : "r"(b)
			 : "cc");
	return write(from[1], &a, sizeof a) == sizeof a ? 3 : 4;
}

static void
steps(void)
{
	static const char *const names[] = { "trap", "step-1", "step-2",
		"step-3", "step-4" };
	pid_t pid = begin_traced(computes);
	uint32_t a = 0;

	if (pid == NO_CHILD || request(T_RESUME, pid, 0) != OK)
		return;
	for (int i = 0; i < 5; i++) {
		if (!CHECK_EQ(shown(pid), SIGTRAP)) {
			drop(pid);
			return;
		}
		report_addr(names[i], look_at(pid, REGISTER(eax)));
		CHECK_EQ(request(i < 4 ? T_STEP : T_RESUME, pid, 0), OK);
	}
	CHECK_EQ(shown(pid), ENDED);
	CHECK_EQ(how_ended(), 3);
	CHECK(read(from[0], &a, sizeof a) == sizeof a);
	report_addr("result", a);
}

static int
hides(void)
{
	sigset_t all;

	(void)signal(SIGUSR1, SIG_IGN);
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL);
	(void)write(from[1], "h", 1);
	while (pause() != 0)
		continue;
	return 0;
}

/* Ignored and blocked ones, too; equal ones are one; SIGKILL is not shown. */
static void
order(void)
{
	pid_t pid = begin_traced(hides);
	char c;

	if (pid == NO_CHILD || request(T_RESUME, pid, 0) != OK)
		return;
	CHECK(read(from[0], &c, 1) == 1);
	CHECK(kill(pid, SIGUSR2) == 0 && kill(pid, SIGUSR1) == 0);
	CHECK(kill(pid, SIGUSR2) == 0);
	report_number("first", shown(pid));
	CHECK(kill(pid, SIGUSR1) == 0);
	report_number("second", shown_now(pid));
	report_number("third", shown_now(pid));
	report_number("fourth", shown_now(pid));
	report_status("on", request(T_RESUME, pid, 0));
	report_status("on-again", request(T_RESUME, pid, 0));
	CHECK(kill(pid, SIGKILL) == 0);
	report_number("killed", shown(pid) == ENDED ? how_ended() : 0);
}

static void
on_signal(int sig)
{
	const char c = (char)sig;

	(void)write(from[1], &c, 1);
	if (sig == SIGTERM)
		_exit(code);
}

static int
handles(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_signal;
	(void)sigfillset(&sa.sa_mask);
	(void)sigaction(SIGHUP, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)write(from[1], "r", 1);
	while (pause() != 0)
		continue;
	return 0;
}

static pid_t
begin_handling(void)
{
	pid_t pid = begin_traced(handles);
	char c;

	if (pid == NO_CHILD || request(T_RESUME, pid, 0) != OK)
		return NO_CHILD;
	CHECK(read(from[0], &c, 1) == 1 && c == 'r');
	return pid;
}

/* What is passed on while more is to be shown waits; handlers run once. */
static void
pass_on(void)
{
	pid_t pid = begin_handling();
	uint8_t seen[8];
	ssize_t n;

	if (pid == NO_CHILD)
		return;
	CHECK(kill(pid, SIGHUP) == 0);
	CHECK_EQ(shown(pid), SIGHUP);
	CHECK(kill(pid, SIGUSR2) == 0);
	report_status("pass", request(T_RESUME, pid, SIGHUP));
	report_number("left", shown_now(pid));
	report_status("still-stopped", request(T_RESUME, pid, 0));
	pause_ms(20);
	report_number("quiet", shown_now(pid));
	CHECK(kill(pid, SIGTERM) == 0);
	CHECK_EQ(shown(pid), SIGTERM);
	report_status("pass-term", request(T_RESUME, pid, SIGTERM));
	report_number("end", shown(pid) == ENDED ? how_ended() : -1);
	n = read(from[0], seen, sizeof seen);
	report_bytes("handled", seen, n > 0 ? (size_t)n : 0);
}

/* Letting go loses nothing that was sent. */
static void
let_go(void)
{
	pid_t pid = begin_handling();
	uint8_t seen[8];
	ssize_t n;

	if (pid == NO_CHILD)
		return;
	CHECK(kill(pid, SIGHUP) == 0);
	CHECK_EQ(shown(pid), SIGHUP);
	CHECK(kill(pid, SIGTERM) == 0); /* is not collected */
	report_status("detach", request(T_DETACH, pid, SIGHUP));
	report_number("gone", shown(pid) == ENDED ? how_ended() : -1);
	n = read(from[0], seen, sizeof seen);
	report_number("both", n);
}

static int
reads(void)
{
	uint32_t w = 0;

	(void)signal(SIGUSR1, on_signal);
	(void)write(from[1], "r", 1);
	return read(to[0], &w, sizeof w) == sizeof w && w == word("data", 0)
	    ? 3
	    : 4;
}

/* A stop does not end the call. */
static void
no_interrupt(void)
{
	pid_t pid = begin_traced(reads);
	uint32_t w = word("data", 0);
	char c;

	if (pid == NO_CHILD || request(T_RESUME, pid, 0) != OK)
		return;
	CHECK(read(from[0], &c, 1) == 1);
	pause_ms(20);
	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK_EQ(shown(pid), SIGUSR1);
	CHECK_EQ(request(T_RESUME, pid, 0), OK);
	pause_ms(20);
	CHECK(write(to[1], &w, sizeof w) == sizeof w);
	report_number("read", shown(pid) == ENDED ? how_ended() : -1);
}

int
main(int argc, char **argv)
{
	report_begin("tracee-queue", argc > 1 ? argv[1] : NULL);
	code = (int)(word("code", 1) % 200);
	if (pipe(from) != 0 || pipe(to) != 0)
		return report_end();
	steps();
	order();
	pass_on();
	let_go();
	no_interrupt();
	return report_end();
}
