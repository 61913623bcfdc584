/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B8, C3. PM and VFS may be slow: a service whose start waits for them
 * for a second starts, and nothing else happens.
 */
#include "test/report/report.h"
#include "test/rs/client.h"

/* Start and end services while an agent makes another one pause, until one
 * start has taken long; a second has a hundred ticks. */
static void
while_pausing(const char *mode)
{
	struct rs_info info = { 0 };
	clock_ticks before = 0, longest = 0, took;
	int i;

	CHECK(agent_up("t.hand", mode, 0, 0) == OK);
	for (i = 0; i < 100 && longest < 50; i++) {
		CHECK(agent_up("t.x", "ok", 0, 0) == OK);
		CHECK(agent_info("t.x", &info));
		took = info.last_alive - before;
		if (before != 0 && took > longest)
			longest = took;
		before = info.last_alive;
		CHECK(label_request(RS_DOWN, "t.x") == OK);
	}
	CHECK(longest >= 50);
	CHECK(label_request(RS_DOWN, "t.hand") == OK);
}

int
main(int argc, char **argv)
{
	(void)report_begin("rs-slow", argc > 1 ? argv[1] : NULL);
	while_pausing("pause 1");
	while_pausing("pause 0");
	return report_end();
}
