/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. What a handler is told: who has sent its signal, what has become
 * of a child, on what the process has faulted. And how it runs: once or again,
 * with its own signal blocked or not, on which stack.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define KERNEL_ADDR 0xfffff000u

static volatile siginfo_t last;
static volatile int calls, depth, deepest;
static volatile uintptr_t place; /* of an instruction, or of a handler */
static sigjmp_buf back;

static void
on_info(int sig, siginfo_t *info, void *context)
{
	CHECK_EQ(sig, info->si_signo);
	CHECK(context != NULL);
	last = *info;
	calls++;
}

static void
on_fault(int sig, siginfo_t *info, void *context)
{
	on_info(sig, info, context);
	siglongjmp(back, 1);
}

static void catch (int sig, void (*with)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_sigaction = with;
	sa.sa_flags = SA_SIGINFO | flags;
	CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

static void
plain(int sig)
{
	CHECK(signal(sig, SIG_DFL) != SIG_ERR);
}

static int
send(int sig)
{
	return kill(getppid(), sig) == 0 ? 0 : 1;
}

/* Have a child send a signal. */
static pid_t
sent_by_child(int sig)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(send(sig));
	CHECK_EQ(child_end(pid), 0);
	return pid;
}

static void
senders(void)
{
	sigset_t set;
	pid_t first;

	catch (SIGUSR1, on_info, 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(last.si_code, SI_USER);
	CHECK_EQ(last.si_pid, getpid());
	CHECK_EQ(last.si_uid, getuid());
	first = sent_by_child(SIGUSR1);
	CHECK_EQ(last.si_pid, first);

	/* Equal ones that wait are one: the first. */
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	calls = 0;
	first = sent_by_child(SIGUSR1);
	(void)sent_by_child(SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	CHECK_EQ(calls, 1);
	CHECK_EQ(last.si_pid, first);
	plain(SIGUSR1);

	catch (SIGALRM, on_info, 0);
	(void)alarm(1);
	CHECK(pause() == -1 && errno == EINTR);
	CHECK_EQ(last.si_code, SI_KERNEL);
	CHECK_EQ(last.si_pid, 0);
	plain(SIGALRM);
}

static void
expect_child(pid_t pid, int code, int status)
{
	while (calls == 0)
		pause_ms(5);
	CHECK_EQ(last.si_signo, SIGCHLD);
	CHECK_EQ(last.si_code, code);
	CHECK_EQ(last.si_pid, pid);
	CHECK_EQ(last.si_uid, getuid());
	CHECK_EQ(last.si_status, status);
	calls = 0;
}

static void
children(void)
{
	pid_t pid;

	catch (SIGCHLD, on_info, 0);
	calls = 0;
	pid = fork();
	if (pid == 0)
		_exit(0x105); /* of which eight bits are told */
	expect_child(pid, CLD_EXITED, 5);
	CHECK_EQ(child_end(pid), 5);
	pid = fork();
	if (pid == 0)
		for (;;)
			(void)pause();
	CHECK_EQ(kill(pid, SIGSTOP), 0);
	expect_child(pid, CLD_STOPPED, SIGSTOP);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	expect_child(pid, CLD_CONTINUED, SIGCONT);
	CHECK_EQ(kill(pid, SIGKILL), 0);
	expect_child(pid, CLD_KILLED, SIGKILL);
	CHECK_EQ(child_end(pid), SIGNALLED + SIGKILL);
	plain(SIGCHLD);
}

/* Faults. Each notes where it happens, or on what. */
static void
read_nothing(void)
{
	place = 0x10;
	(void)*(volatile char *)place;
}

static void
write_text(void)
{
	place = (uintptr_t)read_nothing;
	*(volatile char *)place = 1;
}

static void
read_kernel(void)
{
	place = KERNEL_ADDR;
	(void)*(volatile char *)place;
}

static void
divide(void)
{
	__asm__ volatile("movl $1f, %0\n\t"
			 "xorl %%ecx, %%ecx\n\txorl %%edx, %%edx\n\t"
			 "1: divl %%ecx"
			 : "=m"(place)
			 :
			 : "eax", "ecx", "edx");
}

static void
invalid(void)
{
	__asm__ volatile("movl $1f, %0\n1:\tud2" : "=m"(place));
}

static void
breakpoint(void)
{
	__asm__ volatile("movl $1f, %0\n\tint3\n1:" : "=m"(place));
}

static void
faults(void)
{
	static const struct {
		void (*make)(void);
		int sig, code;
	} cases[] = {
		{ read_nothing, SIGSEGV, SEGV_MAPERR },
		{ write_text, SIGSEGV, SEGV_ACCERR },
		{ read_kernel, SIGSEGV, SEGV_ACCERR },
		{ divide, SIGFPE, FPE_INTDIV },
		{ invalid, SIGILL, ILL_ILLOPC },
		{ breakpoint, SIGTRAP, TRAP_BRKPT },
	};

	int i;

	for (i = 0; i < 6; i++) {
		catch (cases[i].sig, on_fault, 0);
		calls = 0;
		if (sigsetjmp(back, 1) == 0)
			cases[i].make();
		CHECK_EQ(calls, 1);
		CHECK_EQ(last.si_signo, cases[i].sig);
		if (cases[i].make != read_kernel) /* no page to ask about */
			CHECK_EQ(last.si_code, cases[i].code);
		CHECK_ADDR((uintptr_t)last.si_addr, place);

		/* Sent by somebody it is no fault. */
		catch (cases[i].sig, on_info, 0);
		CHECK_EQ(raise(cases[i].sig), 0);
		CHECK_EQ(last.si_code, SI_USER);
		CHECK_ADDR((uintptr_t)last.si_addr, 0);
		plain(cases[i].sig);
	}
}

static int
once(void)
{
	struct sigaction sa;

	catch (SIGUSR1, on_info, SA_RESETHAND);
	(void)raise(SIGUSR1);
	(void)sigaction(SIGUSR1, NULL, &sa);
	if (calls != 1 || sa.sa_handler != SIG_DFL ||
	    (sa.sa_flags & SA_SIGINFO) != 0)
		return 1;
	(void)raise(SIGUSR1); /* the end */
	return 2;
}

static void
on_nested(int sig, siginfo_t *info, void *context)
{
	(void)info, (void)context;
	if (++depth > deepest)
		deepest = depth;
	if (calls++ < 3)
		(void)raise(sig);
	depth--;
}

static void
repeats(void)
{
	calls = 0;
	CHECK_EQ(child(once), SIGNALLED + SIGUSR1);
	catch (SIGUSR1, on_nested, 0);
	calls = deepest = 0;
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(calls, 4);
	CHECK_EQ(deepest, 1);
	catch (SIGUSR1, on_nested, SA_NODEFER);
	calls = deepest = 0;
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(calls, 4);
	CHECK_EQ(deepest, 4);
	plain(SIGUSR1);
}

static char stack[SIGSTKSZ];
static stack_t inside; /* what a handler hears of its stack */
static volatile int refused;

static void
on_stack(int sig, siginfo_t *info, void *context)
{
	const stack_t none = { .ss_flags = SS_DISABLE };

	(void)sig, (void)info, (void)context;
	place = (uintptr_t)__builtin_frame_address(0);
	(void)sigaltstack(NULL, &inside);
	refused = sigaltstack(&none, NULL) == 0 ? 0 : errno;
}

static bool
was_on_stack(void)
{
	return place - (uintptr_t)stack < sizeof stack;
}

static void
jump(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)info, (void)context;
	siglongjmp(back, 1);
}

/* Lose the stack pointer. */
static int
lost(void)
{
	catch (SIGSEGV, jump, SA_ONSTACK);
	if (sigsetjmp(back, 1) != 0)
		return 0;
	__asm__ volatile("movl $16, %%esp\n\tpushl $0" : : : "memory");
	return 1;
}

static void
on_full(int sig, siginfo_t *info, void *context)
{
	(void)info, (void)context;
	(void)raise(sig);
}

static int
full(void)
{
	catch (SIGUSR1, on_full, SA_ONSTACK | SA_NODEFER);
	(void)raise(SIGUSR1);
	return 0;
}

static void
set_stack(size_t size, int flags, int wanted)
{
	const stack_t new = { .ss_sp = stack,
		.ss_size = size,
		.ss_flags = flags };
	const int r = sigaltstack(&new, NULL);

	CHECK_EQ(r == 0 ? 0 : errno, wanted);
}

static void
stacks(void)
{
	stack_t now;

	CHECK_EQ(sigaltstack(NULL, &now), 0);
	CHECK_EQ(now.ss_flags, SS_DISABLE);
	CHECK_EQ(child(lost), SIGNALLED + SIGSEGV); /* there is no other */
	set_stack(MINSIGSTKSZ - 1, 0, ENOMEM);
	set_stack(sizeof stack, SS_ONSTACK, EINVAL);
	set_stack(sizeof stack, 8, EINVAL);
	set_stack(MINSIGSTKSZ, 0, 0);
	CHECK_EQ(child(full), SIGNALLED + SIGUSR1);
	set_stack(sizeof stack, 0, 0);
	CHECK_EQ(sigaltstack(NULL, &now), 0);
	CHECK(now.ss_sp == stack && now.ss_size == sizeof stack);
	CHECK_EQ(now.ss_flags, 0);
	CHECK_EQ(child(lost), 0); /* inherited, too */

	catch (SIGUSR1, on_stack, 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK(!was_on_stack());
	CHECK_EQ(inside.ss_flags, 0);
	set_stack(sizeof stack, 0, 0); /* that handler was free to end it */
	catch (SIGUSR1, on_stack, SA_ONSTACK);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK(was_on_stack());
	CHECK_EQ(inside.ss_flags, SS_ONSTACK);
	CHECK_EQ(refused, EPERM);
	set_stack(0, SS_DISABLE, 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK(!was_on_stack());
	plain(SIGUSR1);
}

int
main(int argc, char **argv)
{
	(void)report_begin("pm-siginfo", argc > 1 ? argv[1] : NULL);
	senders();
	children();
	faults();
	repeats();
	stacks();
	return report_end();
}
