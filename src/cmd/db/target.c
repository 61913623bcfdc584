/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See target.h. The process gets its breakpoints when it goes on, and loses
 * them when it stops. If it stands at one, it is stepped over that first.
 *
 * A child of it is traced from its first instruction, because it has a copy
 * of the breakpoints: they are taken out of it, then it is let go, or it is
 * the target from now on.
 */
#include "cmd/db/target.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/db/breaks.h"
#include "cmd/db/symbols.h"
#include "cmd/trace/process.h"

#define STACK_BEGIN 0xbff00000u /* a new program's stack is above it */

struct target target;
bool target_follows;

static volatile sig_atomic_t interrupted;
static bool stop_sent;           /* a SIGSTOP of ours is on its way */
static char name[PROC_NAME_MAX]; /* of its program */
static uint32_t late;            /* signals that wait for their turn */

static void
on_signal(int sig)
{
	(void)sig;
	interrupted = 1;
}

void
target_init(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	(void)sigaction(SIGINT, &sa, NULL);
}

uint32_t
target_register(size_t offset)
{
	uint32_t value = 0;

	(void)process_word(target.pid, offset, &value);
	return value;
}

static void
set_pc(uint32_t pc)
{
	(void)ptrace(T_SETUSER, target.pid, (long)PROCESS_REG(eip), (long)pc);
}

/* The name the kernel has for its program. */
static void
get_name(char buf[PROC_NAME_MAX])
{
	uint32_t word = 0;

	for (size_t i = 0; i < PROC_NAME_MAX; i += sizeof word) {
		(void)process_word(target.pid, PROCESS_INFO(name) + i, &word);
		memcpy(buf + i, &word, sizeof word);
	}
	buf[PROC_NAME_MAX - 1] = '\0';
}

/* Read the symbols of its program. */
static void
load(const char *path)
{
	if (path == NULL || symbols_load(path) != 0)
		cmd_warn(path != NULL ? path : name);
}

/* It stands at the beginning of a program: the frame of exec is there, and
 * its name. */
static const char *
new_program(void)
{
	static char argv0[256];
	uint32_t sp = target_register(PROCESS_REG(esp)), argc = 0, at = 0;
	const char *path;
	char now[PROC_NAME_MAX];

	get_name(now);
	if (sp < STACK_BEGIN ||
	    process_peek(target.pid, sp, &argc, sizeof argc) != sizeof argc ||
	    argc == 0 ||
	    process_peek(target.pid, sp + 4, &at, sizeof at) != sizeof at ||
	    process_peek(target.pid, at, argv0, sizeof argv0 - 1) == 0)
		return NULL;
	path = process_search(argv0);
	if (path != NULL &&
	    symbols_entry(path) == target_register(PROCESS_REG(eip)))
		return path;
	return strcmp(name, now) != 0 ? argv0 : NULL;
}

/* It is at a breakpoint that is in its memory. */
static struct brk *
at_break(void)
{
	struct brk *b = breaks_at(target_register(PROCESS_REG(eip)) - 1);

	return b != NULL && b->in ? b : NULL;
}

/* Wait until a process has stopped because of our SIGSTOP; what it is shown
 * meanwhile it gets. Says whether it is still there. */
static bool
wait_for_stop(pid_t pid)
{
	int status = 0, sig;

	for (;;) {
		if (waitpid(pid, &status, 0) != pid) {
			if (errno == EINTR)
				continue;
			return false;
		}
		if (!WIFSTOPPED(status))
			return false;
		sig = WSTOPSIG(status);
		if (sig == SIGTRAP && at_break() != NULL)
			set_pc(target_register(PROCESS_REG(eip)) - 1);
		breaks_clean(pid);
		if (sig == SIGSTOP)
			return true;
		(void)process_go_on(pid, T_RESUME, sig == SIGTRAP ? 0 : sig);
	}
}

/* The target runs; let it go on alone. */
static void
abandon(void)
{
	if (kill(target.pid, SIGSTOP) == 0 && wait_for_stop(target.pid))
		(void)process_go_on(target.pid, T_DETACH, 0);
	breaks_lost();
}

/* Another process reports: a child that is new. Says whether it is the target
 * now. */
static bool
child(pid_t pid, int status)
{
	if (!WIFSTOPPED(status))
		return false; /* one that was let go */
	breaks_clean(pid);
	cmd_outs(target_follows ? "follows process " : "leaves process ");
	cmd_out_number(pid, 0);
	cmd_outc('\n');
	if (!target_follows) {
		(void)process_go_on(pid, T_DETACH, 0);
		return false;
	}
	abandon();
	target = (struct target){ .pid = pid, .attached = true };
	return true;
}

/* Signals that were shown together with a breakpoint: is one of them the
 * breakpoint's? The others are kept. */
static bool
trap_queued(void)
{
	int status;
	bool found = false;

	while (waitpid(target.pid, &status, WNOHANG) == target.pid &&
	    WIFSTOPPED(status)) {
		if (WSTOPSIG(status) == SIGTRAP)
			found = true;
		else
			late |= KSIG_BIT(WSTOPSIG(status));
	}
	return found;
}

