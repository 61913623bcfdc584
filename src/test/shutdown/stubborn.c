/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Nobody wants to end: a user that ignores TERM, one that is never the same
 * process for long, a service, a file server and a driver that do not listen.
 * Each is ended in its turn. Proves D12.
 */
#include <unistd.h>

#include "test/shutdown/scene.h"

#define MAJOR 40

static void
live(void)
{
	(void)pause();
}

/* Leave everything to a child. */
static void
wander(void)
{
	pid_t pid = fork();

	if (pid > 0)
		_exit(0);
	pause_ms(20);
}

int
main(int argc, char **argv)
{
	(void)report_begin("shutdown-stubborn", argc > 1 ? argv[1] : NULL);
	CHECK(stubborn_user(live) > 0);
	CHECK(stubborn_user(wander) > 0);
	CHECK(agent("t.daemon", "deaf", 0));
	CHECK(agent("t.driver", "deaf", MAJOR));
	CHECK(server("deaf"));
	return report_end();
}
