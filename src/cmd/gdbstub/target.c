/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See target.h.
 *
 * An exec stops the process like a breakpoint does. It has no cause in the
 * process itself, though: its registers are all zero then, which a program
 * that has passed its first instructions never has.
 */
#include "cmd/gdbstub/target.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm_info.h>

#include "cmd/gdbstub/breaks.h"

static volatile sig_atomic_t pid; /* of the process, or 0 */
static bool attached;
static int watched; /* child whose end is told */

/* Where a register is in what T_GETUSER sees. */
static const size_t places[NR_REGS] = {
	[REG_EAX] = offsetof(struct trace_user, regs.eax),
	[REG_ECX] = offsetof(struct trace_user, regs.ecx),
	[REG_EDX] = offsetof(struct trace_user, regs.edx),
	[REG_EBX] = offsetof(struct trace_user, regs.ebx),
	[REG_ESP] = offsetof(struct trace_user, regs.esp),
	[REG_EBP] = offsetof(struct trace_user, regs.ebp),
	[REG_ESI] = offsetof(struct trace_user, regs.esi),
	[REG_EDI] = offsetof(struct trace_user, regs.edi),
	[REG_EIP] = offsetof(struct trace_user, regs.eip),
	[REG_EFLAGS] = offsetof(struct trace_user, regs.eflags),
	[REG_CS] = offsetof(struct trace_user, regs.cs),
	[REG_SS] = offsetof(struct trace_user, regs.ss),
	[REG_DS] = offsetof(struct trace_user, regs.ds),
	[REG_ES] = offsetof(struct trace_user, regs.es),
	[REG_FS] = offsetof(struct trace_user, regs.fs),
	[REG_GS] = offsetof(struct trace_user, regs.gs),
};

/* A request that returns nothing but its success. */
static int
request(int what, int who, long addr, long data)
{
	return ptrace(what, who, addr, data) == -1 ? errno : 0;
}

static int
move(int what, int who, uint32_t addr, void *bytes, size_t n)
{
	struct ptrace_range range = { .pr_space = TS_DATA,
		.pr_addr = (long)addr,
		.pr_ptr = bytes,
		.pr_size = n };

	return request(what, who, (long)&range, 0);
}

void
target_watch(int child)
{
	watched = child;
}

int
target_pid(void)
{
	return pid;
}

bool
target_is_attached(void)
{
	return attached;
}

void
target_interrupt(int sig)
{
	int saved = errno;

	(void)sig;
	if (pid > 0)
		(void)kill(pid, SIGINT); /* it may just have ended */
	errno = saved;
}

/* In the new process: a group of its own, in the foreground if the caller's
 * was, and no signal treated in another way than usual. */
static _Noreturn void
become(char *const argv[])
{
	bool front =
	    isatty(STDIN_FILENO) != 0 && tcgetpgrp(STDIN_FILENO) == getpgrp();

	(void)setpgid(0, 0);
	if (front)
		(void)tcsetpgrp(STDIN_FILENO, getpgrp());
	for (int sig = 1; sig < _NSIG; sig++)
		(void)signal(sig, SIG_DFL); /* not KILL and STOP */
	if (ptrace(T_OK, 0, 0, 0) == 0)
		(void)execvp(argv[0], argv);
	_exit(errno);
}

int
target_start(char *const argv[])
{
	int status = 0, child;

	if (pid != 0)
		return EBUSY;
	child = fork();
	if (child == 0)
		become(argv);
	if (child < 0)
		return errno;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return errno;
	if (!WIFSTOPPED(status))
		return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
	pid = child;
	attached = false;
	return request(T_SETOPT, pid, 0, TO_TRACEFORK);
}

/* Is it a service without which we cannot even read the next packet? */
static bool
is_needed(int id)
{
	static const char *const names[] = { "vfs", "tty", "pipe" };
	struct pm_procinfo info = { .pid = 0 };
	int slot = 0;

	while (slot >= 0 && info.pid != id)
		slot = getprocinfo(slot, &info);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (info.pid == id && info.kind == 's' &&
		    strcmp(info.name, names[i]) == 0)
			return true;
	return false;
}

int
target_attach(int id)
{
	int status = 0, e;

	if (pid != 0)
		return EBUSY;
	if (is_needed(id))
		return EDEADLK;
	e = request(T_ATTACH, id, 0, 0);
	if (e != 0)
		return e;
	while (waitpid(id, &status, 0) < 0)
		if (errno != EINTR)
			return errno;
	if (!WIFSTOPPED(status))
		return ESRCH;
	pid = id;
	attached = true;
	return request(T_SETOPT, pid, 0, TO_TRACEFORK);
}

