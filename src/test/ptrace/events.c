/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See events.h. */
#include "test/ptrace/events.h"

#include <signal.h>

#include <abi/message.h>

#include "test/ptrace/counts.h"

int
event_next(pid_t pid)
{
	if (!CHECK_EQ(tracee_do(T_SYSCALL, pid, 0), 0))
		return 0;
	return tracee_next(pid);
}

struct events
events_to_end(pid_t pid)
{
	struct events seen = { 0, 0, 0 };
	int sig;

	while (seen.traps + seen.stops < EVENTS_MAX &&
	    (sig = event_next(pid)) != 0) {
		if (sig == SIGTRAP)
			seen.traps++;
		else if (sig != SIGCHLD && CHECK_EQ(sig, SIGSTOP) &&
		    seen.stops++ == 0)
			seen.stop_after = seen.traps;
	}
	return seen;
}

long
event_message(pid_t pid)
{
	return user_word(pid, offsetof(struct trace_user, regs.ebx));
}

long
event_type(pid_t pid)
{
	return ptrace(T_GETDATA, pid,
	    event_message(pid) + (long)offsetof(struct message, m_type), 0);
}

int
events_to_entry(pid_t pid, long type)
{
	for (int n = 1; n < EVENTS_MAX; n++) {
		if (!CHECK_EQ(event_next(pid), SIGTRAP))
			return 0;
		if (n % 2 == 1 && event_type(pid) == type)
			return n;
	}
	return 0;
}
