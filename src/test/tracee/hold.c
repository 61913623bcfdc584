/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A process that beats like a clock is attached to, is still as long
 * as it is stopped, goes on where it was, and is let go; and who may not trace
 * whom.
 */
#include "test/tracee/scene.h"

#include <fcntl.h>

#define BEATS 30
#define NAP   5  /* milliseconds between them */
#define LONG  80 /* much more */

static int beats[2]; /* a pipe */
static uint32_t taken, wrong;

static int
beating(void)
{
	for (uint32_t i = 0; i < BEATS; i++) {
		uint32_t w = word("beat", i);

		if (write(beats[1], &w, sizeof w) != sizeof w)
			return 201;
		pause_ms(NAP);
	}
	return (int)(word("code", 0) % 200);
}

/* Take the beats that there are. */
static int
take(uint32_t *last)
{
	uint32_t w, n = 0;

	while (read(beats[0], &w, sizeof w) == sizeof w) {
		if (w != word("beat", taken + n))
			wrong++;
		*last = w;
		n++;
	}
	taken += n;
	return (int)n;
}

static bool
open_pipe(void)
{
	taken = 0;
	return pipe(beats) == 0 && fcntl(beats[0], F_SETFL, O_NONBLOCK) == 0;
}

static void
close_pipe(void)
{
	(void)close(beats[0]);
	(void)close(beats[1]);
}

/* Stopped, nothing comes; resumed, it comes where it was. */
static void
stop_and_go(void)
{
	uint32_t last = 0;
	pid_t pid = begin(beating);

	pause_ms(4 * NAP);
	if (!held(pid))
		return;
	(void)take(&last);
	pause_ms(LONG);
	report_number("stopped", take(&last));
	report_status("no-signal", request(T_RESUME, pid, NSIG));
	report_status("resume", request(T_RESUME, pid, 0));
	pause_ms(LONG / 2);
	report_number("goes-on", take(&last) > 0);
	report_status("running", request(T_RESUME, pid, 0));
	report_status("detach-running", request(T_DETACH, pid, 0));
	report_status("twice", request(T_ATTACH, pid, 0));
	report_number("end", shown(pid) == ENDED ? how_ended() : 0);
	(void)take(&last);
	report_number("beats", taken);
	report_number("wrong", wrong);
	report_addr("last", last);
}

/* Let go, it is as if nothing had been. */
static void
let_go(void)
{
	pid_t pid = begin(beating);

	if (!held(pid))
		return;
	report_status("detach", request(T_DETACH, pid, 0));
	report_status("not-mine", request(T_RESUME, pid, 0));
	report_status("at-once", request(T_ATTACH, pid, 0));
	report_status("and-off", request(T_DETACH, pid, 0));
	report_number("let-go", shown(pid) == ENDED ? how_ended() : 0);
}

static int
asks_for_it(void)
{
	if (ptrace(T_OK, 0, 0, 0) != 0)
		return 1;
	return ptrace(T_OK, 0, 0, 0) == -1 && errno == EBUSY ? 7 : 2;
}

/* A user traces own processes, and nobody else's. */
static int
as_user(void)
{
	int bad = 0;
	pid_t own;

	if (setgid(12) != 0 || setuid(12) != 0)
		return 64;
	bad |= request(T_ATTACH, getppid(), 0) == -EPERM ? 0 : 1;
	bad |= request(T_ATTACH, 1, 0) == -EPERM ? 0 : 2;
	own = begin(beating);
	bad |= held(own) ? 0 : 4;
	drop(own);
	return bad;
}

static void
refusals(void)
{
	report_status("request", request(T_SETRANGE + 1, getpid(), 0));
	report_status("nobody", request(T_ATTACH, 30001, 0));
	report_status("resume-nobody", request(T_RESUME, 30001, 0));
	report_status("self", request(T_ATTACH, getpid(), 0));
	report_status("init", request(T_ATTACH, 1, 0));
	report_number("ok", child(asks_for_it));
	report_number("user", child(as_user));
}

int
main(int argc, char **argv)
{
	report_begin("tracee-hold", argc > 1 ? argv[1] : NULL);
	for (int i = 0; i < 2; i++) {
		if (!open_pipe())
			return report_end();
		if (i == 0)
			stop_and_go();
		else
			let_go();
		close_pipe();
	}
	if (open_pipe())
		refusals();
	return report_end();
}
