/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D7. The tracer hears of an end before the parent; what a dead
 * tracer has stopped does not stay so; an end by order is over when it is
 * answered.
 */
#include "test/tracee/scene.h"

#include <fcntl.h>

#define CODE(i) ((int)(word("code", i) % 200))

static int go[2], news[2]; /* pipes */

static int
ends(void)
{
	char c;

	(void)read(go[0], &c, 1);
	return CODE(0);
}

static int
sleeps(void)
{
	(void)close(go[0]); /* of go it has the end to write to */
	while (pause() != 0)
		continue;
	return 0;
}

/* What a tracer does with the process that it holds. */
enum plan {
	HOLD,
	LET_RUN,
	FOLLOW /* to its end */
};

/* Trace a child of the tester, and tell of each station by a number. */
static _Noreturn void
trace(pid_t pid, enum plan plan)
{
	int said = held(pid) ? 1 : -2;

	if (said == 1 && plan != HOLD && request(T_RESUME, pid, 0) != OK)
		said = -3;
	(void)write(news[1], &said, sizeof said);
	if (said == 1 && plan == FOLLOW) {
		said = shown(pid) == ENDED ? how_ended() : -4;
		(void)write(news[1], &said, sizeof said);
	}
	for (;;)
		(void)pause();
}

static int
told(void)
{
	int said = -1;

	(void)read(news[0], &said, sizeof said);
	return said;
}

static pid_t
tracer_of(pid_t pid, enum plan plan)
{
	pid_t tracer = fork();

	if (tracer != 0)
		return tracer;
	(void)alarm(5);
	trace(pid, plan);
}

/* Has it ended, now or soon? If not, kill it. */
static int
end_of(pid_t pid)
{
	for (int i = 0; i < 50; i++) {
		if (shown_now(pid) == ENDED)
			return how_ended();
		pause_ms(10);
	}
	drop(pid);
	return -1;
}

/* A tracer that does not wait keeps the end from the parent while it lives. */
static void
first_the_tracer(void)
{
	pid_t pid = begin(ends), tracer = tracer_of(pid, LET_RUN);
	bool is_held = told() == 1;

	report_number("held", is_held);
	CHECK(write(go[1], "g", 1) == 1);
	pause_ms(50);
	report_number("parent-waits", is_held ? shown_now(pid) : ENDED);
	drop(tracer);
	report_number("parent-then", is_held ? end_of(pid) : -1);
}

/* One that waits hears it, and the parent then, too. */
static void
both(void)
{
	pid_t pid = begin(ends), tracer = tracer_of(pid, FOLLOW);
	bool is_held = told() == 1;

	CHECK(write(go[1], "g", 1) == 1);
	report_number("tracer-hears", is_held ? told() : -1);
	report_number("parent-hears", is_held ? end_of(pid) : -1);
	drop(tracer);
}

/* A tracer dies: what it holds is killed. */
static void
orphaned(void)
{
	pid_t pid = begin(sleeps), tracer = tracer_of(pid, HOLD);
	bool is_held = told() == 1;

	drop(tracer);
	report_number("orphan", is_held ? end_of(pid) : -1);
}

/* Ends by order: at once, and nothing of it is left. */
static void
by_order(void)
{
	pid_t pid = begin(sleeps);
	char c;

	pause_ms(20);
	if (!held(pid))
		return;
	(void)close(go[1]);
	report_status("exit", request(T_EXIT, pid, CODE(1)));
	report_number("eof", read(go[0], &c, 1)); /* its files are closed */
	report_status("again", request(T_EXIT, pid, 0));
	report_number("over", shown_now(pid) == ENDED ? how_ended() : -1);
}

int
main(int argc, char **argv)
{
	report_begin("tracee-ends", argc > 1 ? argv[1] : NULL);
	if (pipe(go) != 0 || pipe(news) != 0)
		return report_end();
	first_the_tracer();
	both();
	orphaned();
	(void)fcntl(go[0], F_SETFL, O_NONBLOCK);
	by_order();
	return report_end();
}
