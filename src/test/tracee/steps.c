/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D1, D8. At the entry of a call its message is in the process's
 * memory, as it will be sent; at the end the answer is; the call is made in
 * between, and not before.
 */
#include "test/tracee/scene.h"

#include <abi/message.h>
#include <proto/pm.h>

#define MANY 60 /* more events than there are */

static volatile uint32_t counts; /* calls that have come back */

/* Send signals to processes that there are not. */
static int
calls(void)
{
	for (uint32_t i = 0; i < 3; i++) {
		(void)kill((pid_t)(word("pid", i) % 1000000 + 40000), 0);
		counts = i + 1;
	}
	return 8;
}

static uint32_t
memory(pid_t pid, uint32_t at)
{
	return (uint32_t)ptrace(T_GETDATA, pid, (long)at, 0);
}

/* An event: the type of the message, and of a request its first word. */
static void
note_event(pid_t pid, int n, int *kills)
{
	static const char *const names[] = { "entry-0", "entry-1", "entry-2" };
	static const char *const ends[] = { "end-0", "end-1", "end-2" };
	const uint32_t m = look_at(pid, REGISTER(ebx));
	const uint32_t type = memory(pid, m + offsetof(struct message, m_type));

	if (n % 2 == 1 && type == PM_KILL && *kills < 3) {
		if (*kills == 0)
			report_number("counted",
			    memory(pid, (uint32_t)&counts));
		report_addr(names[*kills],
		    memory(pid, m + offsetof(struct message, m_body)));
		++*kills;
	} else if (n % 2 == 0 && *kills > 0 && (int)type == -ESRCH) {
		report_status(ends[*kills - 1], (int)type);
	}
}

int
main(int argc, char **argv)
{
	int n = 0, kills = 0, sig;
	pid_t pid;

	report_begin("tracee-steps", argc > 1 ? argv[1] : NULL);
	pid = begin_traced(calls);
	if (pid == NO_CHILD)
		return report_end();
	do {
		CHECK_EQ(request(T_SYSCALL, pid, 0), OK);
		sig = shown(pid);
		if (sig == SIGTRAP)
			note_event(pid, ++n, &kills);
	} while (sig == SIGTRAP && n < MANY);
	report_number("kills", kills);
	report_number("odd", n % 2);
	report_number("end", sig == ENDED ? how_ended() : -1);
	return report_end();
}
