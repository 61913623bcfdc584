/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D6, D8. A traced process becomes another program: it stops before
 * the first instruction of that, in the way its options say, and has no
 * rights that a program would give it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/elf.h>

#include "test/ptrace/counts.h"
#include "test/ptrace/events.h"
#include "test/ptrace/scene.h"

#define USER 12
#define LINE 9 /* descriptor of a pipe that programs write to */

static const char self[] = "/test/ptrace-exec";
static const char set_id[] = "/tmp/ptrace-setid";
static int line[2];

static int
executes(void)
{
	(void)execl(self, self, "exec", NULL);
	return 1;
}

static int
executes_teller(void)
{
	sigset_t full;

	(void)sigfillset(&full);
	(void)sigprocmask(SIG_SETMASK, &full, NULL);
	(void)execl(self, self, "tell", NULL);
	return 1;
}

static int
executes_nothing(void)
{
	(void)execl("/test/no-such", "no-such", NULL);
	return errno == ENOENT ? 42 : 1;
}

static bool
has_written(void)
{
	char c;

	return read(line[0], &c, 1) == 1;
}

/* Count the events of an exec: one more if it ends with SIGTRAP. */
static void
count_events(pid_t pid, int odd, int stops)
{
	struct events seen = events_to_end(pid);

	CHECK_EQ(seen.traps % 2, odd);
	CHECK_GE(seen.traps, odd == 1 ? 3 : 4);
	CHECK_EQ(seen.stops, stops);
	if (stops == 1)
		CHECK_EQ(seen.stop_after % 2, 1);
}

static void
trap(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	count_events(pid, 0, 0);
}

static void
alternative(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_ALTEXEC), 0);
	count_events(pid, 1, 1);
}

static void
no_trap(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_NOEXEC), 0);
	count_events(pid, 1, 0);
}

static void
no_trap_at_all(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_NOEXEC | TO_ALTEXEC), 0);
	count_events(pid, 1, 0);
}

/* What is set when nothing was: T_ATTACH means TO_NOEXEC. */
static void
initial(pid_t pid)
{
	enum how how = scene_how();

	if (how == BY_ATTACH || how == BY_OTHER)
		count_events(pid, 1, 0);
	else
		count_events(pid, 0, 0);
}

/* Options are the tracer's: the next one begins anew. */
static void
new_tracer(pid_t pid)
{
	tracee_halt(pid);
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_ALTEXEC), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	tracee_hold(pid);
	count_events(pid, 1, 0);
}

/* It goes free: exec of a process that is not traced stops nowhere. */
static void
nobody(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_ALTEXEC), 0);
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_end_untraced(pid), 42);
}

static void
no_program(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	count_events(pid, 1, 0);
}

/* Where this program begins. */
static uint32_t
entry_of_self(void)
{
	struct elf_header header;
	int fd = open(self, O_RDONLY);

	CHECK(read(fd, &header, sizeof header) == sizeof header);
	CHECK(close(fd) == 0);
	return header.entry;
}

/* Nothing of the program has run when the stop is shown; blocking SIGTRAP
 * does not hide it. */
static void
before_first(pid_t pid)
{
	uint32_t sp;

	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(user_word(pid, offsetof(struct trace_user, regs.eip)),
	    entry_of_self());
	sp = (uint32_t)user_word(pid, offsetof(struct trace_user, regs.esp));
	CHECK_EQ(ptrace(T_GETDATA, pid, (long)sp, 0), 2); /* argc */
	pause_ms(10);
	CHECK_EQ(tracee_state(pid), 'T');
	CHECK(!has_written());
	CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK(!has_written());
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_end(pid), 42);
	CHECK(has_written());
}

/* Again and again; also where others are quick to run it is not. */
static int
executes_many(void)
{
	(void)execl(self, self, "8", NULL);
	return 1;
}

