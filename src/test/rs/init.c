/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A label leads to the service while there is one, and belongs to one service
 * at a time; whoever starts a service that is to run once can wait for its
 * end, and is told how it ended. Proves B8, C1.
 */
#include "test/report/report.h"
#include "test/rs/client.h"

int
main(int argc, char **argv)
{
	struct rs_info info;

	report_begin("rs-init", argc > 1 ? argv[1] : NULL);
	CHECK_STATUS(label_request(RS_LOOKUP, "t.ok"), -ESRCH);
	CHECK_STATUS(agent_up("t.ok", "ok", 0, 0), OK);
	CHECK(agent_info("t.ok", &info) && info.restarts == 0);
	CHECK_STATUS(label_request(RS_LOOKUP, "t.ok"), OK);
	CHECK_STATUS(agent_up("t.ok", "ok", 0, 0), -EEXIST);
	CHECK_STATUS(label_request(RS_DOWN, "t.ok"), OK);
	CHECK_STATUS(label_request(RS_LOOKUP, "t.ok"), -ESRCH);
	CHECK_EQ(agent_up("t.quit", "quit", RSS_ONCE | RSS_WAIT_END, 0), 7);
	CHECK(!agent_info("t.quit", &info));
	return report_end();
}
