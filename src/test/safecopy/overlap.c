/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies within one process: ranges that overlap, that touch, that
 * are the same, and that are apart.
 */
#include "test/safecopy/client.h"

#define PAGES 6u

static vir_bytes room;

/* g copies 3 pages through a grant to itself. */
static int
shift(int call, vir_bytes from, vir_bytes to)
{
	agent_fill(&g, room, PAGES * PAGE, "overlap");
	return agent_move(call, &g, room + from, &g, room + to, 3 * PAGE);
}

static void
both(const char *name, vir_bytes from, vir_bytes to)
{
	(void)report_obs("result", "%d", shift(A_FROM, from, to));
	agent_report(&g, name, room, PAGES * PAGE);
	(void)report_obs("result", "%d", shift(A_TO, from, to));
	agent_report(&g, name, room, PAGES * PAGE);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-overlap");
	room = agent_map(&g, PAGES);
	both("down-one", PAGE, 0);
	both("down-two", 2 * PAGE, 0);
	both("same", PAGE, PAGE);
	both("down-a-bit", 100, 0);
	both("down-within", PAGE + 100, 100);
	both("apart", 0, 3 * PAGE);
	agent_set(&g, room, 3 * PAGE, 'g');
	CHECK(
	    agent_count(&g, room + 3 * PAGE, 3 * PAGE, 'g') < (int)(3 * PAGE));
	both("apart-down", 3 * PAGE, 0);
	agent_report(&g, "upper", room + 3 * PAGE, 3 * PAGE);
	return agents_close();
}