static void
never_runs(pid_t pid)
{
	const uint32_t entry = entry_of_self();
	int n = 0;

	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	do {
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
		if (tracee_next(pid) != SIGTRAP)
			break;
		CHECK_ADDR(
		    user_word(pid, offsetof(struct trace_user, regs.eip)),
		    entry);
	} while (++n < 20);
	CHECK_EQ(n, 9);
}

/* Breakpoints and words written before are gone with the old program. */
static void
memory_is_new(pid_t pid)
{
	const long at = (long)(void (*)(void))entry_of_self;
	long old = ptrace(T_GETINS, pid, at, 0);

	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	CHECK_EQ(ptrace(T_SETINS, pid, at, ~old), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGTRAP);
	CHECK_ADDR(ptrace(T_GETINS, pid, at, 0), old);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

/* As a user: become a program of the superuser that tells who it runs for. */
static int
executes_set_id(void)
{
	if (setgid(USER) != 0 || setuid(USER) != 0)
		return 1;
	(void)execl(set_id, set_id, "who", NULL);
	return 2;
}

static void
traced_set_id(pid_t pid)
{
	CHECK_EQ(tracee_do(T_SETOPT, pid, TO_NOEXEC), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

/* Not traced any more it is as ever. */
static void
free_set_id(pid_t pid)
{
	CHECK_EQ(tracee_do(T_DETACH, pid, 0), 0);
	CHECK_EQ(tracee_end_untraced(pid), 43);
}

static const struct scene scenes[] = {
	{ "trap", executes, HELD, trap, 42 },
	{ "alternative", executes, HELD, alternative, 42 },
	{ "no-trap", executes, HELD, no_trap, 42 },
	{ "no-trap-at-all", executes, HELD, no_trap_at_all, 42 },
	{ "initial", executes, HELD, initial, 42 },
	{ "new-tracer", executes, READY, new_tracer, 42 },
	{ "nobody", executes, HELD, nobody, SCENE_OVER },
	{ "no-program", executes_nothing, HELD, no_program, 42 },
	{ "before-first", executes_teller, HELD, before_first, SCENE_OVER },
	{ "never-runs", executes_many, HELD, never_runs, 42 },
	{ "memory-is-new", executes, HELD, memory_is_new, 42 },
	{ "traced-set-id", executes_set_id, HELD, traced_set_id, 42 },
	{ "free-set-id", executes_set_id, HELD, free_set_id, SCENE_OVER },
};

/* A copy of this program that belongs to the superuser and gives its rights. */
static bool
make_set_id(void)
{
	static char buf[4096];
	int from = open(self, O_RDONLY);
	int to = open(set_id, O_WRONLY | O_CREAT | O_TRUNC, 0700);
	ssize_t n;

	while ((n = read(from, buf, sizeof buf)) > 0)
		if (write(to, buf, (size_t)n) != n)
			return false;
	return n == 0 && fchmod(to, 06755) == 0 && close(to) == 0 &&
	    close(from) == 0;
}

/* What this program does where it is the one that somebody becomes. */
static int
become(const char *what)
{
	char left[2] = { (char)(what[0] - 1), '\0' };

	if (what[0] > '0' && what[0] <= '9')
		(void)execl(self, self, left, NULL);
	if (strcmp(what, "tell") == 0)
		return write(LINE, "t", 1) == 1 ? 42 : 1;
	if (strcmp(what, "who") == 0)
		return geteuid() == 0 && getegid() == 0      ? 43
		    : geteuid() == USER && getegid() == USER ? 42
							     : 1;
	return 42;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strlen(argv[1]) <= 4)
		return become(argv[1]);
	scenes_begin("ptrace-exec", argc, argv);
	CHECK(pipe(line) == 0 && fcntl(line[0], F_SETFL, O_NONBLOCK) == 0);
	CHECK(dup2(line[1], LINE) == LINE);
	CHECK(make_set_id());
	SCENES(scenes);
	CHECK(unlink(set_id) == 0);
	return report_end();
}