/* Read a register; -1 may be its value. */
static int
word(size_t place, uint32_t *value)
{
	long r;

	errno = 0;
	r = ptrace(T_GETUSER, pid, (long)place, 0);
	if (r == -1 && errno != 0)
		return errno;
	*value = (uint32_t)r;
	return 0;
}

int
target_regs(uint32_t regs[NR_REGS])
{
	int e = pid != 0 ? 0 : ESRCH;

	for (int i = 0; e == 0 && i < NR_REGS; i++)
		e = word(places[i], &regs[i]);
	return e;
}

int
target_reg_set(enum target_reg reg, uint32_t value)
{
	uint32_t old = 0;
	int e = pid != 0 ? word(places[reg], &old) : ESRCH;

	if (e != 0 || old == value)
		return e;
	return request(T_SETUSER, pid, (long)places[reg], (long)value);
}

int
target_read(uint32_t addr, void *bytes, size_t n)
{
	return pid != 0 ? move(T_GETRANGE, pid, addr, bytes, n) : ESRCH;
}

int
target_write(uint32_t addr, const void *bytes, size_t n)
{
	if (pid == 0)
		return ESRCH;
	return move(T_SETRANGE, pid, addr, (void *)(uintptr_t)bytes, n);
}

int
target_go(bool is_step, int sig)
{
	if (pid == 0)
		return ESRCH;
	return request(is_step ? T_STEP : T_RESUME, pid, 0, sig);
}

/* Put back an instruction in a child. */
static void
child_mend(void *ctx, uint32_t addr, uint8_t byte)
{
	const int *child = ctx;

	(void)move(T_SETRANGE, *child, addr, &byte, 1);
}

/* News of another process. A child that is new has all the breakpoints of its
 * parent; nobody is interested in it. */
static void
child_release(int child, int status)
{
	if (!WIFSTOPPED(status))
		return;
	break_each(child_mend, &child);
	(void)request(T_DETACH, child, 0,
	    WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status));
}

/* Are the registers as exec leaves them? */
static bool
is_fresh(void)
{
	uint32_t regs[NR_REGS];

	if (target_regs(regs) != 0)
		return false;
	return regs[REG_EAX] == 0 && regs[REG_EBX] == 0 && regs[REG_ECX] == 0 &&
	    regs[REG_EDX] == 0 && regs[REG_ESI] == 0 && regs[REG_EDI] == 0 &&
	    regs[REG_EBP] == 0;
}

/* A text in the process, as far as there is room. */
static void
text_read(uint32_t addr, char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size - 1; i++)
		if (target_read(addr + (uint32_t)i, text + i, 1) != 0 ||
		    text[i] == '\0')
			break;
	text[i] = '\0';
}

/* The path of a new program: its name as it was called, which lies on its
 * stack behind argc, or else where such programs are. */
static void
program_find(char *path, size_t size)
{
	static const char *const dirs[] = { "/bin/", "/sbin/", "/test/" };
	uint32_t regs[NR_REGS], argv0 = 0;
	char name[128];

	if (target_regs(regs) != 0 ||
	    target_read(regs[REG_ESP] + 4, &argv0, sizeof argv0) != 0)
		argv0 = 0;
	text_read(argv0, name, sizeof name);
	(void)strlcpy(path, name, size);
	for (size_t i = 0; name[0] != '/' && i < sizeof dirs / sizeof dirs[0];
	     i++) {
		(void)snprintf(path, size, "%s%s", dirs[i], name);
		if (access(path, X_OK) == 0)
			return;
	}
}

/* Put into words what waitpid() has told. */
static void
describe(int status, struct target_event *event)
{
	*event = (struct target_event){ .news = TARGET_STOPPED };
	if (WIFSTOPPED(status)) {
		event->number = WSTOPSIG(status);
		event->is_exec = event->number == SIGTRAP && is_fresh();
		if (event->is_exec)
			program_find(event->program, sizeof event->program);
		return;
	}
	pid = 0;
	event->news = WIFEXITED(status) ? TARGET_EXITED : TARGET_KILLED;
	event->number =
	    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

int
target_wait(struct target_event *event)
{
	int status = 0, who;

	while (pid != 0) {
		who = waitpid(-1, &status, 0);
		if (who == pid) {
			describe(status, event);
			return 0;
		}
		if (who < 0 && errno != EINTR)
			return errno;
		if (who > 0 && who == watched)
			return EPIPE;
		if (who > 0)
			child_release(who, status);
	}
	return ESRCH;
}

void
target_kill(void)
{
	struct target_event event;

	if (pid == 0)
		return;
	(void)kill(pid, SIGKILL);
	while (pid != 0 && target_wait(&event) == 0)
		continue;
	pid = 0;
}

int
target_detach(int sig)
{
	int e = request(T_DETACH, pid, 0, sig);

	pid = 0;
	return e;
}