static enum stop
trapped(int request)
{
	const uint32_t calls = TRACE_AT_ENTRY | TRACE_IN_CALL;
	struct brk *b = at_break();
	const char *path;

	if (b != NULL) {
		set_pc(b->addr);
		return b->number != 0 ? STOP_BREAK : STOP_ONCE;
	}
	path = new_program();
	if (path != NULL) {
		breaks_lost();
		get_name(name);
		load(path);
		return STOP_EXEC;
	}
	if (request == T_STEP)
		return STOP_STEP;
	if (request == T_SYSCALL &&
	    ((target_register(PROCESS_INFO(misc_flags)) & calls) !=
		TRACE_IN_CALL))
		return STOP_CALL;
	return STOP_SIGNAL;
}

/* What a status of wait means. */
static enum stop
classify(int status, int request)
{
	enum stop stop;
	int sig;

	target.status = status;
	if (!WIFSTOPPED(status)) {
		target.pid = 0;
		return STOP_END;
	}
	sig = target.status = WSTOPSIG(status);
	if (sig == SIGTRAP) {
		stop = trapped(request);
		target.signal = stop == STOP_SIGNAL ? sig : 0;
		return stop;
	}
	if (sig == SIGSTOP && stop_sent) {
		stop_sent = false;
		return STOP_ASKED;
	}
	if (at_break() != NULL && trap_queued())
		set_pc(target_register(PROCESS_REG(eip)) - 1);
	target.signal = sig;
	return STOP_SIGNAL;
}

/* Wait for its next stop. */
static enum stop
wait_for(int request)
{
	int status = 0;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, 0);
		if (pid == target.pid)
			return classify(status, request);
		if (pid > 0 && child(pid, status))
			return STOP_FORK;
		if (pid == -1 && errno != EINTR) {
			target.pid = 0;
			return STOP_NONE;
		}
		if (interrupted && target.attached && !stop_sent)
			stop_sent = kill(target.pid, SIGSTOP) == 0;
		interrupted = 0;
	}
}

/* The signal it gets now; others follow as if they came now. */
static int
next_signal(void)
{
	int sig = target.signal;

	target.signal = 0;
	for (int s = 1; s < _NSIG; s++)
		if ((late & KSIG_BIT(s)) != 0)
			(void)kill(target.pid, s);
	late = 0;
	return sig;
}

/* One request, with the breakpoints in memory or without. */
static enum stop
go(int request, bool with_breaks, const struct brk *but)
{
	enum stop stop;

	if (with_breaks)
		breaks_insert(target.pid, but);
	if (process_go_on(target.pid, request, next_signal()) != 0 &&
	    errno != ESRCH)
		cmd_warn("ptrace");
	stop = wait_for(request);
	if (target.pid != 0)
		breaks_remove(target.pid);
	else
		breaks_lost();
	return stop;
}

enum stop
target_go(int request)
{
	const struct brk *here = breaks_at(target_register(PROCESS_REG(eip)));
	enum stop stop;

	if (request == T_STEP)
		return go(request, false, NULL);
	if (here == NULL)
		return go(request, true, NULL);
	if ((target_register(PROCESS_INFO(misc_flags)) & TRACE_AT_ENTRY) != 0)
		return go(request, true, here); /* the step is the call */
	stop = go(T_STEP, false, NULL);
	return stop == STOP_STEP ? go(request, true, NULL) : stop;
}

enum stop
target_until(uint32_t addr, uint32_t sp)
{
	bool mine = breaks_at(addr) == NULL;
	struct brk *b;
	enum stop stop;

	(void)breaks_add(addr, true);
	do {
		stop = target_go(T_RESUME);
	} while ((stop == STOP_ONCE || stop == STOP_BREAK) &&
	    target_register(PROCESS_REG(eip)) == addr &&
	    target_register(PROCESS_REG(esp)) < sp);
	b = breaks_at(addr);
	if (mine && b != NULL)
		breaks_forget(b);
	return stop;
}

enum stop
target_start(char *const argv[])
{
	const char *path = process_search(argv[0]);
	enum stop stop;

	if (path == NULL) {
		cmd_warnx(argv[0], "there is no such program");
		return STOP_NONE;
	}
	target = (struct target){ .pid = process_start(path, argv) };
	(void)ptrace(T_SETOPT, target.pid, 0, (long)TO_TRACEFORK);
	get_name(name);
	(void)process_go_on(target.pid, T_RESUME, 0);
	stop = wait_for(T_RESUME);
	if (stop == STOP_END)
		cmd_warnx(path, "it cannot be run");
	return stop;
}

enum stop
target_attach(pid_t pid, const char *program)
{
	enum stop stop;

	if (process_attach(pid) != 0)
		return STOP_NONE;
	target = (struct target){ .pid = pid, .attached = true };
	stop_sent = true;
	stop = wait_for(T_RESUME);
	if (target.pid == 0)
		return stop;
	(void)ptrace(T_SETOPT, pid, 0, (long)TO_TRACEFORK);
	get_name(name);
	load(program != NULL ? program : process_search(name));
	return stop;
}

void
target_detach(void)
{
	(void)process_go_on(target.pid, T_DETACH, next_signal());
	target.pid = 0;
}

void
target_kill(void)
{
	int status;

	(void)kill(target.pid, SIGKILL);
	while (waitpid(target.pid, &status, 0) == -1 && errno == EINTR)
		continue;
	target.pid = 0;
}
