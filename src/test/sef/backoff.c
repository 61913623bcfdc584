/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C3. A service that crashes as soon as it runs is started again at
 * once the first time, and then after longer and longer times, so that the
 * rest of the system does not notice; down ends it, also while it waits.
 */
#include <time.h>

#include "test/program/program.h"
#include "test/rs/client.h"

int
main(int argc, char **argv)
{
	struct rs_info info = { 0 };
	int i, early = 0, waits = 0;

	(void)report_begin("sef-backoff", argc > 1 ? argv[1] : NULL);
	CHECK(agent_up("t.die", "die", 0, 0) == OK);
	for (i = 0; i < 80; i++) {
		pause_ms(100);
		if (!CHECK(agent_info("t.die", &info)))
			break;
		if (i == 10)
			early = info.restarts;
		waits += (info.flags & RSI_BACKOFF) != 0;
	}
	(void)report_note("%d, then %d restarts, %d looks waiting", early,
	    (int)info.restarts, waits);
	CHECK(early >= 1);
	CHECK(info.restarts >= 2 && info.restarts <= 5);
	CHECK(waits > 40); /* most of the time */
	CHECK(label_request(RS_DOWN, "t.die") == OK);
	CHECK(!agent_info("t.die", &info));
	CHECK(agent_up("t.die", "ok", 0, 0) == OK);
	CHECK(agent_info("t.die", &info) && info.restarts == 0);
	CHECK(label_request(RS_DOWN, "t.die") == OK);
	return report_end();
}
