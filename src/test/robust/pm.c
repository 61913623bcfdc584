/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. Calls of PM with wild pointers and impossible numbers
 * answer an error, or end only the process that asked for it.
 */
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/pm.h>
#include <proto/pm_srv.h>

#include "test/program/program.h"

PM_CALLS(PROTO_STUB)

static const uint32_t wild[] = { 0, 0x10, 0x30000000, 0xbffffffe, 0xc0000000,
	0xc0100000, 0xfffffff8 };
#define NWILD (sizeof wild / sizeof wild[0])

static char path[] = "/bin/true", key[] = "hz", value[16];
static struct no_payload none;

static uint32_t
at(const void *p)
{
	return (uint32_t)(uintptr_t)p;
}

static void
pointers(uint32_t bad)
{
	struct pm_exec_req exec = { .path = bad,
		.path_len = 8,
		.frame = at(value),
		.frame_len = 12 };
	struct pm_getparam_req param = { .key = bad,
		.key_len = 3,
		.value = at(value),
		.value_size = sizeof value };
	struct pm_procinfo_req info = { .slot = 0, .info = bad };
	struct pm_procinfo_rep next;

	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) == -EFAULT);
	exec.path = at(path);
	exec.path_len = sizeof path;
	exec.frame = bad;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) == -EFAULT);
	CHECK(call_pm_getparam(PM_PROC_NR, &param, &none) == -EFAULT);
	param.key = at(key);
	param.value = bad;
	CHECK(call_pm_getparam(PM_PROC_NR, &param, &none) < 0);
	CHECK(call_pm_procinfo(PM_PROC_NR, &info, &next) == -EFAULT);
}

/* A frame may say anything. */
static void
frames(void)
{
	static uint32_t frame[64];
	struct pm_exec_req exec = { .path = at(path),
		.path_len = sizeof path,
		.frame = at(frame),
		.frame_len = 0 };

	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	exec.frame_len = 0xffffffff;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	exec.frame_len = ARG_MAX + 4;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	exec.frame_len = 3;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	frame[0] = 0x7fffffff; /* argc */
	exec.frame_len = sizeof frame;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	frame[0] = 1;
	frame[1] = 0xfffffff0; /* argv[0], far behind the frame */
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
	memset(frame, 0x41, sizeof frame); /* no end anywhere */
	frame[0] = 1;
	CHECK(call_pm_exec(PM_PROC_NR, &exec, &none) < 0);
}

/* A handler that is nowhere: the signal ends the process. */
static int
wild_handler(int i)
{
	struct pm_sigaction_req act = { .sig = SIGUSR1,
		.set = 1,
		.handler = wild[i] | 2,
		.trampoline = wild[i] };
	struct pm_sigaction_rep old;

	if (call_pm_sigaction(PM_PROC_NR, &act, &old) != OK)
		return 0; /* refused is fine, too */
	(void)kill(getpid(), SIGUSR1);
	return 1;
}

static void
gone(int sig)
{
	(void)sig;
	_exit(0);
}

/* A stack that is nowhere, when a signal comes. */
static int
wild_stack(int i)
{
	struct pm_sigaction_req act = { .sig = SIGUSR1,
		.set = 1,
		.handler = (uint32_t)(uintptr_t)gone,
		.trampoline = (uint32_t)(uintptr_t)gone };
	struct pm_sigaction_rep old;
	struct message m;

	(void)call_pm_sigaction(PM_PROC_NR, &act, &old);
	m.m_type = PM_KILL;
	m.m_body[0] = (uint32_t)getpid();
	m.m_body[1] = SIGUSR1;
	__asm__ volatile("movl %0, %%esp; int $33; ud2"
			 :
			 : "r"(wild[i]), "a"(PM_PROC_NR), "b"(&m), "c"(SENDREC)
			 : "memory");
	return 1;
}

/* A signal context that is nowhere, or wants to own the machine. */
static int
wild_return(int i)
{
	struct pm_sigreturn_req req = { .context = wild[i] };

	return call_pm_sigreturn(PM_PROC_NR, &req, &none) < 0 ? 0 : 1;
}

static int
forged_return(int fill)
{
	static uint32_t context[256];
	struct pm_sigreturn_req req = { .context = at(context) };

	memset(context, fill, sizeof context);
	return call_pm_sigreturn(PM_PROC_NR, &req, &none) < 0 ? 0 : 1;
}

static void
numbers(void)
{
	static const int odd[] = { -1, 0, 32, 33, 64, INT_MAX, INT_MIN };
	struct sigaction act = { .sa_handler = SIG_IGN };
	size_t i;

	for (i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		CHECK(sigaction(odd[i], &act, NULL) != 0);
		if (odd[i] != 0)
			CHECK(kill(getpid(), odd[i]) != 0);
	}
	CHECK(sigaction(SIGKILL, &act, NULL) != 0);
	CHECK(kill(INT_MAX, 0) != 0 && kill(INT_MIN, 0) != 0);
	CHECK(setpriority(PRIO_PROCESS, INT_MAX, 0) != 0);
	CHECK(setpgid(0, -5) != 0 && setpgid(INT_MAX, 0) != 0);
	for (i = 0; i < 200; i++)
		if (i + PM_BASE >= PM_END && i + PM_BASE < PM_SRV_BASE)
			CHECK(msg_call(PM_PROC_NR, (int)i + PM_BASE, NULL, 0,
				  NULL, 0) == -ENOSYS);
	for (i = PM_SRV_BASE; i < PM_SRV_END; i++)
		CHECK(msg_call(PM_PROC_NR, (int)i, wild, sizeof wild, NULL, 0) <
		    0);
}

/* A child that must have ended by itself or by a fault. */
static bool
harmless(int end)
{
	return end == 0 || end == SIGNALLED + SIGSEGV ||
	    end == SIGNALLED + SIGILL || end == SIGNALLED + SIGBUS ||
	    end == SIGNALLED + SIGTRAP || end == SIGNALLED + SIGUSR1 ||
	    end == SIGNALLED + SIGKILL;
}

int
main(int argc, char **argv)
{
	int i;

	(void)report_begin("robust-pm", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < (int)NWILD; i++) {
		pointers(wild[i]);
		(void)report_note("0x%x", (unsigned)wild[i]);
		CHECK(harmless(child_with(wild_handler, i)));
		CHECK(harmless(child_with(wild_stack, i)));
		CHECK(harmless(child_with(wild_return, i)));
	}
	CHECK(harmless(child_with(forged_return, 0)));
	CHECK(harmless(child_with(forged_return, 0xff)));
	CHECK(harmless(child_with(forged_return, 0x33)));
	frames();
	numbers();
	CHECK(system_alive());
	return report_end();
}
